// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ed25519 signatures (RFC 8032). A key that signs is a secret; the key that verifies is 32 public bytes.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

using Signature = std::array<std::uint8_t, 64>;

struct VerifyKey {
    std::array<std::uint8_t, 32> bytes{};
    friend bool operator==(const VerifyKey&, const VerifyKey&) = default;
};

[[nodiscard]] bool verifies(const VerifyKey& key, base::ByteView message, const Signature& signature);

class SigningKey {
  public:
    [[nodiscard]] static SigningKey generate(base::Random& random);
    [[nodiscard]] static base::Result<SigningKey> from_seed(base::ByteView seed);  // 32 bytes

    [[nodiscard]] Signature sign(base::ByteView message) const;
    [[nodiscard]] const VerifyKey& verify_key() const { return verify_key_; }
    [[nodiscard]] base::ByteView seed() const;  // 32 secret bytes, to be written to an owner-only file

  private:
    SigningKey(SecretBytes expanded, VerifyKey verify_key);
    SecretBytes expanded_;
    VerifyKey verify_key_;
};

}  // namespace pillarbox::crypto
