// SPDX-License-Identifier: GPL-3.0-or-later
//
// Walks round a screen by one key, as somebody does who can't point, and tells what is wrong with the way (EN 301
// 549, checklist K19 and K20): each control once, in reading order, seen while it has the focus, and back at the
// first.
#pragma once

#include <string>

#include "kiosk/platform/event.hpp"
#include "tests/kiosk/widgets/harness.hpp"

namespace pillarbox::tests {

struct WalkKey {
    platform::Key key = platform::Key::tab;
    platform::Shift shift = platform::Shift::up;
};

struct Walk {
    std::string findings;  // one a line; empty: the way is sound
    std::size_t stops = 0;
};

[[nodiscard]] Walk walk_round(Screen& screen, WalkKey by);

}  // namespace pillarbox::tests
