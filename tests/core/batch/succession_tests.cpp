// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/batch/succession.hpp"

#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "core/batch/receipt.hpp"
#include "tests/core/batch/batch_examples.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

crypto::SigningKey next_key() {
    return key_of_repeated(0x03);
}
crypto::SigningKey third_key() {
    return key_of_repeated(0x04);
}
std::string example() {
    return batch::sign_succession(store_name, store_key(), next_key());
}
base::Result<crypto::VerifyKey> verify(std::string_view note) {
    return batch::verify_succession(note, store_name, store_key().verify_key());
}
ErrorCode error_of(std::string_view note) {
    const auto verified = verify(note);
    REQUIRE_FALSE(verified.has_value());
    return verified.error().code;
}

TEST_CASE("a succession leads from the old key to the new one") {
    CHECK(verify(example()).value() == next_key().verify_key());
}

TEST_CASE("the succession of the document is what the code makes") {
    const auto document = base::read_file(std::string(PILLARBOX_SOURCE_DIR) + "/docs/formats/batch.md", 1U << 20U);
    REQUIRE(document.has_value());
    CAPTURE(example());
    CHECK(base::text_of(*document).find(example()) != std::string_view::npos);
}

TEST_CASE("every flipped bit of a succession is found") {
    std::string note = example();
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        note[bit / 8] = static_cast<char>(note[bit / 8] ^ (1 << bit % 8));
        CAPTURE(bit);
        REQUIRE_FALSE(verify(note).has_value());
        note[bit / 8] = static_cast<char>(note[bit / 8] ^ (1 << bit % 8));
    }
}

TEST_CASE("a succession that either key has not signed is not authentic") {
    const std::string note = example();
    const std::size_t first_line = note.find("\n\n") + 2;
    const std::size_t second_line = note.find('\n', first_line) + 1;
    CHECK(error_of(note.substr(0, second_line)) == ErrorCode::not_authentic);  // the old alone
    CHECK(error_of(note.substr(0, first_line) + note.substr(second_line)) == ErrorCode::not_authentic);  // the new
    CHECK(error_of(batch::sign_succession(store_name, third_key(), next_key())) == ErrorCode::not_authentic);
    CHECK(error_of(batch::sign_succession("other.example.org", store_key(), next_key())) == ErrorCode::not_authentic);
}

TEST_CASE("a receipt is no succession and a succession no receipt") {
    CHECK(error_of(batch::sign_receipt(example_receipt(), store_name, store_key())) == ErrorCode::malformed);
    CHECK(batch::verify_receipt(example(), store_name, store_key().verify_key()).error().code ==
          ErrorCode::malformed);
}

TEST_CASE("successions in one text are followed from whichever key is pinned") {
    const std::string text = example() + batch::sign_succession(store_name, next_key(), third_key());
    const auto follow = [&](const crypto::SigningKey& pinned) {
        return batch::follow_successions(text, store_name, pinned.verify_key()).value();
    };
    CHECK(batch::split_successions(text).size() == 2);
    CHECK(follow(store_key()) == std::vector{next_key().verify_key(), third_key().verify_key()});
    CHECK(follow(next_key()) == std::vector{third_key().verify_key()});
    CHECK(follow(third_key()).empty());
    CHECK(follow(device_key()).empty());
}

TEST_CASE("successions that lead round in a ring come to an end") {
    const std::string text = example() + batch::sign_succession(store_name, next_key(), store_key());
    CHECK(batch::follow_successions(text, store_name, store_key().verify_key())->size() == 2);
}

TEST_CASE("a forged succession among good ones ends the following with an error") {
    std::string forged = batch::sign_succession(store_name, next_key(), third_key());
    forged[forged.size() - 10] ^= 1;
    CHECK(batch::follow_successions(example() + forged, store_name, store_key().verify_key()).error().code ==
          ErrorCode::not_authentic);
    CHECK(batch::follow_successions("any text\n", store_name, store_key().verify_key())->empty());
}

}  // namespace
}  // namespace pillarbox::tests
