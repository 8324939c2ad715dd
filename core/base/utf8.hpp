// SPDX-License-Identifier: GPL-3.0-or-later
//
// UTF-8 (RFC 3629), strict: no overlong forms, no surrogates, nothing over U+10FFFF.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace pillarbox::base {

[[nodiscard]] bool is_utf8(std::string_view text);
[[nodiscard]] Result<std::u32string> from_utf8(std::string_view text);  // malformed where it is not UTF-8
// The beginning of a text: at most so many bytes, and no letter cut in two.
[[nodiscard]] std::string_view head_of(std::string_view text, std::size_t size_bytes_max);
void append_utf8(std::string& text, char32_t letter);  // U+FFFD for what is no letter

}  // namespace pillarbox::base
