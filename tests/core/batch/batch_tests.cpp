// SPDX-License-Identifier: GPL-3.0-or-later
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <string>

#include "core/base/file.hpp"
#include "tests/core/batch/batch_examples.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

// Accepted means: parsed, and signed by the example's device.
bool is_accepted(base::ByteView bytes) {
    const auto parsed = batch::parse_batch(bytes, {});
    return parsed.has_value() && batch::verify_signature(*parsed, device_key().verify_key()).has_value();
}

ErrorCode parse_error(base::ByteView bytes, const batch::Limits& limits = {}) {
    const auto parsed = batch::parse_batch(bytes, limits);
    REQUIRE_FALSE(parsed.has_value());
    return parsed.error().code;
}

TEST_CASE("A batch without a withdrawn envelope verifies where that is taken and is malformed where it is not") {
    auto parsed = *batch::parse_batch(example_batch(), {});
    const auto digest = crypto::sha256(parsed.items[1].envelope);
    const std::vector tags = {parsed.items[1].tag};
    CHECK(batch::withdraw_items(parsed, tags) == 1);
    CHECK(batch::withdraw_items(parsed, tags) == 0);
    const auto bytes = batch::encode_batch(parsed);
    CHECK(base::to_hex(bytes).ends_with("835820" + base::to_hex(tags[0]) + "f65820" + base::to_hex(digest)));
    CHECK(batch::parse_batch(bytes, {}).error().code == base::ErrorCode::malformed);
    const auto again = batch::parse_batch(bytes, {}, batch::Withdrawn::taken);
    REQUIRE(again.has_value());
    CHECK(again->items == parsed.items);
    auto forged = *again;
    forged.items[1].withdrawn->front() ^= 1U;
    CHECK_FALSE(batch::parse_batch(batch::encode_batch(forged), {}, batch::Withdrawn::taken).has_value());
}

TEST_CASE("a batch reads back as it was made") {
    const base::Bytes bytes = example_batch();
    const auto parsed = batch::parse_batch(bytes, {});
    REQUIRE(parsed.has_value());
    CHECK(parsed->items == example_items());
    CHECK(parsed->header.count == 2);
    CHECK(parsed->header.previous == example_header().previous);
    CHECK(batch::verify_signature(*parsed, device_key().verify_key()).has_value());
    CHECK(batch::encode_batch(*parsed) == bytes);
}

TEST_CASE("the batch of the document is what the code makes") {
    const auto document = base::read_file(std::string(PILLARBOX_SOURCE_DIR) + "/docs/formats/batch.md", 1U << 20U);
    REQUIRE(document.has_value());
    const std::string text(base::text_of(*document));
    CAPTURE(base::to_hex(example_batch()));
    CHECK(text.find(base::to_hex(example_batch())) != std::string::npos);
    CHECK(text.find(base::to_hex(example_header().log_id)) != std::string::npos);
    CHECK(text.find(base::to_hex(example_header().previous)) != std::string::npos);
    CHECK(text.find(base::to_hex(example_receipt().stored_hash)) != std::string::npos);
}

TEST_CASE("a batch with any one bit flipped is refused") {
    base::Bytes bytes = example_batch();
    REQUIRE(is_accepted(bytes));
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        CAPTURE(bit);
        REQUIRE_FALSE(is_accepted(bytes));
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    }
}

TEST_CASE("a batch cut at any length is malformed") {
    const base::Bytes bytes = example_batch();
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CAPTURE(size);
        REQUIRE(parse_error(base::ByteView(bytes).first(size)) == ErrorCode::malformed);
    }
}

TEST_CASE("a batch with bytes behind it is malformed") {
    base::Bytes bytes = example_batch();
    bytes.push_back(0);
    CHECK(parse_error(bytes) == ErrorCode::malformed);
}

TEST_CASE("a batch with two items exchanged is malformed") {
    auto parsed = *batch::parse_batch(example_batch(), {});
    std::swap(parsed.items[0], parsed.items[1]);
    CHECK(parse_error(batch::encode_batch(parsed)) == ErrorCode::malformed);
}

TEST_CASE("a batch signed by another key is not authentic") {
    const auto parsed = *batch::parse_batch(example_batch(), {});
    const auto verified = batch::verify_signature(parsed, store_key().verify_key());
    REQUIRE_FALSE(verified.has_value());
    CHECK(verified.error().code == ErrorCode::not_authentic);
}

TEST_CASE("a batch over the limits is neither made nor read") {
    const batch::Limits small_batch{.batch_size_bytes_max = example_batch().size() - 1};
    const batch::Limits small_envelope{.envelope_size_bytes_max = 14};
    for (const batch::Limits& limits : {small_batch, small_envelope}) {
        CHECK(parse_error(example_batch(), limits) == ErrorCode::limit_exceeded);
        const auto made = batch::make_batch(example_header(), example_items(), device_key(), limits);
        REQUIRE_FALSE(made.has_value());
        CHECK(made.error().code == ErrorCode::limit_exceeded);
    }
}

TEST_CASE("a batch that claims more items than its bytes can hold is refused before room is made for them") {
    auto parsed = *batch::parse_batch(example_batch(), {});
    parsed.header.count = ~std::uint64_t{0};
    CHECK(parse_error(batch::encode_batch(parsed)) == ErrorCode::malformed);
}

TEST_CASE("a batch is not made of nothing, an empty envelope, number 0 or a strange campaign id") {
    const auto refused = [](batch::Header header, const std::vector<batch::Item>& items) {
        const auto made = batch::make_batch(std::move(header), items, device_key(), {});
        return !made.has_value() && made.error().code == ErrorCode::malformed;
    };
    CHECK(refused(example_header(), {}));
    CHECK(refused(example_header(), {batch::Item{}}));
    batch::Header header = example_header();
    header.number = 0;
    CHECK(refused(header, example_items()));
    header = example_header();
    header.campaign_id = "../etc";
    CHECK(refused(header, example_items()));
    header.campaign_id = std::string(65, 'a');
    CHECK(refused(header, example_items()));
}

TEST_CASE("a batch's frame and overhead stay within the sizes that the outbox reckons with") {
    batch::Header header = example_header();
    header.campaign_id = std::string(batch::campaign_id_size_bytes_max, 'c');
    header.number = batch::number_max;
    batch::Item large;
    large.envelope.resize(70'000);
    const auto bytes = batch::make_batch(header, {large}, device_key(), {});
    REQUIRE(bytes.has_value());
    CHECK(bytes->size() <= batch::frame_size_bytes_max + batch::item_overhead_bytes_max + large.envelope.size());
}

TEST_CASE("responses are counted in a batch's bytes as in its items, also where some are tests or withdrawn") {
    auto items = example_items();
    items.push_back({batch::test_tag(), base::bytes_of("a test's envelope")});
    items.push_back({batch::WithdrawalTag{0xa3}, base::bytes_of("third envelope")});
    auto parsed = *batch::parse_batch(*batch::make_batch(example_header(), items, device_key(), {}), {});
    CHECK(batch::responses_in(batch::encode_batch(parsed)) == 3);
    CHECK(batch::withdraw_items(parsed, std::vector{items[1].tag}) == 1);
    const base::Bytes bytes = batch::encode_batch(parsed);
    CHECK(batch::responses_in(bytes) == batch::responses_in(parsed.items));
    CHECK_FALSE(batch::responses_in(base::ByteView(bytes).first(bytes.size() - 1)).has_value());
}

TEST_CASE("log ids differ by key and by forerunner") {
    const batch::LogId first = batch::log_id_of(device_key().verify_key(), {});
    CHECK(first != batch::log_id_of(store_key().verify_key(), {}));
    CHECK(first != batch::log_id_of(device_key().verify_key(), first));
    CHECK(batch::genesis_hash(first) != batch::genesis_hash(batch::LogId{}));
}

TEST_CASE("whatever bytes come, parsing ends with a batch that encodes to them or an error") {
    CHECK(rc::check([](const std::vector<std::uint8_t>& tail, std::uint8_t cut) {
        base::Bytes bytes = example_batch();
        bytes.resize(cut);
        bytes.insert(bytes.end(), tail.begin(), tail.end());
        const auto parsed = batch::parse_batch(bytes, {});
        const bool is_faithful = !parsed.has_value() || batch::encode_batch(*parsed) == bytes;
        RC_ASSERT(is_faithful);
    }));
}

}  // namespace
}  // namespace pillarbox::tests
