// SPDX-License-Identifier: GPL-3.0-or-later
//
// Texts that are read and not pressed. Every label in the widgets' specs is already translated; every key is stable
// and unique on its page.
#pragma once

#include <string>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

enum class Emphasis { normal, strong, soft };

// The page's heading takes the focus when the page opens. Level 1 once a page; 2 for parts of it.
void heading(Ui& ui, std::string_view key, std::string_view text, int level = 1);
void paragraph(Ui& ui, std::string_view key, std::string_view text, Emphasis emphasis = Emphasis::normal);
// Level 2, with a picture of what the part is about beside it.
void section_heading(Ui& ui, std::string_view key, Icon icon, std::string_view text);
// A small line above a heading: "Your views".
void caption(Ui& ui, std::string_view key, std::string_view text);
// What names a part of a page without being a heading of it: above a list.
void label(Ui& ui, std::string_view key, std::string_view text);
// A list of short points; soft: smaller and closer.
void bullets(Ui& ui, std::string_view key, std::span<const std::string> points, Emphasis emphasis = Emphasis::normal);

enum class NoticeKind { info, warning, safety, success };
struct NoticeSpec {
    std::string key{};
    NoticeKind kind = NoticeKind::info;
    std::string title{};  // may be empty
    std::string text{};
};
void notice(Ui& ui, const NoticeSpec& spec);

// A large code to copy down (withdrawal code), in groups of `group` letters, left to right in every language.
struct CodeSpec {
    std::string key{};
    std::string label{};
    std::string code{};    // as it is to be typed, "K7QM-2F9D-XW3T"; a box for each group, between hyphens or spaces
    std::string spoken{};  // letter by letter; empty: the code
};
void code_display(Ui& ui, const CodeSpec& spec);

// How much of something is done, 0 to 1.
struct ProgressBarSpec {
    std::string key{};
    std::string label{};
    double value = 0;
};
void progress_bar(Ui& ui, const ProgressBarSpec& spec);

// An icon that leads a page (a tick on the receipt). Decorative.
void hero_icon(Ui& ui, std::string_view key, Icon icon);

void gap(Ui& ui);        // between parts that belong together
void large_gap(Ui& ui);  // between parts that don't

}  // namespace pillarbox::widgets
