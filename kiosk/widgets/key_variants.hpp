// SPDX-License-Identifier: GPL-3.0-or-later
//
// A key's more letters: accents and relatives, in a row above it. A long press opens the row; the finger slides to
// one and leaves it, or lets go and taps one. Keys and requests open it by the key "More letters" and choose as from
// any other keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

struct VariantsSpec {
    std::string key;  // the id of the key they are of
    std::vector<input::KeySymbol> variants;
    std::string letter_forms;  // KeyboardLayout::letter_forms
    Rect key_place;            // physical
    Rect keyboard;             // physical: the row stays between its sides
};

// The text that was chosen, in the frame where it was.
[[nodiscard]] std::optional<std::string> draw_variants(Ui& ui, const VariantsSpec& spec);

}  // namespace pillarbox::widgets
