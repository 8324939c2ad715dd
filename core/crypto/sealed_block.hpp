// SPDX-License-Identifier: GPL-3.0-or-later
//
// Blocks at rest, each sealed on its own by XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) with associated data:
//
//   block = ciphertext (as long as the plaintext) | nonce (24 bytes) | tag (16 bytes)
//
// The nonce is drawn at random for each sealing: with 192 bits, one key seals any number of blocks, any number of
// times. The associated data is not kept: it says where a block belongs, so that it opens nowhere else.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

inline constexpr std::size_t block_key_size_bytes = 32;
inline constexpr std::size_t block_overhead_bytes = 24 + 16;

// Writes plaintext.size() + block_overhead_bytes bytes: `out` has exactly this size, and is not the plaintext.
void seal_block(const SecretBytes& key, base::ByteView associated, base::ByteView plaintext, base::Random& random,
                std::span<std::uint8_t> out);

// Writes sealed.size() - block_overhead_bytes bytes: `out` has exactly this size. False, and zeros in `out`, where
// any byte of key, associated data or block is not what it was.
[[nodiscard]] bool open_block(const SecretBytes& key, base::ByteView associated, base::ByteView sealed,
                              std::span<std::uint8_t> out);

}  // namespace pillarbox::crypto
