// SPDX-License-Identifier: GPL-3.0-or-later
//
// GLFW's callbacks turned into our events, each with the position it happened at.
#pragma once

#include <set>

#include "kiosk/platform/event.hpp"

struct GLFWwindow;

namespace pillarbox::platform {

// What the callbacks need of a window. The place of the pointer is followed event by event: asking for it when a
// button's event is read tells where it is now, which is elsewhere after a quick hand or a finger.
struct InputTarget {
    EventQueue& events;
    Point pointer{};  // px
    // Of the last key that went down or repeats: its characters follow it at once.
    int code = 0;
    int scancode = 0;
    enum class Strike { first, repeated } strike = Strike::first;
    std::set<int> held{};  // scancodes of keys that are down
};

// `target` must outlive the window.
void connect_events(GLFWwindow* window, InputTarget& target);

}  // namespace pillarbox::platform
