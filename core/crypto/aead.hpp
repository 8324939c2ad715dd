// SPDX-License-Identifier: GPL-3.0-or-later
//
// ChaCha20-Poly1305 (RFC 8439, the IETF variant with 96-bit nonces), without associated data.
// A nonce is used once with a key: callers use a fresh key for each envelope and count its chunks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/bytes.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

using AeadNonce = std::array<std::uint8_t, 12>;
inline constexpr std::size_t aead_key_size_bytes = 32;
inline constexpr std::size_t aead_tag_size_bytes = 16;

// Writes plaintext.size() + aead_tag_size_bytes bytes: `out` has exactly this size.
void aead_seal(const SecretBytes& key, const AeadNonce& nonce, base::ByteView plaintext, std::span<std::uint8_t> out);

// Writes sealed.size() - aead_tag_size_bytes bytes: `out` has exactly this size. False, and zeros in `out`, where any
// byte of key, nonce or sealed text is not what it was.
[[nodiscard]] bool aead_open(const SecretBytes& key, const AeadNonce& nonce, base::ByteView sealed,
                             std::span<std::uint8_t> out);

}  // namespace pillarbox::crypto
