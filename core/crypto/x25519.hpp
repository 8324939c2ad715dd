// SPDX-License-Identifier: GPL-3.0-or-later
//
// X25519 key agreement (RFC 7748).
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

using X25519PublicKey = std::array<std::uint8_t, 32>;

// `secret`: 32 bytes (clamped inside).
[[nodiscard]] X25519PublicKey x25519_public_key(const SecretBytes& secret);

// The 32 shared bytes. malformed where the point is of low order, so that the result would be all zeros and known to
// anyone.
[[nodiscard]] base::Result<SecretBytes> x25519_shared_secret(const SecretBytes& secret, const X25519PublicKey& point);

}  // namespace pillarbox::crypto
