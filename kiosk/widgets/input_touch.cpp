// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <utility>

#include "kiosk/widgets/input_state.hpp"
#include "kiosk/widgets/reach.hpp"

namespace pillarbox::widgets {

using platform::Event;
using semantics::Node;

void InputState::read_finger(const InputFrame& frame, const Event& event) {
    Ground ground = Ground::still;
    if (const ScrollRegion* region = region_at(frame.regions, event.position)) {
        ground = region->moves ? Ground::rolls : region->overflows ? Ground::scrolls : Ground::still;
    }
    for (const Gesture& gesture : gestures_.read(event, ground, frame.gestures)) {
        carry_out(frame, gesture);
    }
}

void InputState::carry_out(const InputFrame& frame, const Gesture& gesture) {
    switch (gesture.kind) {
        case Gesture::Kind::press:
            finger_down(frame, gesture);
            break;
        case Gesture::Kind::move:
            finger_moved(frame, gesture);
            break;
        case Gesture::Kind::tap:
            finger_tapped(frame, gesture);
            break;
        case Gesture::Kind::drag:
            presses_[gesture.contact].on_node = false;
            presses_[gesture.contact].scrolls = true;
            scroll_step(ScrollStep::Kind::drag, gesture);
            break;
        case Gesture::Kind::let_go:
            scroll_step(ScrollStep::Kind::let_go, gesture);
            presses_.erase(gesture.contact);
            break;
        case Gesture::Kind::drop:
            presses_.erase(gesture.contact);
            break;
    }
}

void InputState::finger_down(const InputFrame& frame, const Gesture& gesture) {
    modality_ = Modality::pointer;
    PointerPress press;
    press.node = node_at(frame.tree, gesture.at);
    press.from = press.at = gesture.at;
    press.on_node = press.node != NodeId::none;
    press.number = ++presses_begun_;
    if (const ScrollRegion* region = region_at(frame.regions, gesture.at)) {
        press.region = region->key;
    }
    presses_[gesture.contact] = std::move(press);
    // A hand that comes to rest leaves another finger's drag alone.
    if (!gestures_.scroll_owner()) {
        scroll_step(ScrollStep::Kind::hold, gesture);
    }
}

void InputState::finger_moved(const InputFrame& frame, const Gesture& gesture) {
    PointerPress& press = presses_[gesture.contact];
    press.at = gesture.at;
    const Node* node = semantics::find(frame.tree, press.node);
    press.on_node = node != nullptr && is_on(*node, gesture.at);
}

void InputState::finger_tapped(const InputFrame& frame, const Gesture& gesture) {
    finger_moved(frame, gesture);
    const PointerPress press = presses_[gesture.contact];
    presses_.erase(gesture.contact);
    if (press.on_node) {
        released_ = {press.node, gesture.at};
        activate(frame.tree, press.node);
    }
}

void InputState::scroll_step(ScrollStep::Kind kind, const Gesture& gesture) {
    const std::string& region = presses_[gesture.contact].region;
    if (!region.empty()) {
        scroll_steps_.push_back({kind, region, -gesture.step_y, gesture.time});
    }
}

bool InputState::is_held(NodeId id) const {
    return std::ranges::any_of(presses_, [&](const auto& entry) {
        const auto& [contact, press] = entry;
        const auto until = gestures_.may_tap_until(contact, rules_);
        return press.on_node && press.node == id && until && now_ <= *until;
    });
}

NodeId InputState::held() const {
    const PointerPress* last = nullptr;
    for (const auto& [contact, press] : presses_) {
        if (press.on_node && (last == nullptr || press.number > last->number)) {
            last = &press;
        }
    }
    return last == nullptr ? NodeId::none : last->node;
}

std::optional<std::chrono::milliseconds> InputState::held_for() const {
    std::optional<std::chrono::milliseconds> soonest;
    for (const auto& [contact, press] : presses_) {
        const auto until = gestures_.may_tap_until(contact, rules_);
        if (press.on_node && contact != platform::Contact::mouse && until && now_ <= *until) {
            const auto left = *until - now_ + std::chrono::milliseconds{1};
            soonest = soonest ? std::min(*soonest, left) : left;
        }
    }
    return soonest;
}

std::optional<platform::Point> InputState::tapped_at(NodeId id) const {
    if (released_ && released_->first == id) {
        return released_->second;
    }
    return std::nullopt;
}

std::optional<platform::Point> InputState::dragged_at(NodeId id) const {
    for (const auto& [contact, press] : presses_) {
        if (press.node == id && !press.scrolls && std::abs(press.at.x - press.from.x) > rules_.slop_px) {
            return press.at;
        }
    }
    return std::nullopt;
}

}  // namespace pillarbox::widgets
