// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a text field accepts of a text. For this folder's sources only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "accessibility/text/text_editor.hpp"

namespace pillarbox::text {

[[nodiscard]] std::size_t count_characters(std::string_view text);  // code points of valid UTF-8

// Valid UTF-8 without control characters; every kind of line break is '\n', or a space in a single line.
[[nodiscard]] std::string typed_text(std::string_view text, Lines lines);

// Bytes of the longest beginning that has at most `room` characters and ends between graphemes.
[[nodiscard]] std::size_t fitting_size(std::string_view text, std::size_t room, const std::string& language);

}  // namespace pillarbox::text
