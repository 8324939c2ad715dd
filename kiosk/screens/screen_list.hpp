// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every screen, one file each.
#pragma once

#include "kiosk/screens/canvas.hpp"

namespace pillarbox::screens {

void draw_attract(const Canvas& canvas, const flow::AttractView& view);
void draw_language(const Canvas& canvas, const flow::LanguageView& view);
void draw_notice(const Canvas& canvas, const flow::NoticeView& view);
void draw_form_page(const Canvas& canvas, const flow::PageView& view);
void draw_check(const Canvas& canvas, const flow::CheckView& view);
void draw_receipt(const Canvas& canvas, const flow::ReceiptView& view);
// closed, not yet open, out of order, sending, save failed and the goodbyes
void draw_message(const Canvas& canvas, const flow::MessageView& view);

// Over a page: help_screen.cpp, accessibility_screen.cpp, curtain_screen.cpp.
void draw_help(const Canvas& canvas, const flow::HelpView& view);
void draw_languages(const Canvas& canvas);
void draw_accessibility(const Canvas& canvas);
void draw_curtain(const Canvas& canvas);

// Parts of the language and accessibility screens.
void language_choices(const Canvas& canvas, const std::string& chosen);
void text_sizes(const Canvas& canvas);
void themes(const Canvas& canvas);

// --- repetitions.cpp ---
// What was added to a repeat, with buttons to change, remove and add.
void draw_repetitions(const Canvas& canvas, const flow::RepetitionsView& view);
// The button that takes the repetition at `path` away, on a page of it.
void draw_remove(const Canvas& canvas, const std::string& path, const flow::Text& name);

// "Stop and erase?", "Remove?" or the idle warning, where one is open.
void draw_dialog(const Canvas& canvas);

}  // namespace pillarbox::screens
