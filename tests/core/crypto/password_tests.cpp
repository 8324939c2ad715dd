// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "core/crypto/password.hpp"

using namespace pillarbox;
using crypto::hash_password;
using crypto::matches_password;

TEST_CASE("a password matches its own Argon2id hash and no other") {
    const auto hash = hash_password(base::view_of("480215")).value();
    CHECK(hash.starts_with("$argon2id$v=19$m=32768,t=3,p=1$"));
    CHECK(matches_password(hash, base::view_of("480215")));
    CHECK_FALSE(matches_password(hash, base::view_of("480216")));
    CHECK_FALSE(matches_password(hash, base::view_of("48021")));
    CHECK_FALSE(matches_password(hash, {}));
    CHECK(hash_password(base::view_of("480215")).value() != hash);  // a salt of its own
}

TEST_CASE("what is no hash of ours matches nothing") {
    auto hash = hash_password(base::view_of("480215")).value();
    CHECK_FALSE(matches_password("", base::view_of("480215")));
    CHECK_FALSE(matches_password("480215", base::view_of("480215")));
    CHECK_FALSE(matches_password(std::string(5000, '$'), base::view_of("480215")));
    // Asking for a terabyte must not stop the program.
    hash.replace(hash.find("m=32768"), 7, "m=1073741824");
    CHECK_FALSE(matches_password(hash, base::view_of("480215")));
}
