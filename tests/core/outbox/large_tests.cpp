// SPDX-License-Identifier: GPL-3.0-or-later
//
// Envelopes that are too large for a batch, from the outbox's side: named, given out part by part, purged.
#include <catch2/catch.hpp>

#include "core/batch/part.hpp"
#include "core/outbox/slot.hpp"
#include "tests/core/outbox/outbox_fixture.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

constexpr std::size_t large_size_bytes = 1'200'000;  // three parts

// All parts of what item `index` of a batch names, put together.
base::Bytes together(outbox::Outbox& outbox, std::uint64_t number, std::size_t index, std::uint64_t size_bytes) {
    base::Bytes envelope;
    for (std::uint64_t part = 1; part <= batch::part_count(size_bytes); ++part) {
        const auto content = outbox.part_content(number, index, part);
        REQUIRE(content.has_value());
        envelope.insert(envelope.end(), content->begin(), content->end());
    }
    return envelope;
}

TEST_CASE_METHOD(OutboxFixture, "a large envelope is named in its batch and given out part by part") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    batch::Item large = numbered_item(1, large_size_bytes);
    large.tag.fill(0x17);
    REQUIRE(outbox.add(large).has_value());
    REQUIRE(outbox.add(numbered_item(2)).has_value());
    const base::Bytes bytes = draw(outbox)->value();
    const std::vector<batch::Item> items = items_in(bytes);
    REQUIRE(items.size() == 2);
    const std::size_t index = items[0].large.has_value() ? 0 : 1;
    CHECK(items[index].tag == large.tag);
    CHECK(items[index].large == batch::LargeEnvelope{crypto::sha256(large.envelope), large.envelope.size()});
    CHECK(together(outbox, 1, index, large_size_bytes) == large.envelope);
    CHECK(outbox.part_content(1, index, 4).error().code == ErrorCode::not_found);
    CHECK(outbox.part_content(1, index, 0).error().code == ErrorCode::not_found);
    CHECK(outbox.part_content(1, 2, 1).error().code == ErrorCode::damaged);
    CHECK(outbox.part_content(2, 0, 1).error().code == ErrorCode::not_found);

    // The same bytes after others came, for whom the pool grew and everything in it moved.
    REQUIRE(outbox.add(numbered_item(3, large_size_bytes)).has_value());
    CHECK(outbox.batch_at(1) == bytes);
    outbox::Outbox again = open();
    CHECK(again.batch_at(1) == bytes);
    CHECK(together(again, 1, index, large_size_bytes) == large.envelope);

    CHECK(again.purge(receipt_for(again)) == 2);
    CHECK(again.counts()->acknowledged == 2);
    CHECK(again.counts()->waiting == 1);
    CHECK(again.part_content(1, index, 1).error().code == ErrorCode::not_found);
}

TEST_CASE_METHOD(OutboxFixture, "the largest envelope is taken and one batch names no more than 32 MiB") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    for (int number = 0; number < 3; ++number) {
        REQUIRE(outbox.add(numbered_item(number, outbox::envelope_size_bytes_max)).has_value());
    }
    CHECK(items_in(draw(outbox)->value()).size() == 2);
    CHECK(items_in(draw(outbox)->value()).size() == 1);
    CHECK_FALSE(draw(outbox)->has_value());
}

TEST_CASE_METHOD(OutboxFixture, "a store that takes no parts gets what it accepts enclosed and the rest waits") {
    outbox::Outbox outbox = open();
    REQUIRE(outbox.start_log(log_id).has_value());
    REQUIRE(outbox.add(numbered_item(1, 600'000)).has_value());
    REQUIRE(outbox.add(numbered_item(2, large_size_bytes)).has_value());
    const batch::Limits without_parts{.envelope_size_bytes_max = std::size_t{1} << 20U};
    const base::Bytes bytes = draw(outbox, without_parts)->value();
    const auto parsed = batch::parse_batch(bytes, without_parts);
    REQUIRE(parsed.has_value());
    CHECK(parsed->header.version == 1);
    REQUIRE(parsed->items.size() == 1);
    CHECK(parsed->items.front().envelope == numbered_item(1, 600'000).envelope);
    CHECK(outbox.batch_at(1) == bytes);  // also once the store takes parts
    CHECK(draw(outbox, without_parts).error().code == ErrorCode::limit_exceeded);
    CHECK(outbox.counts()->waiting == 1);
    CHECK(items_in(draw(outbox)->value()).front().large.has_value());
}

}  // namespace
}  // namespace pillarbox::tests
