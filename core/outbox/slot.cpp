// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/outbox/slot.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "core/crypto/hash.hpp"
#include "core/crypto/secret_bytes.hpp"
#include "core/crypto/seed_stream.hpp"

namespace pillarbox::outbox {
namespace {

constexpr std::size_t digest_size_bytes = 32;
constexpr std::size_t id_offset = 32;
constexpr std::size_t number_offset = 48;
constexpr std::size_t count_offset = 50;
constexpr std::size_t size_offset = 52;

template <typename Integer>
void put(base::Bytes& bytes, std::size_t offset, Integer number) {
    for (std::size_t index = sizeof(Integer); index > 0; --index) {
        bytes[offset + index - 1] = static_cast<std::uint8_t>(number & 0xffU);
        number = static_cast<Integer>(number >> 8U);
    }
}

template <typename Integer>
Integer get(base::ByteView bytes, std::size_t offset) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes.subspan(offset, sizeof(Integer))) {
        number = number << 8U | byte;
    }
    return static_cast<Integer>(number);
}

std::size_t parts_for(std::size_t item_size_bytes) {
    return (item_size_bytes + part_size_bytes - 1) / part_size_bytes;
}

std::unexpected<base::Error> damaged_part() {
    return base::fail(base::ErrorCode::damaged, "outbox", "A part of an envelope is damaged.");
}

// `label` is the slot's own.
base::Result<base::ByteView> content_under(const std::optional<PartLabel>& label, base::ByteView slot,
                                           const PartLabel& first, std::size_t number) {
    const bool fits = label.has_value() && label->number == number && label->count == first.count &&
                      label->id == first.id && label->item_size_bytes == first.item_size_bytes;
    if (!fits) {
        return damaged_part();
    }
    const std::size_t before = number * part_size_bytes;
    return slot.subspan(part_offset_bytes, std::min(part_size_bytes, label->item_size_bytes - before));
}

}  // namespace

base::Bytes random_slot(base::Random& random) {
    crypto::StreamSeed seed{};
    random.fill(seed);
    base::Bytes slot(slot_size_bytes);
    crypto::fill_from_seed(seed, slot);
    crypto::wipe(seed);
    return slot;
}

base::Result<std::vector<base::Bytes>> slots_of(const batch::Item& item, base::Random& random) {
    if (item.envelope.empty()) {
        return base::fail(base::ErrorCode::malformed, "outbox", "An envelope is empty.");
    }
    if (item.envelope.size() > envelope_size_bytes_max) {
        return base::fail(base::ErrorCode::limit_exceeded, "outbox",
                          "The envelope has " + std::to_string(item.envelope.size()) + " bytes; at most " +
                              std::to_string(envelope_size_bytes_max) + " are accepted.",
                          "Record less at once.");
    }
    base::Bytes whole(item.tag.begin(), item.tag.end());
    whole.insert(whole.end(), item.envelope.begin(), item.envelope.end());
    ItemId id{};
    random.fill(id);
    const std::size_t count = parts_for(whole.size());
    std::vector<base::Bytes> slots;
    slots.reserve(count);
    for (std::size_t number = 0; number < count; ++number) {
        base::Bytes slot(slot_size_bytes);
        random.fill(slot);
        std::ranges::copy(id, slot.begin() + id_offset);
        put(slot, number_offset, static_cast<std::uint16_t>(number));
        put(slot, count_offset, static_cast<std::uint16_t>(count));
        put(slot, size_offset, static_cast<std::uint32_t>(whole.size()));
        const std::size_t start = number * part_size_bytes;
        const base::ByteView part =
            base::ByteView(whole).subspan(start, std::min(part_size_bytes, whole.size() - start));
        std::ranges::copy(part, slot.begin() + part_offset_bytes);
        std::ranges::copy(crypto::sha256(base::ByteView(slot).subspan(digest_size_bytes)), slot.begin());
        slots.push_back(std::move(slot));
    }
    return slots;
}

std::optional<PartLabel> label_of(base::ByteView slot) {
    if (slot.size() != slot_size_bytes ||
        !std::ranges::equal(crypto::sha256(slot.subspan(digest_size_bytes)), slot.first(digest_size_bytes))) {
        return std::nullopt;
    }
    PartLabel label;
    std::ranges::copy(slot.subspan(id_offset, label.id.size()), label.id.begin());
    label.number = get<std::uint16_t>(slot, number_offset);
    label.count = get<std::uint16_t>(slot, count_offset);
    label.item_size_bytes = get<std::uint32_t>(slot, size_offset);
    const std::size_t size_max = tag_size_bytes + envelope_size_bytes_max;
    const bool size_fits = label.item_size_bytes > tag_size_bytes && label.item_size_bytes <= size_max;
    if (!size_fits || label.number >= label.count || label.count != parts_for(label.item_size_bytes)) {
        return std::nullopt;
    }
    label.of_test =
        label.number == 0 && std::ranges::equal(slot.subspan(part_offset_bytes, tag_size_bytes), batch::test_tag());
    return label;
}

std::size_t envelope_size_bytes_in(const PartLabel& label) {
    return label.item_size_bytes - tag_size_bytes;
}

base::Result<base::ByteView> content_of(base::ByteView slot, const PartLabel& first, std::size_t number) {
    return content_under(label_of(slot), slot, first, number);
}

base::Result<batch::Item> item_of(const std::vector<base::Bytes>& slots) {
    std::optional<PartLabel> first;
    base::Bytes whole;
    for (std::size_t number = 0; number < slots.size(); ++number) {
        const std::optional<PartLabel> label = label_of(slots[number]);  // hashes the slot, so each is asked once
        first = number == 0 ? label : first;
        const base::ByteView content = TRY(content_under(label, slots[number], first.value_or(PartLabel{}), number));
        whole.insert(whole.end(), content.begin(), content.end());
    }
    if (!first.has_value() || first->count != slots.size()) {
        return damaged_part();
    }
    batch::Item item;
    std::copy_n(whole.begin(), tag_size_bytes, item.tag.begin());
    item.envelope.assign(whole.begin() + tag_size_bytes, whole.end());
    return item;
}

}  // namespace pillarbox::outbox
