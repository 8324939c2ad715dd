// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/platform/event.hpp"

#include <algorithm>
#include <utility>

namespace pillarbox::platform {
namespace {

bool ends_a_frame(EventKind kind) {
    return kind == EventKind::pointer_down || kind == EventKind::pointer_up || kind == EventKind::pointer_cancel ||
           kind == EventKind::key_down;
}

}  // namespace

void EventQueue::push(const Event& event) {
    std::function<void()> wake;
    {
        const std::scoped_lock lock(mutex_);
        events_.push_back(event);
        wake = wake_;
    }
    if (wake) {
        wake();
    }
}

std::vector<Event> EventQueue::take_frame() {
    const std::scoped_lock lock(mutex_);
    std::vector<Event> frame;
    while (!events_.empty()) {
        // Overwritten in place: a deque keeps its last blocks, and in them the letters that were typed last.
        frame.push_back(std::exchange(events_.front(), Event{}));
        events_.pop_front();
        if (ends_a_frame(frame.back().kind)) {
            break;
        }
    }
    return frame;
}

bool EventQueue::empty() const {
    const std::scoped_lock lock(mutex_);
    return events_.empty();
}

void EventQueue::forget() {
    const std::scoped_lock lock(mutex_);
    const bool closes =
        std::ranges::any_of(events_, [](const Event& event) { return event.kind == EventKind::close; });
    std::ranges::fill(events_, Event{});
    events_.clear();
    if (closes) {
        events_.push_back({.kind = EventKind::close});
    }
}

void EventQueue::on_push(std::function<void()> wake) {
    const std::scoped_lock lock(mutex_);
    wake_ = std::move(wake);
}

void EventQueue::tap(Point at, std::chrono::milliseconds time) {
    push({.kind = EventKind::pointer_down, .time = time, .position = at});
    push({.kind = EventKind::pointer_up, .time = time, .position = at});
}

void EventQueue::press(Key key, std::chrono::milliseconds time, Shift shift, Control control) {
    push({.kind = EventKind::key_down, .time = time, .key = key, .shift = shift, .control = control});
}

void EventQueue::type(std::u32string_view text, std::chrono::milliseconds time) {
    for (const char32_t character : text) {
        push({.kind = EventKind::character, .time = time, .character = character});
    }
}

}  // namespace pillarbox::platform
