// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <string>

#include "core/base/file.hpp"
#include "tests/core/batch/batch_examples.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

std::string example_note() {
    return batch::sign_receipt(example_receipt(), store_name, store_key());
}

ErrorCode verify_error(std::string_view note) {
    const auto receipt = batch::verify_receipt(note, store_name, store_key().verify_key());
    REQUIRE_FALSE(receipt.has_value());
    return receipt.error().code;
}

std::string signed_text(std::string_view text) {
    return batch::sign_note(text, store_name, store_key());
}

TEST_CASE("a receipt reads back as it was signed") {
    const auto receipt = batch::verify_receipt(example_note(), store_name, store_key().verify_key());
    REQUIRE(receipt.has_value());
    CHECK(*receipt == example_receipt());
}

TEST_CASE("the receipt of the document is what the code makes") {
    const auto document = base::read_file(std::string(PILLARBOX_SOURCE_DIR) + "/docs/formats/batch.md", 1U << 20U);
    REQUIRE(document.has_value());
    CAPTURE(example_note());
    CHECK(base::text_of(*document).find(example_note()) != std::string_view::npos);
}

TEST_CASE("a signed note of another implementation verifies") {
    // The example of golang.org/x/mod/sumdb/note, key
    // PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW.
    const auto encoded = base::from_base64("ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    REQUIRE(encoded.has_value());
    const crypto::VerifyKey key{*base::array_of<32>(base::ByteView(*encoded).subspan(1))};
    const std::string text =
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n";
    const std::string note =
        text +
        "\n\u2014 PeterNeumann "
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const auto verified = batch::verify_note(note, "PeterNeumann", key);
    REQUIRE(verified.has_value());
    CHECK(*verified == text);
}

TEST_CASE("a receipt with any one bit flipped is refused") {
    std::string note = example_note();
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        note[bit / 8] = static_cast<char>(note[bit / 8] ^ (1 << bit % 8));
        CAPTURE(bit);
        REQUIRE_FALSE(batch::verify_receipt(note, store_name, store_key().verify_key()).has_value());
        note[bit / 8] = static_cast<char>(note[bit / 8] ^ (1 << bit % 8));
    }
}

TEST_CASE("a receipt cut at any length is refused") {
    const std::string note = example_note();
    for (std::size_t size = 0; size < note.size(); ++size) {
        CAPTURE(size);
        REQUIRE_FALSE(batch::verify_receipt(note.substr(0, size), store_name, store_key().verify_key()).has_value());
    }
}

TEST_CASE("a receipt of another key or another name is not authentic") {
    CHECK(verify_error(batch::sign_receipt(example_receipt(), store_name, device_key())) == ErrorCode::not_authentic);
    CHECK(verify_error(batch::sign_receipt(example_receipt(), "other.example.org", store_key())) ==
          ErrorCode::not_authentic);
}

TEST_CASE("a receipt with signatures of unknown keys beside the pinned one's is accepted") {
    const std::string other = batch::sign_receipt(example_receipt(), "witness.example.org", device_key());
    const std::string other_line = other.substr(other.rfind("\n\n") + 2);
    const std::string note = example_note() + other_line;
    CHECK(batch::verify_receipt(note, store_name, store_key().verify_key()).has_value());
    CHECK(verify_error(other) == ErrorCode::not_authentic);
}

TEST_CASE("a receipt is refused where one of two lines of the pinned key does not verify") {
    const std::string other = signed_text("another text\n");
    CHECK(verify_error(example_note() + other.substr(other.rfind("\n\n") + 2)) == ErrorCode::not_authentic);
}

TEST_CASE("what a captive portal or a proxy answers is malformed") {
    CHECK(verify_error("") == ErrorCode::malformed);
    CHECK(verify_error("<!DOCTYPE html>\n<html><body>Sign in to the Wi-Fi</body></html>\n") == ErrorCode::malformed);
    CHECK(verify_error("<html>\n\n<body>\n\n</body>\n") == ErrorCode::malformed);
    CHECK(verify_error("{\"status\": \"ok\"}") == ErrorCode::malformed);
    CHECK(verify_error(std::string(20'000, '\n')) == ErrorCode::malformed);
}

TEST_CASE("a signed text that is no canonical receipt is malformed") {
    const std::string note = example_note();
    const std::string text = note.substr(0, note.rfind("\n\n") + 1);
    REQUIRE(batch::verify_receipt(signed_text(text), store_name, store_key().verify_key()).has_value());
    const auto changed = [&text](const std::string& from, const std::string& to) {
        std::string other = text;
        other.replace(other.find(from), from.size(), to);
        return verify_error(signed_text(other));
    };
    CHECK(changed("safe 1", "safe 2") == ErrorCode::malformed);      // more than is stored
    CHECK(changed("safe 1", "safe 01") == ErrorCode::malformed);     // a second spelling
    CHECK(changed("stored 1", "stored 0") == ErrorCode::malformed);  // not the genesis hash
    CHECK(changed("epoch 1", "epoch 0") == ErrorCode::malformed);
    CHECK(changed("receipt v1", "receipt v2") == ErrorCode::malformed);
    CHECK(changed("limits ", "limits  ") == ErrorCode::malformed);
    CHECK(verify_error(signed_text(text + "more 1\n")) == ErrorCode::malformed);
    CHECK(verify_error(signed_text("hello\n")) == ErrorCode::malformed);
}

TEST_CASE("key names with white space, a plus sign or control characters are no note names") {
    CHECK(batch::is_note_name("store.example.org"));
    for (const char* name : {"", "a b", "a+b", "a\nb", "a\u00A0b", "a\u2003b", "\xff"}) {
        CHECK_FALSE(batch::is_note_name(name));
    }
}

}  // namespace
}  // namespace pillarbox::tests
