// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worked example of docs/formats/outbox.md, and what a slot must refuse.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "core/base/file.hpp"
#include "core/outbox/slot.hpp"

namespace pillarbox::tests {
namespace {

class FixedRandom : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override { std::ranges::fill(bytes, std::uint8_t{0x5a}); }
};

batch::Item example_item() {
    batch::Item item;
    item.tag.fill(0xa1);
    item.envelope = base::bytes_of("first envelope");
    return item;
}

base::Bytes example_slot() {
    FixedRandom random;
    const auto slots = outbox::slots_of(example_item(), random);
    REQUIRE(slots.has_value());
    REQUIRE(slots->size() == 1);
    return slots->front();
}

TEST_CASE("the slot in the document is the one that the code makes") {
    const auto document = base::read_file(std::string(PILLARBOX_SOURCE_DIR) + "/docs/formats/outbox.md", 1U << 20U);
    REQUIRE(document.has_value());
    const base::Bytes slot = example_slot();
    REQUIRE(slot.size() == outbox::slot_size_bytes);
    constexpr std::size_t shown_size_bytes = 56 + 32 + 14;
    CHECK(std::ranges::all_of(base::ByteView(slot).subspan(shown_size_bytes),
                              [](std::uint8_t byte) { return byte == 0x5a; }));
    const std::string shown = base::to_hex(base::ByteView(slot).first(shown_size_bytes));
    INFO(shown);
    CHECK(base::text_of(*document).find("    " + shown + "\n") != std::string_view::npos);
}

TEST_CASE("a slot with any byte changed holds nothing that is trusted") {
    const base::Bytes slot = example_slot();
    REQUIRE(outbox::label_of(slot).has_value());
    CHECK(*outbox::item_of({slot}) == example_item());
    for (std::size_t at = 0; at < slot.size(); ++at) {
        base::Bytes changed = slot;
        changed[at] ^= 1U;
        REQUIRE_FALSE(outbox::label_of(changed).has_value());
    }
}

}  // namespace
}  // namespace pillarbox::tests
