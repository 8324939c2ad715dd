// SPDX-License-Identifier: GPL-3.0-or-later
//
// The on-screen keyboard: keys are buttons with names. Letters stand where people know them from their own keyboards,
// in every direction of writing. No key preview: it would show a password to the next in the queue.
#pragma once

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

// True while a text field has the focus, layouts were given and the person has not hidden it.
[[nodiscard]] bool keyboard_is_open(const Ui& ui);
[[nodiscard]] float height_of_keyboard(const Ui& ui);
void draw_keyboard(Ui& ui, const Rect& place);

}  // namespace pillarbox::widgets
