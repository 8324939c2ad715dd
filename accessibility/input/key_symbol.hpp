// SPDX-License-Identifier: GPL-3.0-or-later
//
// From one character of a layout to what a key types, shows and says. For this folder's sources only.
#pragma once

#include <string>

#include "accessibility/input/keyboard_layout.hpp"

namespace pillarbox::input {

// Empty for what nobody should type here: control characters, explicit directions, and places without a character
// that xkb-data fills nevertheless.
[[nodiscard]] KeySymbol symbol_of(char32_t character);

enum class CharacterClass { letter, mark, digit, joiner, sign };
[[nodiscard]] CharacterClass class_of(char32_t character);

[[nodiscard]] bool is_latin_letter(char32_t character);

// Latin, Greek and Cyrillic: Shift makes a capital, and not another letter.
[[nodiscard]] bool has_case(char32_t character);

// Of UTF-8 text; 0 where it is empty.
[[nodiscard]] char32_t first_character(std::string_view text);

}  // namespace pillarbox::input
