// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a PC keyboard to one that is tapped: which of its keys are worth their room, and the page of signs. For this
// folder's sources only.
#pragma once

#include <string_view>
#include <vector>

#include "accessibility/input/key_variants.hpp"
#include "accessibility/input/keyboard_layout.hpp"

namespace pillarbox::input {

// Letters, marks, digits and the punctuation that people write with. Brackets and programmers' signs are on the page
// of signs; Latin letters that fill gaps of other scripts' layouts are on the Latin one.
enum class Script { latin, other };
[[nodiscard]] bool is_worth_its_room(std::string_view place, const XkbLevels& levels, Script script);

// Where the digit keys of xkb don't have what is written most: Tamil's digits of today, Persian's non-joiner.
void arrange_digits(std::string_view layout, KeyRow& digits);

[[nodiscard]] std::vector<KeyRow> symbol_rows(std::string_view layout);

// Whose letters they are.
[[nodiscard]] std::string label_of(std::string_view layout);
[[nodiscard]] std::string letters_label_of(std::string_view layout);
[[nodiscard]] std::string variants_label_of(std::string_view layout);

}  // namespace pillarbox::input
