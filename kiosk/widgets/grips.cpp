// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/grips.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace pillarbox::widgets {

using platform::Event;
using platform::EventKind;

std::span<const Event> Grips::read(std::span<const Event> events, std::chrono::milliseconds now,
                                   const GripRules& rules) {
    known_ = std::exchange(offers_, {});
    passed_on_.clear();
    took_input_ = false;
    if (gripped_ && (gripped_->phase == Gripped::Phase::let_go || gripped_->phase == Gripped::Phase::lost)) {
        gripped_.reset();
    } else if (gripped_) {
        gripped_->phase = Gripped::Phase::holds;
    }
    for (const Event& event : events) {
        if (read_event(event, now, rules) == Goes::on) {
            passed_on_.push_back(event);
        } else {
            took_input_ = true;
        }
    }
    if (waiting_ && !gripped_ && now - waiting_->since >= rules.hold) {
        const Waiting held = *std::exchange(waiting_, std::nullopt);
        take(held.grip, held.contact, held.from, now);
        // It was on its way to a tap.
        passed_on_.push_back({.kind = EventKind::pointer_cancel, .contact = held.contact, .position = held.from});
    }
    return passed_on_;
}

Grips::Goes Grips::read_event(const Event& event, std::chrono::milliseconds now, const GripRules& rules) {
    const bool ours = gripped_.has_value() && event.contact == contact_;
    switch (event.kind) {
        case EventKind::pointer_down:
            return come_down(event, now, rules);
        case EventKind::pointer_move:
            if (ours) {
                gripped_->at = event.position;
                return Goes::to_grip;
            }
            if (waiting_ && event.contact == waiting_->contact &&
                (std::hypot(event.position.x - waiting_->from.x, event.position.y - waiting_->from.y) >
                     rules.slop_px ||
                 event.size > rules.palm_px)) {
                waiting_.reset();
            }
            return Goes::on;
        case EventKind::pointer_up:
            if (ours) {
                gripped_->at = event.position;
                gripped_->phase = Gripped::Phase::let_go;
                return Goes::to_grip;
            }
            if (waiting_ && event.contact == waiting_->contact) {
                waiting_.reset();
            }
            return Goes::on;
        case EventKind::pointer_cancel:
            waiting_.reset();
            if (gripped_) {
                gripped_->phase = Gripped::Phase::lost;
            }
            return Goes::on;
        case EventKind::key_down:
        case EventKind::character:
        case EventKind::scroll:
        case EventKind::resize:
        case EventKind::close:
        case EventKind::wake:
            return Goes::on;
    }
    return Goes::on;
}

Grips::Goes Grips::come_down(const Event& event, std::chrono::milliseconds now, const GripRules& rules) {
    if (gripped_ || event.size > rules.palm_px) {
        return Goes::on;
    }
    const auto touched = std::ranges::find_if(known_.rbegin(), known_.rend(), [&event](const Grip& grip) {
        return grip.area.contains(event.position.x, event.position.y);
    });
    if (touched == known_.rend()) {
        return Goes::on;
    }
    if (touched->takes == Grip::Takes::after_hold) {
        waiting_ = Waiting{*touched, event.contact, event.position, now};
        return Goes::on;
    }
    take(*touched, event.contact, event.position, now);
    return Goes::to_grip;
}

void Grips::take(const Grip& grip, platform::Contact contact, platform::Point from, std::chrono::milliseconds now) {
    gripped_ = Gripped{grip.owner, grip.part, from, from, now, Gripped::Phase::took};
    contact_ = contact;
}

void Grips::withdraw_unless(const std::function<bool(semantics::NodeId)>& may_stay) {
    std::erase_if(offers_, [&may_stay](const Grip& grip) { return !may_stay(grip.owner); });
}

void Grips::forget() {
    offers_.clear();
    known_.clear();
    waiting_.reset();
    gripped_.reset();
}

std::optional<Gripped> Grips::gripped_by(semantics::NodeId owner, int part) const {
    return gripped_ && gripped_->owner == owner && gripped_->part == part ? gripped_ : std::nullopt;
}

}  // namespace pillarbox::widgets
