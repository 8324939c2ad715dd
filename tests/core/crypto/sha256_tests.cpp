// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sha256.hpp"

#include <sodium.h>

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "core/crypto/hash.hpp"

using namespace pillarbox;
using crypto::Sha256;
using crypto::Sha256Engine;

namespace {

crypto::Digest digest_of(Sha256Engine engine, const std::vector<base::ByteView>& pieces) {
    Sha256 hash(engine);
    for (const base::ByteView piece : pieces) {
        hash.add(piece);
    }
    crypto::Digest digest{};
    hash.finish(digest);
    return digest;
}

crypto::Digest digest_by_libsodium(base::ByteView bytes) {
    crypto::Digest digest{};
    crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
    return digest;
}

}  // namespace

TEST_CASE("SHA-256 of a million letters is as FIPS 180-4 has it") {
    const base::Bytes letters(1'000'000, 'a');
    CHECK(base::to_hex(crypto::sha256(letters)) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("the processor's SHA-256 agrees with libsodium's at every length around a block") {
    if (crypto::fastest_sha256() != Sha256Engine::instructions) {
        WARN("SKIPPED: the processor's SHA-256: this processor has no instructions for it");
        return;
    }
    base::Bytes bytes;
    for (std::size_t size = 0; size <= 4 * Sha256::block_size_bytes + 1; ++size) {
        CAPTURE(size);
        CHECK(digest_of(Sha256Engine::instructions, {bytes}) == digest_by_libsodium(bytes));
        bytes.push_back(static_cast<std::uint8_t>(size * 7 + 3));
    }
}

TEST_CASE("both engines give one digest for the same bytes, however they are cut into pieces") {
    const Sha256Engine fastest = crypto::fastest_sha256();
    const bool agrees = rc::check([fastest](const base::Bytes& first, const base::Bytes& second) {
        base::Bytes whole(first);
        for (int times = 0; times < 3; ++times) {
            whole.insert(whole.end(), second.begin(), second.end());
        }
        const std::vector<base::ByteView> pieces = {first, second, second, second};
        const auto expected = digest_by_libsodium(whole);
        RC_ASSERT(digest_of(fastest, pieces) == expected);
        RC_ASSERT(digest_of(Sha256Engine::libsodium, pieces) == expected);
    });
    CHECK(agrees);
}

TEST_CASE("HMAC-SHA-256 agrees with libsodium's for keys shorter and longer than a block") {
    const base::Bytes message(100, 0x5a);
    for (const std::size_t size : {0U, 1U, 32U, 63U, 64U, 65U, 200U}) {
        CAPTURE(size);
        const base::Bytes key(size, 0x21);
        crypto::Digest expected{};
        crypto_auth_hmacsha256_state state;
        crypto_auth_hmacsha256_init(&state, key.empty() ? message.data() : key.data(), key.size());
        crypto_auth_hmacsha256_update(&state, message.data(), message.size());
        crypto_auth_hmacsha256_final(&state, expected.data());
        CHECK(crypto::hmac_sha256(key, message) == expected);
    }
}
