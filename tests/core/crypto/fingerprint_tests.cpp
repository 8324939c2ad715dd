// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "core/crypto/fingerprint.hpp"

using namespace pillarbox;

TEST_CASE("fingerprints and short codes are the beginning of SHA-256 in groups of four") {
    // sha256("abc") = ba7816bf 8f01cfea ...
    CHECK(crypto::short_code_of(base::view_of("abc")) == "BA78-16BF");
    // sha256 of 32 zero bytes = 66687aad f862bd77 6c8fc18b 8e9f8e20 ...
    CHECK(crypto::fingerprint_of({}) == "6668 7AAD F862 BD77 6C8F C18B 8E9F 8E20");
}
