// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every page of the kiosk has, in the same places: a header with the brand, language and help; the progress; a
// body that scrolls; a footer with Back and Next, and "Stop and erase". What is left empty is not shown.
#pragma once

#include <string>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

enum class Availability { enabled, disabled };

struct ProgressSpec {
    std::string label{};  // "Question 2 of 9"
    int step = 0;         // 1-based; 0: no progress is shown
    int steps = 0;
};

struct PageSpec {
    std::string brand{};           // "Pillarbox"
    std::string language_label{};  // the current language in itself: "English"; key "language"
    std::string help_label{};      // "Help"; key "help"
    ProgressSpec progress{};
    std::string back_label{};  // key "back"
    std::string next_label{};  // key "next"
    Availability next = Availability::enabled;
    std::string stop_label{};  // "Stop and erase"; key "stop"
};

enum class PageAction { none, language, help, back, next, stop };

void begin_page(Ui& ui, PageSpec spec);
// Draws the keyboard (if a text field has the focus) and the footer, then select lists and dialogs over all.
[[nodiscard]] PageAction end_page(Ui& ui);

}  // namespace pillarbox::widgets
