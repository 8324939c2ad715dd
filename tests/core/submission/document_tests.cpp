// SPDX-License-Identifier: GPL-3.0-or-later
//
// The worked example of a submission in docs/formats/envelope.md, made again from its inputs.
#include <catch2/catch.hpp>

#include "core/submission/submission.hpp"
#include "tests/core/envelope/document_examples.hpp"

using namespace pillarbox;

TEST_CASE("the submission of the document is what the code makes") {
    submission::Submission submission;
    submission.campaign_id = "las-strategy-2023-28";
    submission.form_version = "1";
    for (std::uint8_t i = 0; i < 16; ++i) {
        submission.uuid[i] = static_cast<std::uint8_t>(0x10 + i);
    }
    submission.uuid[6] = 0x46;
    submission.uuid[8] = 0x98;
    submission.day = base::parse_day("2023-01-20").value();
    submission.language = "bn";
    submission.assisted = true;
    submission.answers = {{"/data/q1/q1_text", "অ"}, {"/data/q1/q1_rating", "4"}};
    const auto encoded = submission::encode(submission).value();

    const std::string document = tests::format_document("envelope.md");
    const base::Bytes shown = tests::hex_under(document, "### Worked example: a submission");
    REQUIRE_FALSE(shown.empty());
    CAPTURE(base::to_hex(encoded.view().first(128)));
    // The document shows the record and the first byte of its padding; what follows is zeros up to 1024 bytes.
    base::Bytes whole = shown;
    CHECK(whole.back() == 0x80);
    whole.resize(1024);
    CHECK(std::ranges::equal(whole, encoded.view()));
    CHECK(document.find(submission::format_uuid(submission.uuid)) != std::string::npos);
    CHECK(submission::decode(whole).has_value());
}
