// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shamir's secret sharing over GF(2^8) (Shamir 1979; the field of AES, FIPS 197): a secret cut into shares of which
// any `need` give it back, and fewer say nothing at all about it: each share by itself is uniformly random bytes. The
// arithmetic reads no table and takes no branch by a secret, so that its time tells nothing.
//
// A secret put together from wrong shares is wrong and looks like any other: whoever calls adds a check to it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::crypto {

struct SecretShare {
    std::uint8_t number = 0;  // the place at which the polynomials were read: 1 to 255
    SecretBytes bytes;        // as many as the secret has
};

struct SharePlan {
    unsigned shares = 3;  // 2 to 255
    unsigned need = 2;    // 2 to `shares`
};

// usage where the plan is none.
[[nodiscard]] base::Result<std::vector<SecretShare>> split_secret(base::ByteView secret, const SharePlan& plan,
                                                                  base::Random& random);

// Of at least `need` shares of one splitting. usage where there are none, numbers come twice or are 0, or sizes
// differ.
[[nodiscard]] base::Result<SecretBytes> join_shares(const std::vector<SecretShare>& shares);

// Products in the field, for the test that holds them against a slow definition.
[[nodiscard]] std::uint8_t field_product(std::uint8_t left, std::uint8_t right);
[[nodiscard]] std::uint8_t field_inverse(std::uint8_t value);  // 0 gives 0

}  // namespace pillarbox::crypto
