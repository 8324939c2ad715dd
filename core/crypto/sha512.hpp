// SPDX-License-Identifier: GPL-3.0-or-later
//
// SHA-512 (FIPS 180-4) of what comes in pieces, so that a file of any size is hashed in little memory. OpenSSL's
// (docs/decisions/0010-bulk-hashing-by-openssl.md). Threading: one hasher per thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "core/base/bytes.hpp"

namespace pillarbox::crypto {

using LongDigest = std::array<std::uint8_t, 64>;

class Sha512 {
  public:
    Sha512();
    ~Sha512();
    Sha512(Sha512&&) noexcept;
    Sha512& operator=(Sha512&&) noexcept;

    void add(base::ByteView bytes);
    [[nodiscard]] LongDigest finish();  // of all that was added; afterwards it begins anew

  private:
    struct State;
    std::unique_ptr<State> state_;
};

[[nodiscard]] LongDigest sha512(base::ByteView bytes);

}  // namespace pillarbox::crypto
