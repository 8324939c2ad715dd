// SPDX-License-Identifier: GPL-3.0-or-later
//
// No encoded answers are left on the ordinary heap. This program's operator delete looks into each block before it is
// given back: what stands there then would stay in memory, for a crash dump or a thief to read.
#include <malloc.h>

#include <catch2/catch.hpp>
#include <string_view>

#include "core/submission/submission.hpp"
#include "tests/support/watched_heap.hpp"

using namespace pillarbox;

namespace {

// A path and its answer as they stand in the encoding, with the answer's head between them: the answers that are
// encoded, and not the texts that the caller holds.
constexpr std::string_view encoded_answer = "/data/q1\x78\x2f";

int blocks_with_plaintext = 0;

void look_into(void* block) {
    if (block != nullptr) {
        const std::string_view content(static_cast<const char*>(block), malloc_usable_size(block));
        blocks_with_plaintext += content.find(encoded_answer) != std::string_view::npos ? 1 : 0;
    }
}

submission::Submission with_answer(std::string value) {
    submission::Submission submission;
    submission.campaign_id = "demo";
    submission.uuid[6] = 0x40;
    submission.uuid[8] = 0x80;
    submission.day = base::parse_day("2023-01-20").value();
    submission.language = "en";
    submission.answers = {{"/data/q1", std::move(value)}, {"/data/q2", std::string(2000, 'x')}};
    return submission;
}

}  // namespace

bool tests::may_allocate(std::size_t /*size_bytes*/) noexcept {
    return true;
}

void tests::see_released(void* block) noexcept {
    look_into(block);
}

TEST_CASE("a released buffer of encoded answers would be noticed") {
    const int before = blocks_with_plaintext;
    {
        const base::Bytes unwiped = base::bytes_of(std::string(encoded_answer) + std::string(47, 'a'));
    }
    CHECK(blocks_with_plaintext > before);
}

TEST_CASE("encoding and decoding leave no encoded answers on the ordinary heap") {
    const auto submission = with_answer(std::string(47, 'a'));
    const int before = blocks_with_plaintext;
    {
        const auto encoded = submission::encode(submission).value();
        REQUIRE(base::text_of(encoded.view()).find(encoded_answer) != std::string_view::npos);
        REQUIRE(submission::decode(encoded.view()).has_value());
    }
    CHECK(blocks_with_plaintext == before);
}

TEST_CASE("answers that are too large are wiped where they are refused") {
    auto submission = with_answer(std::string(47, 'a'));
    submission.answers.push_back({"/data/q3", std::string(submission::size_bytes_max, 'x')});
    const int before = blocks_with_plaintext;
    CHECK_FALSE(submission::encode(submission).has_value());
    CHECK(blocks_with_plaintext == before);
}
