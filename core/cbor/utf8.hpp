// SPDX-License-Identifier: GPL-3.0-or-later
//
// Well-formed UTF-8 (RFC 3629): shortest forms only, no surrogates, nothing above U+10FFFF.
#pragma once

#include <string_view>

namespace pillarbox::cbor {

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace pillarbox::cbor
