// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include <string>

#include "core/base/file.hpp"
#include "core/batch/refusal.hpp"
#include "tests/core/batch/batch_examples.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;

batch::Refusal revoked_example() {
    return {example_header().log_id, batch::Revoked{7}};
}
batch::Refusal closed_example() {
    return {example_header().log_id, batch::Closed{"las-strategy-2023-28", base::parse_day("2026-02-14").value()}};
}
std::string note_of(const batch::Refusal& refusal) {
    return batch::sign_refusal(refusal, store_name, store_key());
}
base::Result<batch::Refusal> verify(std::string_view note) {
    return batch::verify_refusal(note, store_name, store_key().verify_key());
}
ErrorCode error_of(std::string_view note) {
    const auto refusal = verify(note);
    REQUIRE_FALSE(refusal.has_value());
    return refusal.error().code;
}

TEST_CASE("a refusal of either kind reads back as it was signed") {
    CHECK(verify(note_of(revoked_example())).value() == revoked_example());
    CHECK(verify(note_of(closed_example())).value() == closed_example());
}

TEST_CASE("the refusal of the document is what the code makes") {
    const auto document = base::read_file(std::string(PILLARBOX_SOURCE_DIR) + "/docs/formats/batch.md", 1U << 20U);
    REQUIRE(document.has_value());
    CAPTURE(note_of(revoked_example()));
    CHECK(base::text_of(*document).find(note_of(revoked_example())) != std::string_view::npos);
}

TEST_CASE("every flipped bit of a refusal is found") {
    std::string note = note_of(revoked_example());
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        note[bit / 8] = static_cast<char>(note[bit / 8] ^ (1 << bit % 8));
        CAPTURE(bit);
        REQUIRE_FALSE(verify(note).has_value());
        note[bit / 8] = static_cast<char>(note[bit / 8] ^ (1 << bit % 8));
    }
}

TEST_CASE("a refusal of another key or another name is not authentic") {
    CHECK(error_of(batch::sign_refusal(revoked_example(), store_name, device_key())) == ErrorCode::not_authentic);
    CHECK(error_of(batch::sign_refusal(revoked_example(), "other.example.org", store_key())) ==
          ErrorCode::not_authentic);
}

TEST_CASE("a receipt is no refusal and a refusal is no receipt") {
    CHECK(error_of(batch::sign_receipt(example_receipt(), store_name, store_key())) == ErrorCode::malformed);
    CHECK_FALSE(batch::verify_receipt(note_of(revoked_example()), store_name, store_key().verify_key()).has_value());
}

TEST_CASE("a signed text that is no canonical refusal is malformed") {
    const std::string note = note_of(revoked_example());
    const std::string text = note.substr(0, note.rfind("\n\n") + 1);
    const auto changed = [&text](const std::string& from, const std::string& to) {
        std::string other = text;
        other.replace(other.find(from), from.size(), to);
        return error_of(batch::sign_note(other, store_name, store_key()));
    };
    CHECK(changed("v1", "v2") == ErrorCode::malformed);
    CHECK(changed("after 7", "after 07") == ErrorCode::malformed);
    CHECK(changed("after 7", "after 7 ") == ErrorCode::malformed);
    CHECK(changed("after 7", "after 9007199254740993") == ErrorCode::malformed);
    CHECK(changed("revoked", "Revoked") == ErrorCode::malformed);
    CHECK(changed("revoked after 7", "closed spring 2026-02-30") == ErrorCode::malformed);
    CHECK(changed("revoked after 7", "closed spr/ing 2026-02-14") == ErrorCode::malformed);
    CHECK(changed("revoked after 7\n", "revoked after 7\nand more\n") == ErrorCode::malformed);
}

}  // namespace
}  // namespace pillarbox::tests
