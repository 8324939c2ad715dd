// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <string>

#include "core/base/file.hpp"
#include "tests/core/batch/part_examples.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

bool is_accepted(base::ByteView bytes) {
    const auto part = batch::parse_part(bytes, {});
    return part.has_value() && batch::verify_signature(*part, device_key().verify_key()).has_value();
}

ErrorCode part_error(base::ByteView bytes, const batch::Limits& limits = {}) {
    const auto part = batch::parse_part(bytes, limits);
    REQUIRE_FALSE(part.has_value());
    return part.error().code;
}

ErrorCode batch_error(const std::vector<batch::Item>& items) {
    const auto made = batch::make_batch(example_header(), items, device_key(), {});
    REQUIRE_FALSE(made.has_value());
    return made.error().code;
}

std::string document() {
    const auto bytes = base::read_file(std::string(PILLARBOX_SOURCE_DIR) + "/docs/formats/batch.md", 1U << 20U);
    REQUIRE(bytes.has_value());
    return std::string(base::text_of(*bytes));
}

TEST_CASE("the parts of an envelope put together are the envelope") {
    const base::Bytes envelope = example_large();
    base::Bytes together;
    REQUIRE(batch::part_count(envelope.size()) == 3);
    for (std::uint64_t number = 1; number <= 3; ++number) {
        const base::Bytes bytes = example_part(number);
        REQUIRE(is_accepted(bytes));
        const batch::Part part = *batch::parse_part(bytes, {});
        CHECK(part.header.number == number);
        CHECK(part.header.envelope.digest == crypto::sha256(envelope));
        CHECK(bytes.size() <= part.content.size() + batch::part_frame_size_bytes_max);
        together.insert(together.end(), part.content.begin(), part.content.end());
    }
    CHECK(together == envelope);
}

TEST_CASE("the part and the batch of the document are what the code makes") {
    const std::string text = document();
    CAPTURE(base::to_hex(example_part(3)), base::to_hex(naming_batch()));
    CAPTURE(batch::sign_parts_held(example_held(), store_name, store_key()));
    CHECK(text.find(base::to_hex(example_part(3))) != std::string::npos);
    CHECK(text.find(base::to_hex(naming_batch())) != std::string::npos);
    CHECK(text.find(batch::sign_parts_held(example_held(), store_name, store_key())) != std::string::npos);
}

TEST_CASE("a part with any one bit of its frame flipped is refused") {
    base::Bytes bytes = example_part(3);
    REQUIRE(is_accepted(bytes));
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        CAPTURE(bit);
        REQUIRE_FALSE(is_accepted(bytes));
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    }
}

TEST_CASE("a part cut at any length or with a byte behind it is malformed") {
    base::Bytes bytes = example_part(3);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CAPTURE(size);
        REQUIRE(part_error(base::ByteView(bytes).first(size)) == ErrorCode::malformed);
    }
    bytes.push_back(0);
    CHECK(part_error(bytes) == ErrorCode::malformed);
}

TEST_CASE("a part is not made of number 0, of a number past the last, or of content of another size") {
    const base::Bytes envelope = example_large();
    const auto refused = [&](std::uint64_t number, std::size_t size_bytes) {
        batch::PartHeader header = example_part_header(number);
        const auto made = batch::make_part(header, base::ByteView(envelope).first(size_bytes), device_key());
        return !made.has_value() && made.error().code == ErrorCode::malformed;
    };
    CHECK(refused(0, batch::part_size_bytes_max));
    CHECK(refused(4, example_tail));
    CHECK(refused(3, example_tail + 1));
    CHECK(refused(2, batch::part_size_bytes_max - 1));
    CHECK_FALSE(refused(2, batch::part_size_bytes_max));
}

TEST_CASE("a part of an envelope over the limit is refused") {
    const batch::Limits limits{.envelope_size_bytes_max = example_large().size() - 1};
    CHECK(part_error(example_part(1), limits) == ErrorCode::limit_exceeded);
}

TEST_CASE("a part of an envelope that fits a batch is malformed") {
    batch::PartHeader header = example_part_header(1);
    header.envelope.size_bytes = batch::enclosed_size_bytes_max;
    const base::Bytes content(batch::enclosed_size_bytes_max);
    CHECK(batch::make_part(header, content, device_key()).error().code == ErrorCode::malformed);
}

TEST_CASE("a batch that names a large envelope reads back as it was made") {
    const base::Bytes bytes = naming_batch();
    const auto parsed = batch::parse_batch(bytes, {});
    REQUIRE(parsed.has_value());
    CHECK(parsed->header.version == 2);
    CHECK(parsed->items == naming_items());
    CHECK(batch::encode_batch(*parsed) == bytes);
    CHECK(batch::verify_signature(*parsed, device_key().verify_key()).has_value());
}

TEST_CASE(
    "a batch with a bit flipped that names an envelope is refused or names a size that no envelope of the digest "
    "has") {
    base::Bytes bytes = naming_batch();
    std::size_t other_size_count = 0;
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        const auto parsed = batch::parse_batch(bytes, {});
        CAPTURE(bit);
        if (parsed.has_value() && batch::verify_signature(*parsed, device_key().verify_key()).has_value()) {
            batch::Batch other = *parsed;
            CHECK(other.items[1].large->size_bytes != example_large().size());
            other.items[1].large->size_bytes = example_large().size();
            REQUIRE(batch::encode_batch(other) == naming_batch());
            ++other_size_count;
        }
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
    }
    CHECK(other_size_count <= 32);  // the size has 32 bits
}

TEST_CASE("an envelope is enclosed or named by its size and in no other form") {
    std::vector<batch::Item> items = naming_items();
    items[1].large->size_bytes = batch::enclosed_size_bytes_max;
    CHECK(batch_error(items) == ErrorCode::malformed);
    items = naming_items();
    items[0].envelope.assign(batch::enclosed_size_bytes_max + 1, 0x55);
    CHECK(batch_error(items) == ErrorCode::malformed);
    items = naming_items();
    items[0].envelope.assign(batch::enclosed_size_bytes_max, 0x55);
    CHECK(batch::make_batch(example_header(), items, device_key(), {}).has_value());
}

TEST_CASE("a batch of version 1 that names an envelope and one of version 2 that names none are malformed") {
    auto parsed = *batch::parse_batch(naming_batch(), {});
    parsed.header.version = 1;
    CHECK(batch::parse_batch(batch::encode_batch(parsed), {}).error().code == ErrorCode::malformed);
    CHECK_FALSE(batch::parse_batch(batch::encode_batch(parsed), {}, batch::Withdrawn::taken).has_value());
    auto plain = *batch::parse_batch(example_batch(), {});
    plain.header.version = 2;
    CHECK(batch::parse_batch(batch::encode_batch(plain), {}).error().code == ErrorCode::malformed);
}

TEST_CASE("a batch over the limits is neither made nor read where the envelope is only named") {
    std::vector<batch::Item> items = naming_items();
    items[1].large->size_bytes = batch::Limits{}.envelope_size_bytes_max + 1;
    CHECK(batch_error(items) == ErrorCode::limit_exceeded);
    items[1].large->size_bytes = batch::Limits{}.envelope_size_bytes_max;
    items.push_back(items[1]);
    CHECK(batch::make_batch(example_header(), items, device_key(), {}).has_value());
    items.push_back(items[1]);
    CHECK(batch_error(items) == ErrorCode::limit_exceeded);
}

TEST_CASE("a large envelope that is withdrawn leaves its digest and the batch verifies") {
    auto parsed = *batch::parse_batch(naming_batch(), {});
    const crypto::Digest digest = parsed.items[1].large->digest;
    CHECK(batch::withdraw_items(parsed, std::vector{parsed.items[1].tag}) == 1);
    CHECK_FALSE(parsed.items[1].large.has_value());
    const auto again = batch::parse_batch(batch::encode_batch(parsed), {}, batch::Withdrawn::taken);
    REQUIRE(again.has_value());
    CHECK(again->items[1].withdrawn == digest);
    CHECK(batch::hash_of(again->header) == batch::hash_of(batch::parse_batch(naming_batch(), {})->header));
}

TEST_CASE("a note on held parts reads back and no other text is one") {
    const std::string note = batch::sign_parts_held(example_held(), store_name, store_key());
    const auto read = batch::verify_parts_held(note, store_name, store_key().verify_key());
    REQUIRE(read.has_value());
    CHECK(*read == example_held());
    CHECK(batch::verify_parts_held(note, store_name, device_key().verify_key()).error().code ==
          ErrorCode::not_authentic);
    const std::string receipt = batch::sign_receipt(example_receipt(), store_name, store_key());
    CHECK_FALSE(batch::verify_parts_held(receipt, store_name, store_key().verify_key()).has_value());
    CHECK_FALSE(batch::verify_receipt(note, store_name, store_key().verify_key()).has_value());
    const std::string text = note.substr(0, note.find("\n\n") + 1);
    for (const auto& [from, to] : {std::pair("held 2", "held 02"), {"held 2", "held  2"}, {"v1", "v2"}}) {
        std::string changed = text;
        changed.replace(changed.find(from), std::string_view(from).size(), to);
        const std::string signed_anew = batch::sign_note(changed, store_name, store_key());
        CHECK_FALSE(batch::verify_parts_held(signed_anew, store_name, store_key().verify_key()).has_value());
    }
}

}  // namespace
}  // namespace pillarbox::tests
