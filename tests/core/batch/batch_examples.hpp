// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worked examples of docs/formats/batch.md: fixed keys and envelopes, and what comes of them.
#pragma once

#include <vector>

#include "core/base/bytes.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/receipt.hpp"

namespace pillarbox::tests {

inline crypto::SigningKey key_of_repeated(std::uint8_t byte) {
    return *crypto::SigningKey::from_seed(base::Bytes(32, byte));
}
inline crypto::SigningKey device_key() {
    return key_of_repeated(0x01);
}
inline crypto::SigningKey store_key() {
    return key_of_repeated(0x02);
}
inline constexpr const char* store_name = "store.example.org";

inline std::vector<batch::Item> example_items() {
    batch::Item first;
    first.tag.fill(0xa1);
    first.envelope = base::bytes_of("first envelope");
    batch::Item second;
    second.tag.fill(0xa2);
    second.envelope = base::bytes_of("second envelope");
    return {first, second};
}

inline batch::Header example_header() {
    batch::Header header;
    header.campaign_id = "las-strategy-2023-28";
    header.log_id = batch::log_id_of(device_key().verify_key(), batch::LogId{});
    header.number = 1;
    header.previous = batch::genesis_hash(header.log_id);
    header.pack_digest.fill(0xcc);
    return header;
}

inline base::Bytes example_batch() {
    return *batch::make_batch(example_header(), example_items(), device_key(), {});
}

inline batch::Receipt example_receipt() {
    batch::Receipt receipt;
    receipt.log_id = example_header().log_id;
    receipt.stored = 1;
    receipt.stored_hash = batch::hash_of(batch::parse_batch(example_batch(), {})->header);
    receipt.safe = 1;
    receipt.limits = {.batch_size_bytes_max = std::size_t{8} << 20U,
                      .envelope_size_bytes_max = std::size_t{1} << 20U};
    return receipt;
}

}  // namespace pillarbox::tests
