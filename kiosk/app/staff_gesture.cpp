// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/staff_gesture.hpp"

namespace pillarbox::app {

using platform::EventKind;

StaffGesture::Made StaffGesture::read(std::span<const platform::Event> events, const semantics::Rect& brand,
                                      std::chrono::milliseconds now) {
    for (const auto& event : events) {
        const bool is_on_brand = brand.contains(event.position.x, event.position.y);
        if (event.kind == EventKind::pointer_down) {
            held_since_ = is_on_brand ? std::optional(now) : std::nullopt;
        } else if (event.kind == EventKind::pointer_up || event.kind == EventKind::pointer_cancel ||
                   (event.kind == EventKind::pointer_move && !is_on_brand)) {
            held_since_.reset();
        } else if (event.kind == EventKind::key_down && event.key == platform::Key::home &&
                   event.shift == platform::Shift::held && event.control == platform::Control::held) {
            return Made::yes;
        }
    }
    if (held_since_.has_value() && now - *held_since_ >= gesture_hold) {
        held_since_.reset();
        return Made::yes;
    }
    return Made::no;
}

std::optional<std::chrono::milliseconds> StaffGesture::due() const {
    return held_since_.has_value() ? std::optional(*held_since_ + gesture_hold) : std::nullopt;
}

}  // namespace pillarbox::app
