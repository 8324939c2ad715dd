// SPDX-License-Identifier: GPL-3.0-or-later
//
// GLFW's callbacks turned into our events, each with the position it happened at.
#pragma once

#include "kiosk/platform/event.hpp"

struct GLFWwindow;

namespace pillarbox::platform {

// `events` must outlive the window.
void connect_events(GLFWwindow* window, EventQueue& events);

}  // namespace pillarbox::platform
