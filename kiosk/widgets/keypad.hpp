// SPDX-License-Identifier: GPL-3.0-or-later
//
// The on-screen keys of a field that takes a number: the language's figures as a telephone has them, and a minus and
// a decimal point where the field wants them. Types like the keyboard, and stands in its place.
#pragma once

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

// Of KeyboardState::keys other than letters.
void draw_keypad(Ui& ui, const Rect& place);

}  // namespace pillarbox::widgets
