// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pages that show every widget, in three languages: for pictures, and for the audit.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::tests {

struct GalleryPage {
    std::string name;
    std::function<void(widgets::Ui&)> draw;
    std::string focus{};  // key to focus, so that the keyboard opens
};

struct GalleryLanguage {
    std::string code;
    text::Direction direction = text::Direction::left_to_right;
    std::string keyboard;
};

[[nodiscard]] std::vector<GalleryLanguage> gallery_languages();
[[nodiscard]] std::vector<GalleryPage> gallery_pages(const std::string& language);
[[nodiscard]] widgets::Words gallery_words(const std::string& language);

// What people write in a script, for a picture of its keyboard.
struct WrittenScript {
    GalleryLanguage language;
    std::string text;
    double scale = 1;
};
[[nodiscard]] std::vector<WrittenScript> written_scripts();
// A field with the text, its last word selected, and the keyboard with the variants of `C` open where it has some.
[[nodiscard]] GalleryPage writing_page(const WrittenScript& script);

}  // namespace pillarbox::tests
