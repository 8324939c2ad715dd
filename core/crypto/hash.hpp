// SPDX-License-Identifier: GPL-3.0-or-later
//
// SHA-256 (FIPS 180-4), HMAC-SHA-256 (RFC 2104) and HKDF-SHA-256 (RFC 5869).
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bytes.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest sha256(base::ByteView bytes);
[[nodiscard]] Digest hmac_sha256(base::ByteView key, base::ByteView message);
// `size_bytes` at most 255 * 32.
[[nodiscard]] SecretBytes hkdf_sha256(base::ByteView input_key, base::ByteView salt, base::ByteView info,
                                      std::size_t size_bytes);
[[nodiscard]] bool equal_in_constant_time(base::ByteView left, base::ByteView right);

}  // namespace pillarbox::crypto
