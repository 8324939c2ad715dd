// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a text is set. Colour is no part of it: glyphs are tinted when they are drawn.
#pragma once

#include <string>
#include <string_view>

namespace pillarbox::text {

enum class Weight { regular = 400, medium = 500, semibold = 600, bold = 700 };
// readable: for people with dyslexia, letters that can't be taken for one another. It has Latin letters; all others
// stay as they are.
enum class Face { standard, readable };
enum class Direction { left_to_right, right_to_left };
enum class Alignment { start, centre, end };  // start is the side where the direction begins: the right for Arabic

// Where a paragraph's base direction comes from. Interface strings use the style's, so that "Pillarbox" inside Arabic
// does not flip a heading; what a person typed uses its first strong letter, and the style's only where there is none
// (UAX #9, P2-P3).
enum class DirectionSource { style, first_strong_letter };

struct TextStyle {
    float size_px = 42;
    Weight weight = Weight::regular;
    Face face = Face::standard;
    float line_height = 1.15F;  // factor on the font's own line height, which differs by script; never a fixed height
    std::string language = "en";  // BCP 47; chooses fonts (Urdu: Nastaliq) and letter forms
    Direction direction = Direction::left_to_right;
    Alignment alignment = Alignment::start;
    DirectionSource direction_source = DirectionSource::style;

    bool operator==(const TextStyle&) const = default;
};

// Whether texts of a language need it in their TextStyle even where the letters alone would find their font: Urdu for
// its Nastaliq, Arabic and Farsi for the height of their lines.
[[nodiscard]] bool is_set_apart(std::string_view language);

}  // namespace pillarbox::text
