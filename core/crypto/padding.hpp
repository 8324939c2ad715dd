// SPDX-License-Identifier: GPL-3.0-or-later
//
// Padding as ISO/IEC 7816-4 has it: the byte 0x80 and then zeros, up to the end of the buffer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::crypto {

// Fills `buffer` after its first `content_size_bytes` bytes with padding; at least one byte must be free.
void pad(std::span<std::uint8_t> buffer, std::size_t content_size_bytes);

// The size of the content, in constant time. malformed where the bytes do not end in padding.
[[nodiscard]] base::Result<std::size_t> unpadded_size(base::ByteView padded);

}  // namespace pillarbox::crypto
