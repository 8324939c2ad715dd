// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which letters a long press on a key offers. For this folder's sources only.
#pragma once

#include <array>
#include <vector>

#include "accessibility/input/keyboard_layout.hpp"

namespace pillarbox::input {

// What xkb has on a place: base, Shift, AltGr, Shift and AltGr.
using XkbLevels = std::array<KeySymbol, 4>;

// Accented letters of the languages on offer, letters of a family that the script's other languages use, and what the
// place itself has on its other levels; the likeliest first. Empty for most signs.
[[nodiscard]] std::vector<KeySymbol> variants_of(const XkbLevels& levels, KeyLevel level);

}  // namespace pillarbox::input
