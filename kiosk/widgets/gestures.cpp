// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/gestures.hpp"

#include <algorithm>
#include <cmath>

namespace pillarbox::widgets {

using platform::Contact;
using platform::Event;
using platform::EventKind;
using platform::Point;

namespace {

float distance(Point one, Point other) {
    return std::hypot(one.x - other.x, one.y - other.y);
}

Gesture gesture(Gesture::Kind kind, const Event& event, float step_y = 0) {
    return {kind, event.contact, event.position, event.time, step_y};
}

}  // namespace

std::vector<Gesture> GestureRecogniser::read(const Event& event, Ground ground, const GestureRules& rules) {
    std::vector<Gesture> out;
    if (event.kind == EventKind::pointer_down) {
        come_down(event, ground, rules, out);
    } else if (event.kind == EventKind::pointer_cancel) {
        while (!fingers_.empty()) {
            forget(fingers_.back().contact, event.time, out);
        }
    } else if (Finger* finger = find(event.contact); finger != nullptr && event.kind == EventKind::pointer_move) {
        move(*finger, event, rules, out);
    } else if (finger != nullptr && event.kind == EventKind::pointer_up) {
        leave(*finger, event, rules, out);
    }
    return out;
}

GestureRecogniser::Finger* GestureRecogniser::find(Contact contact) {
    const auto found = std::ranges::find(fingers_, contact, &Finger::contact);
    return found == fingers_.end() ? nullptr : &*found;
}

std::optional<Contact> GestureRecogniser::scroll_owner() const {
    const auto found = std::ranges::find(fingers_, Part::scrolls, &Finger::part);
    return found == fingers_.end() ? std::nullopt : std::optional(found->contact);
}

std::optional<std::chrono::milliseconds> GestureRecogniser::may_tap_until(Contact contact,
                                                                          const GestureRules& rules) const {
    const auto found = std::ranges::find(fingers_, contact, &Finger::contact);
    if (found == fingers_.end() || found->part != Part::may_tap) {
        return std::nullopt;
    }
    return contact == Contact::mouse ? std::chrono::milliseconds::max() : found->down + rules.press_max;
}

void GestureRecogniser::spend(Finger& finger, std::chrono::milliseconds time, std::vector<Gesture>& out) {
    if (finger.part != Part::spent) {
        finger.part = Part::spent;
        out.push_back({Gesture::Kind::drop, finger.contact, finger.at, time, 0});
    }
}

void GestureRecogniser::forget(Contact contact, std::chrono::milliseconds time, std::vector<Gesture>& out) {
    if (Finger* finger = find(contact)) {
        spend(*finger, time, out);
        fingers_.erase(fingers_.begin() + (finger - fingers_.data()));
    }
}

// A worn screen reports one touch as two: after one another, or side by side.
bool GestureRecogniser::bounces(const Event& event, const GestureRules& rules) const {
    if (event.contact == Contact::mouse) {
        return false;
    }
    const auto is_same_strike = [&](Point at, std::chrono::milliseconds time) {
        return event.time - time < rules.bounce && distance(event.position, at) < rules.bounce_px;
    };
    return std::ranges::any_of(strikes_,
                               [&](const Strike& strike) { return is_same_strike(strike.at, strike.time); }) ||
           std::ranges::any_of(fingers_, [&](const Finger& finger) {
               return finger.contact != Contact::mouse && is_same_strike(finger.at, finger.down);
           });
}

void GestureRecogniser::come_down(const Event& event, Ground ground, const GestureRules& rules,
                                  std::vector<Gesture>& out) {
    forget(event.contact, event.time, out);  // its end was lost
    std::erase_if(strikes_, [&](const Strike& strike) { return event.time - strike.time >= rules.bounce; });
    if (fingers_.size() >= fingers_max || bounces(event, rules)) {
        return;
    }
    Finger finger{event.contact, event.position, event.position, event.time, event.time, ground, Part::may_tap};
    if (event.size > rules.palm_px) {
        finger.part = Part::spent;
    } else if (ground == Ground::rolls) {
        finger.part = Part::caught;
    }
    fingers_.push_back(finger);
    if (finger.part != Part::spent) {
        out.push_back(gesture(Gesture::Kind::press, event));
    }
}

// The first finger that drags owns the scroll. A hand that slid once and lies still since gives it up.
bool GestureRecogniser::take_the_scroll(const Finger& finger, const GestureRules& rules, std::vector<Gesture>& out) {
    for (Finger& other : fingers_) {
        if (other.part != Part::scrolls) {
            continue;
        }
        if (finger.moved - other.moved <= rules.press_max) {
            return false;
        }
        spend(other, finger.moved, out);
    }
    return true;
}

void GestureRecogniser::move(Finger& finger, const Event& event, const GestureRules& rules,
                             std::vector<Gesture>& out) {
    const float step = event.position.y - finger.at.y;
    finger.at = event.position;
    finger.moved = event.time;
    if (finger.part == Part::spent) {
        return;
    }
    bool can_start = finger.part == Part::may_tap || finger.part == Part::caught;
    if (can_start && finger.contact != Contact::mouse && event.time - finger.down > rules.press_max) {
        finger.part = Part::rests;
        can_start = false;
    }
    const bool starts =
        can_start && finger.ground != Ground::still && std::abs(finger.at.y - finger.from.y) > rules.slop_px;
    if (event.size > rules.palm_px || (starts && !take_the_scroll(finger, rules, out))) {
        spend(finger, event.time, out);
        return;
    }
    if (starts) {
        finger.part = Part::scrolls;
    }
    out.push_back(finger.part == Part::scrolls ? gesture(Gesture::Kind::drag, event, step)
                                               : gesture(Gesture::Kind::move, event));
}

void GestureRecogniser::leave(Finger& finger, const Event& event, const GestureRules& rules,
                              std::vector<Gesture>& out) {
    move(finger, event, rules, out);
    const Part part = finger.part;
    finger.part = Part::spent;  // told below what became of it
    forget(event.contact, event.time, out);
    if (event.contact != Contact::mouse) {
        strikes_.push_back({event.position, event.time});
    }
    if (part == Part::may_tap) {
        out.back() = gesture(Gesture::Kind::tap, event);
    } else if (part == Part::scrolls) {
        out.push_back(gesture(Gesture::Kind::let_go, event));
    } else if (part == Part::caught || part == Part::rests) {
        out.back() = gesture(Gesture::Kind::drop, event);
    }
}

}  // namespace pillarbox::widgets
