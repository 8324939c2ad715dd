// SPDX-License-Identifier: GPL-3.0-or-later
//
// Byte strings and their text forms. Decoders are strict: one text form for each byte string (RFC 4648, canonical
// padding bits).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

[[nodiscard]] ByteView view_of(std::string_view text);
[[nodiscard]] std::string_view text_of(ByteView bytes);
[[nodiscard]] Bytes bytes_of(std::string_view text);

[[nodiscard]] std::string to_hex(ByteView bytes);  // lower case
[[nodiscard]] Result<Bytes> from_hex(std::string_view text);

// RFC 4648 section 4, with '=' padding; section 5 (URL alphabet) without padding; and section 4 without padding, as
// age has it.
[[nodiscard]] std::string to_base64(ByteView bytes);
[[nodiscard]] Result<Bytes> from_base64(std::string_view text);
[[nodiscard]] std::string to_base64_raw(ByteView bytes);
[[nodiscard]] Result<Bytes> from_base64_raw(std::string_view text);
[[nodiscard]] std::string to_base64_url(ByteView bytes);
[[nodiscard]] Result<Bytes> from_base64_url(std::string_view text);

// A fixed number of bytes: an error where the view has another size.
template <std::size_t Size>
[[nodiscard]] Result<std::array<std::uint8_t, Size>> array_of(ByteView bytes) {
    if (bytes.size() != Size) {
        return fail(ErrorCode::malformed, {},
                    "Expected " + std::to_string(Size) + " bytes, found " + std::to_string(bytes.size()) + ".");
    }
    std::array<std::uint8_t, Size> result{};
    std::ranges::copy(bytes, result.begin());
    return result;
}

}  // namespace pillarbox::base
