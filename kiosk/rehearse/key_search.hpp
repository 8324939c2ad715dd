// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which on-screen keys write a text, in their order, as a person looks for them: on the page of letters, at Shift,
// behind "More letters", among the signs. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accessibility/input/keyboard_layout.hpp"
#include "core/base/result.hpp"

namespace pillarbox::rehearse {

struct KeysForLetter {
    std::vector<std::string> keys;  // of the semantic tree: "keyboard/AD01"
    std::size_t size_bytes = 0;     // of the text that they write
};

// For the start of `text`, which is not empty; `not_found` where no key writes it.
[[nodiscard]] base::Result<KeysForLetter> keys_for(const input::KeyboardLayout& layout, std::string_view text);

}  // namespace pillarbox::rehearse
