// SPDX-License-Identifier: GPL-3.0-or-later
//
// GLFW's callbacks turned into our events, each with the position it happened at.
#pragma once

#include "kiosk/platform/event.hpp"

struct GLFWwindow;

namespace pillarbox::platform {

// What the callbacks need of a window. The place of the pointer is followed event by event: asking for it when a
// button's event is read tells where it is now, which is elsewhere after a quick hand or a finger.
struct InputTarget {
    EventQueue& events;
    Point pointer{};  // px
};

// `target` must outlive the window.
void connect_events(GLFWwindow* window, InputTarget& target);

}  // namespace pillarbox::platform
