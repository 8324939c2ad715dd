// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a caret may stand in a text, and where words begin and end.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/text/text_style.hpp"

namespace pillarbox::text {

// The place before one character, or after the last.
struct Boundary {
    std::size_t byte_index = 0;
    bool caret = false;  // a caret may stand here
    bool word_start = false;
    bool word_end = false;
    bool backspace_takes_character = false;  // backspace from here takes one character, not the whole grapheme
};

// Of valid UTF-8; one more than it has characters. Graphemes are Unicode's (UAX #29), and rule GB9c of its
// version 15.1, which Debian's Pango does not have yet: no caret between a virama and the consonant it joins to.
[[nodiscard]] std::vector<Boundary> boundaries_of(std::string_view text, const std::string& language);

// The base direction of a paragraph: that of its first strong letter, else `otherwise`.
[[nodiscard]] Direction direction_of_paragraph(std::string_view paragraph, Direction otherwise);

// Whether a reader sees one letter where these two follow each other: a virama and a consonant of its script.
[[nodiscard]] bool is_conjunct(char32_t before, char32_t after);

}  // namespace pillarbox::text
