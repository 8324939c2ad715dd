// SPDX-License-Identifier: GPL-3.0-or-later
//
// A campaign pack's bytes (docs/formats/pack.md):
//
//   pack = CBOR ["pillarbox campaign pack 1", body: bytes, signature: bytes]      signature: 64 bytes, or empty:
//   unsigned body = CBOR [campaign id, version, opens, closes, withdraw until, expires, [recipient: 32 bytes...],
//   workbook: bytes] signature = Ed25519 over "pillarbox campaign pack 1\n" || body
//
// Days are text "YYYY-MM-DD". Internal to core/campaign.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/envelope/envelope.hpp"

namespace pillarbox::campaign {

struct PackParts {
    base::ByteView body;       // into the pack
    base::ByteView signature;  // 64 bytes, or none
};

struct PackBody {
    std::string campaign_id;
    std::uint64_t version = 0;
    base::Day opens{}, closes{}, withdraw_until{}, expires{};
    std::vector<envelope::Recipient> recipients;
    base::ByteView workbook;  // into the body that was parsed, or the caller's
};

[[nodiscard]] base::Result<PackParts> split_pack(base::ByteView pack, std::string_view where);
[[nodiscard]] base::Bytes join_pack(const PackParts& parts);
[[nodiscard]] base::Bytes signed_message(base::ByteView body);

[[nodiscard]] base::Bytes encode_body(const PackBody& body);
// Also checks what must hold between the fields: dates in order, 1 to recipients_max different recipients, version
// from 1.
[[nodiscard]] base::Result<PackBody> decode_body(base::ByteView bytes);
[[nodiscard]] base::Result<void> check_body(const PackBody& body);

}  // namespace pillarbox::campaign
