// SPDX-License-Identifier: GPL-3.0-or-later
//
// One slot of the pool: 4000 bytes that hold a part of an item, or nothing but random bytes. Pure bytes in, bytes
// out.
//
//   offset  size  field
//        0    32  SHA-256 of bytes 32 to 3999
//       32    16  item id, random, the same in all parts of an item
//       48     2  this part's number, from 0        (integers are big-endian)
//       50     2  number of parts
//       52     4  size of the item: tag and envelope
//       56  3944  the part; random bytes after the last one's end
//
// A slot is in use where its digest fits; random bytes never do. 4000 bytes make one row a leaf page of 4096 bytes of
// its own.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"

namespace pillarbox::outbox {

inline constexpr std::size_t slot_size_bytes = 4000;
inline constexpr std::size_t part_offset_bytes = 56;
inline constexpr std::size_t part_size_bytes = slot_size_bytes - part_offset_bytes;
// Recordings; far over what a form can produce. It bounds the memory of one add.
inline constexpr std::size_t envelope_size_bytes_max = std::size_t{16} << 20U;
inline constexpr std::size_t tag_size_bytes = std::tuple_size_v<batch::WithdrawalTag>;

using ItemId = std::array<std::uint8_t, 16>;

struct PartLabel {
    ItemId id{};
    std::uint16_t number = 0;
    std::uint16_t count = 0;
    std::uint32_t item_size_bytes = 0;
    bool of_test = false;  // the first part of a test response: see batch::test_tag
};

// A free slot: stretched from a few random bytes, because a purge writes a slot for every part that leaves.
[[nodiscard]] base::Bytes random_slot(base::Random& random);
// The item's parts in order. malformed for an empty envelope, limit_exceeded past envelope_size_bytes_max.
[[nodiscard]] base::Result<std::vector<base::Bytes>> slots_of(const batch::Item& item, base::Random& random);
// nullopt where the slot holds no part that can be trusted.
[[nodiscard]] std::optional<PartLabel> label_of(base::ByteView slot);
[[nodiscard]] std::size_t envelope_size_bytes_in(const PartLabel& label);
// What a slot of an item holds of it, tag and envelope; `first` is the label of the item's first slot. `damaged`
// where it is not the item's slot of this number.
[[nodiscard]] base::Result<base::ByteView> content_of(base::ByteView slot, const PartLabel& first,
                                                      std::size_t number);
// The item of all its slots in order; `damaged` where they don't make one.
[[nodiscard]] base::Result<batch::Item> item_of(const std::vector<base::Bytes>& slots);

}  // namespace pillarbox::outbox
