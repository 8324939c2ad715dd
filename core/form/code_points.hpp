// SPDX-License-Identifier: GPL-3.0-or-later
//
// UTF-8 to code points and back, for functions that count characters. Of text that is not
// valid UTF-8, every byte counts as a character.
#pragma once

#include <string>
#include <string_view>

namespace pillarbox::form {

[[nodiscard]] std::u32string code_points_of(std::string_view text);
[[nodiscard]] std::string utf8_of(std::u32string_view code_points);

}  // namespace pillarbox::form
