// SPDX-License-Identifier: GPL-3.0-or-later
//
// The initial byte of a CBOR item (RFC 8949 section 3): major type in the high three bits, "additional information"
// below. Internal to core/cbor.
#pragma once

#include <cstdint>

namespace pillarbox::cbor {

inline constexpr std::uint8_t major_unsigned = 0;
inline constexpr std::uint8_t major_bytes = 2;
inline constexpr std::uint8_t major_text = 3;
inline constexpr std::uint8_t major_array = 4;

// Additional information: below 24 it is the argument itself; 24 to 27 say that 1, 2, 4 or 8 bytes follow.
inline constexpr std::uint8_t one_byte_follows = 24;
inline constexpr std::uint8_t eight_bytes_follow = 27;

inline constexpr std::uint8_t byte_false = 0xF4;
inline constexpr std::uint8_t byte_true = 0xF5;
inline constexpr std::uint8_t byte_null = 0xF6;

}  // namespace pillarbox::cbor
