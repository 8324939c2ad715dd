// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/signing.hpp"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {
namespace {

constexpr std::size_t seed_size_bytes = crypto_sign_SEEDBYTES;

}  // namespace

bool verifies(const VerifyKey& key, base::ByteView message, const Signature& signature) {
    ensure_sodium_ready();
    // libsodium refuses small-order keys and a second encoding of S here, so a signature cannot be altered and still
    // hold.
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.bytes.data()) == 0;
}

SigningKey::SigningKey(SecretBytes expanded, VerifyKey verify_key)
    : expanded_(std::move(expanded)), verify_key_(verify_key) {}

SigningKey SigningKey::generate(base::Random& random) {
    SecretBytes seed(seed_size_bytes);
    random.fill(seed.bytes());
    auto key = from_seed(seed.view());
    PILLARBOX_CHECK(key.has_value());
    return std::move(*key);
}

base::Result<SigningKey> SigningKey::from_seed(base::ByteView seed) {
    ensure_sodium_ready();
    if (seed.size() != seed_size_bytes) {
        return base::fail(base::ErrorCode::malformed, {}, "A signing key is 32 bytes, this is not one.");
    }
    SecretBytes expanded(crypto_sign_SECRETKEYBYTES);
    VerifyKey verify_key;
    crypto_sign_seed_keypair(verify_key.bytes.data(), expanded.bytes().data(), seed.data());
    return SigningKey(std::move(expanded), verify_key);
}

Signature SigningKey::sign(base::ByteView message) const {
    PILLARBOX_CHECK(expanded_.size() == crypto_sign_SECRETKEYBYTES);  // not moved from
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), expanded_.view().data());
    return signature;
}

// libsodium's secret key is the seed followed by the public key.
base::ByteView SigningKey::seed() const {
    return expanded_.view().first(seed_size_bytes);
}

}  // namespace pillarbox::crypto
