// SPDX-License-Identifier: GPL-3.0-or-later
//
// The letters of an on-screen keyboard: the layout people know from their own keyboards, read from xkb-data by
// xkbcommon. What xkb has on rarer levels is offered as variants of a letter, and its signs stand on a page of their
// own, so that the letters have room. Only what types is here; Space, Shift, Delete and Done are the widget's.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::input {

enum class KeyLevel : std::size_t { base, shift };
inline constexpr std::size_t key_level_count = 2;

struct KeySymbol {
    std::string text;   // UTF-8 that the key types; empty: the key does nothing at this level
    std::string label;  // what is painted on it: the text, or "ZWNJ"; a mark on a dotted circle
    std::string name;   // what speech says where the label can't be read out ("zero width non-joiner"); else the text
};

struct Key {
    std::string id;  // XKB's name of the place, "AD01": stable over layouts, for semantic keys
    std::array<KeySymbol, key_level_count> levels;
    std::string corner;  // the label at Shift, where nobody could guess it: another letter, and not a capital
    std::array<std::vector<KeySymbol>, key_level_count> variants;  // of each level's letter: "e" -> "é", "è", ...

    // Where there is nothing at Shift, the base: a key does not go away under the finger.
    [[nodiscard]] const KeySymbol& at(KeyLevel level) const {
        const KeySymbol& symbol = levels[static_cast<std::size_t>(level)];
        return symbol.text.empty() ? levels.front() : symbol;
    }
    [[nodiscard]] const std::vector<KeySymbol>& variants_at(KeyLevel level) const {
        return variants[static_cast<std::size_t>(level)];
    }
};
using KeyRow = std::vector<Key>;  // from left to right

struct KeyboardLayout {
    std::string name;             // XKB: "gb", "in(guj)"
    std::string label;            // whose letters they are, in themselves: "English", "বাংলা"
    std::string letter_forms;     // BCP 47: whose letter forms fit on keys; empty: the page's own
    std::string letters_label;    // the first three letters: leads back from the signs
    std::string variants_label;   // two letters that stand for "more letters"; empty where no key has variants
    std::vector<KeyRow> rows;     // digits, upper, middle, lower
    std::vector<KeyRow> symbols;  // four rows: the other digits that are in use, and signs; no Shift

    // `name` is "layout" or "layout(variant)" of xkb-data. Errors: `unavailable` where xkb-data is not installed or
    // has no such layout; `malformed` where the name is not of that form.
    [[nodiscard]] static base::Result<KeyboardLayout> load(std::string_view name);
};

// The layouts for a language, the usual one first, always with "gb" last, for names and e-mail addresses in Latin
// letters.
[[nodiscard]] std::vector<std::string> layouts_of_language(std::string_view language);

// Chinese is written with an input method, of which there is none here (decision 11): the screen has to say so.
enum class OwnLetters { offered, missing };
[[nodiscard]] OwnLetters own_letters_of(std::string_view language);

}  // namespace pillarbox::input
