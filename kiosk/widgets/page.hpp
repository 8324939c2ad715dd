// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every page of the kiosk has, in the same places: a header with the brand, language and help; the progress; a
// body that scrolls; a footer with Back and Next, and "Stop and erase". What is left empty is not shown.
#pragma once

#include "kiosk/widgets/page_spec.hpp"
#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

void begin_page(Ui& ui, PageSpec spec);
// Draws the keyboard (if a text field has the focus) and the footer, then select lists and dialogs over all.
[[nodiscard]] PageAction end_page(Ui& ui);

}  // namespace pillarbox::widgets
