// SPDX-License-Identifier: GPL-3.0-or-later
//
// From one character of a layout to what a key types, shows and says. For this folder's sources only.
#pragma once

#include <string>
#include <vector>

#include "accessibility/input/keyboard_layout.hpp"

namespace pillarbox::input {

[[nodiscard]] KeySymbol symbol_of(char32_t character);

// Accented letters of the languages on offer, for a long press on the plain letter; empty for anything else.
[[nodiscard]] std::vector<std::string> accents_of(std::string_view letter);

}  // namespace pillarbox::input
