// SPDX-License-Identifier: GPL-3.0-or-later
//
// Payloads sealed chunk by chunk with the right key, in ways that no writer of age does.
#include "core/envelope/stream.hpp"

#include <catch2/catch.hpp>

#include "core/crypto/aead.hpp"
#include "core/crypto/hash.hpp"

using namespace pillarbox;

namespace {

constexpr std::size_t whole_chunk_size_bytes = 65536;

crypto::SecretBytes a_file_key() {
    return crypto::SecretBytes::copy_of(base::Bytes(16, 5));
}

// A whole first chunk, then a last one of `last_size_bytes`, under a payload nonce of zeros.
base::Bytes payload_with_last_chunk_of(std::size_t last_size_bytes) {
    base::Bytes payload(16);
    const auto key = crypto::hkdf_sha256(a_file_key().view(), payload, base::view_of("payload"), 32);
    const auto append = [&](std::size_t size, std::uint8_t count, std::uint8_t last_flag) {
        crypto::AeadNonce nonce{};
        nonce[10] = count;
        nonce[11] = last_flag;
        base::Bytes sealed(size + crypto::aead_tag_size_bytes);
        crypto::aead_seal(key, nonce, base::Bytes(size, 'x'), sealed);
        payload.insert(payload.end(), sealed.begin(), sealed.end());
    };
    append(whole_chunk_size_bytes, 0, 0);
    append(last_size_bytes, 1, 1);
    return payload;
}

}  // namespace

TEST_CASE("an empty last chunk after a whole one is refused though its tag is right") {
    const auto opened = envelope::open_payload(a_file_key(), payload_with_last_chunk_of(1), 1U << 20U);
    REQUIRE(opened.has_value());
    CHECK(opened->size() == whole_chunk_size_bytes + 1);
    const auto refused = envelope::open_payload(a_file_key(), payload_with_last_chunk_of(0), 1U << 20U);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == base::ErrorCode::not_authentic);
}
