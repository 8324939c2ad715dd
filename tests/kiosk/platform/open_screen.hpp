// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string_view>

#include "kiosk/platform/window.hpp"
#include "tests/support/x_display.hpp"

namespace pillarbox::platform {

// A window on a display of its own; nothing, and why by the test's name, where this machine can't have one.
struct OpenScreen {
    std::unique_ptr<tests::XDisplay> display;
    EventQueue events;
    std::unique_ptr<Window> window;

    static std::unique_ptr<OpenScreen> open(std::string_view test, int width, int height) {
        auto screen = std::make_unique<OpenScreen>();
        screen->display = tests::XDisplay::start(width, height);
        if (!screen->display) {
            WARN("SKIPPED: " << test << ": Xvfb is not installed");
            return nullptr;
        }
        auto window = Window::open({.width = width, .height = height}, screen->events);
        if (!window.has_value()) {
            WARN("SKIPPED: " << test << ": " << window.error().describe());
            return nullptr;
        }
        screen->window = *std::move(window);
        return screen;
    }
};

}  // namespace pillarbox::platform
