// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small pack for tests, and the worked example of docs/formats/pack.md. Its workbook is cut to two bytes, so it is
// refused once everything before the workbook holds.
#pragma once

#include "core/base/bytes.hpp"
#include "core/campaign/campaign.hpp"
#include "core/campaign/pack_format.hpp"
#include "core/crypto/x25519.hpp"

namespace pillarbox::tests {

inline constexpr std::string_view cut_workbook = "PK";

inline crypto::SigningKey committee_key(std::uint8_t seed = 1) {
    return crypto::SigningKey::from_seed(base::Bytes(32, seed)).value();
}

inline base::Day day(std::string_view text) {
    return base::parse_day(text).value();
}

inline campaign::PackBody small_body() {
    crypto::SecretBytes secret(32);
    secret.bytes()[0] = 8;
    return {.campaign_id = "demo",
            .version = 1,
            .opens = day("2023-01-20"),
            .closes = day("2023-01-27"),
            .withdraw_until = day("2023-01-31"),
            .expires = day("2023-12-31"),
            .recipients = {{crypto::x25519_public_key(secret)}},
            .workbook = base::view_of(cut_workbook)};
}

// A pack of any bytes as its body, under the committee's valid signature.
inline base::Bytes pack_around(base::ByteView body) {
    const crypto::Signature signature = committee_key().sign(campaign::signed_message(body));
    return campaign::join_pack({.body = body, .signature = signature});
}

inline base::Bytes signed_pack(const campaign::PackBody& body) {
    return pack_around(campaign::encode_body(body));
}

inline campaign::Acceptance acceptance_of(std::uint8_t seed, std::string campaign_id = "demo") {
    return {.committee_key = committee_key(seed).verify_key(),
            .today = day("2023-01-20"),
            .version_min = 1,
            .campaign_id = std::move(campaign_id)};
}

}  // namespace pillarbox::tests
