// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/base/check.hpp"
#include "core/batch/part.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_part(base::ByteView input) {
    const auto part = batch::parse_part(input, {});
    if (part) {
        const std::uint64_t size_bytes = part->header.envelope.size_bytes;
        PILLARBOX_CHECK(part->header.number >= 1 && part->header.number <= batch::part_count(size_bytes));
        PILLARBOX_CHECK(part->content.size() == batch::part_size_bytes(size_bytes, part->header.number));
        PILLARBOX_CHECK(part->content.size() <= batch::part_size_bytes_max);
        PILLARBOX_CHECK(input.size() <= part->content.size() + batch::part_frame_size_bytes_max);
    }
}
