// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worked examples of docs/formats/batch.md on envelopes that travel in parts: two whole parts and a tail of a few
// bytes, and the batch that names the envelope.
#pragma once

#include "core/batch/part.hpp"
#include "tests/core/batch/batch_examples.hpp"

namespace pillarbox::tests {

inline constexpr std::size_t example_tail = 4;

// Zeros, and the letters "tail" at the end.
inline base::Bytes example_large() {
    base::Bytes envelope(2 * batch::part_size_bytes_max);
    const base::Bytes tail = base::bytes_of("tail");
    envelope.insert(envelope.end(), tail.begin(), tail.end());
    return envelope;
}

inline batch::PartHeader example_part_header(std::uint64_t number) {
    batch::PartHeader header;
    header.log_id = example_header().log_id;
    header.tag.fill(0xa3);
    header.envelope = {crypto::sha256(example_large()), example_large().size()};
    header.number = number;
    return header;
}

inline base::Bytes example_part(std::uint64_t number) {
    const base::Bytes envelope = example_large();
    const base::ByteView content = base::ByteView(envelope).subspan((number - 1) * batch::part_size_bytes_max,
                                                                    batch::part_size_bytes(envelope.size(), number));
    return *batch::make_part(example_part_header(number), content, device_key());
}

inline std::vector<batch::Item> naming_items() {
    batch::Item large;
    large.tag = example_part_header(1).tag;
    large.large = example_part_header(1).envelope;
    return {example_items().front(), large};
}

inline base::Bytes naming_batch() {
    return *batch::make_batch(example_header(), naming_items(), device_key(), {});
}

inline batch::PartsHeld example_held() {
    return {example_header().log_id, example_part_header(1).envelope.digest, 2};
}

}  // namespace pillarbox::tests
