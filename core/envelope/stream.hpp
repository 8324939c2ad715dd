// SPDX-License-Identifier: GPL-3.0-or-later
//
// The payload of an age v1 file (C2SP age, "Payload"; STREAM of Hoang, Reyhanitabar, Rogaway and Vizar, 2015): 16
// random bytes, then the plaintext in chunks of 64 KiB, each sealed under a nonce that counts chunks and marks the
// last one. So chunks can't be reordered, dropped, doubled or cut off at the end. Internal to core/envelope.
#pragma once

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::envelope {

inline constexpr std::size_t chunk_size_bytes = std::size_t{64} << 10U;
inline constexpr std::size_t payload_nonce_size_bytes = 16;

[[nodiscard]] std::size_t payload_size(std::size_t plaintext_size_bytes);

// Appends the payload to `envelope`.
void seal_payload(const crypto::SecretBytes& file_key, base::ByteView plaintext, base::Random& random,
                  base::Bytes& envelope);

[[nodiscard]] base::Result<crypto::SecretBytes> open_payload(const crypto::SecretBytes& file_key,
                                                             base::ByteView payload, std::size_t plaintext_size_max);

}  // namespace pillarbox::envelope
