// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/x25519.hpp"

#include <sodium.h>

#include "core/base/check.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {

X25519PublicKey x25519_public_key(const SecretBytes& secret) {
    ensure_sodium_ready();
    PILLARBOX_CHECK(secret.size() == crypto_scalarmult_SCALARBYTES);
    X25519PublicKey point{};
    PILLARBOX_CHECK(crypto_scalarmult_base(point.data(), secret.view().data()) == 0);
    return point;
}

base::Result<SecretBytes> x25519_shared_secret(const SecretBytes& secret, const X25519PublicKey& point) {
    ensure_sodium_ready();
    PILLARBOX_CHECK(secret.size() == crypto_scalarmult_SCALARBYTES);
    SecretBytes shared(crypto_scalarmult_BYTES);
    // Answers -1 where the result is all zeros (RFC 7748 section 6.1).
    if (crypto_scalarmult(shared.bytes().data(), secret.view().data(), point.data()) != 0) {
        return base::fail(base::ErrorCode::malformed, {}, "The X25519 key is a point of low order.");
    }
    return shared;
}

}  // namespace pillarbox::crypto
