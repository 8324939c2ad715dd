// SPDX-License-Identifier: GPL-3.0-or-later
//
// The letters of an on-screen keyboard: the layout people know from their own keyboards, read from xkb-data by
// xkbcommon. Only the four rows that type are here; Space, Shift, Delete and Done are the widget's.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::input {

enum class KeyLevel : std::size_t { base, shift, alt, shift_alt };
inline constexpr std::size_t key_level_count = 4;

struct KeySymbol {
    std::string text;   // UTF-8 that the key types; empty: the key does nothing at this level
    std::string label;  // what is painted on it: the text, or "ZWNJ"; a mark stands on a dotted circle
    std::string name;   // what speech says where the label can't be read out ("zero width non-joiner"); else the text
};

struct Key {
    std::string id;  // XKB's name of the place, "AD01": stable over layouts, for semantic keys
    std::array<KeySymbol, key_level_count> levels;
    std::vector<std::string> accents;  // offered by a long press on the base level: "e" -> "é", "è", ...

    [[nodiscard]] const KeySymbol& at(KeyLevel level) const { return levels[static_cast<std::size_t>(level)]; }
};

enum class AltLevels { none, present };

struct KeyboardLayout {
    std::string name;                        // XKB: "gb", "in(guj)"
    std::vector<std::vector<Key>> rows;      // digits, upper, middle, lower; keys from left to right
    AltLevels alt_levels = AltLevels::none;  // whether an Alt key is worth showing

    // `name` is "layout" or "layout(variant)" of xkb-data. Errors: `unavailable` where xkb-data is not installed or
    // has no such layout; `malformed` where the name is not of that form.
    [[nodiscard]] static base::Result<KeyboardLayout> load(std::string_view name);
};

// The layouts for a language, the usual one first, always with "gb" last, for names and e-mail addresses in Latin
// letters.
[[nodiscard]] std::vector<std::string> layouts_of_language(std::string_view language);

}  // namespace pillarbox::input
