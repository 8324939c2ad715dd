// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a page says of itself: see page.hpp.
#pragma once

#include <string>
#include <string_view>

#include "accessibility/semantics/geometry.hpp"

namespace pillarbox::widgets {

enum class Availability { enabled, disabled };

// Of an answer. masked: drawn as dots, and no part of the semantic tree.
enum class Reveal { shown, masked };
// As many dots whatever was answered: the length is nobody's business either.
inline constexpr std::string_view masked_text = "••••••••";

struct ProgressSpec {
    std::string label{};  // "Question 2 of 9"
    int step = 0;         // 1-based; 0: no progress is shown
    int steps = 0;
};

enum class PageColumn {
    reading,  // as wide as is good to read
    wide,     // for parts that stand side by side where the window lies on its side
};

struct PageSpec {
    PageColumn column = PageColumn::reading;
    std::string brand{};           // "Pillarbox"
    std::string language_label{};  // the current language in itself: "English"; key "language"
    std::string access_label{};    // "Accessibility"; key "accessibility"
    std::string help_label{};      // "Help"; key "help"
    ProgressSpec progress{};
    std::string back_label{};  // key "back"
    std::string next_label{};  // key "next"
    Availability next = Availability::enabled;
    std::string stop_label{};  // "Stop and erase"; key "stop"
};

enum class PageAction { none, language, accessibility, help, back, next, stop };

// Between begin_page() and end_page().
struct OpenPage {
    PageSpec spec;
    PageAction action = PageAction::none;
    semantics::Rect hint;      // place of the scroll buttons; no height: not shown
    semantics::Rect keyboard;  // no height: closed
    semantics::Rect footer;    // no height: gives way to the keyboard, or stands at the end of the body
    float footer_in_body = 0;  // how high it is there
};

}  // namespace pillarbox::widgets
