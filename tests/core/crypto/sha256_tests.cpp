// SPDX-License-Identifier: GPL-3.0-or-later
#include <sodium.h>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "core/crypto/hash.hpp"

using namespace pillarbox;

TEST_CASE("SHA-256 of a million letters is as FIPS 180-4 has it") {
    const base::Bytes letters(1'000'000, 'a');
    CHECK(base::to_hex(crypto::sha256(letters)) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the two libraries' SHA-256 agree over any bytes") {
    const bool agrees = rc::check([](const base::Bytes& bytes) {
        crypto::Digest expected{};
        crypto_hash_sha256(expected.data(), bytes.data(), bytes.size());
        RC_ASSERT(crypto::sha256(bytes) == expected);
    });
    CHECK(agrees);
}
