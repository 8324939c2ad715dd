// SPDX-License-Identifier: GPL-3.0-or-later
//
// Fingers. GLFW knows none: it sees the pointer that the X server makes of the first finger, and that one only, so a
// resting palm swallows every tap. Here each finger of the window comes as events of its own (XInput 2.2).
//
// They are selected on a connection to the X server of our own, because GLFW reads its own in one place and drops
// what it doesn't know. Who selects touches on a window gets them instead of the pointer's buttons: nothing comes
// twice. A thread sleeps in poll(2) until the server or the destructor has something for it; it only pushes events.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/base/result.hpp"
#include "kiosk/platform/event.hpp"

namespace pillarbox::platform {

// The X server's milliseconds (32 bits, which wrap after 49 days) on our monotonic clock. Their differences stay
// what they are however late we read them; an offset of more than a second is taken anew.
class ServerTime {
  public:
    [[nodiscard]] std::chrono::milliseconds read(std::uint32_t server_ms, std::chrono::milliseconds now);

  private:
    struct Anchor {
        std::uint32_t server_ms = 0;
        std::chrono::milliseconds ours{0};
    };
    std::optional<Anchor> anchor_;
};

class TouchSource {
  public:
    // `window` is its X11 id; it and `events` must outlive this. `unavailable` where the server has no XInput 2.2, or
    // another client holds the window's touches: then the first finger still comes as the mouse.
    [[nodiscard]] static base::Result<std::unique_ptr<TouchSource>> start(std::uint64_t window, EventQueue& events);
    ~TouchSource();
    TouchSource(const TouchSource&) = delete;
    TouchSource& operator=(const TouchSource&) = delete;

  private:
    struct State;
    explicit TouchSource(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace pillarbox::platform
