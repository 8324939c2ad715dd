// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/submission/submission.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <set>

#include "core/crypto/padding.hpp"
#include "core/crypto/system_random.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

submission::Submission a_submission() {
    submission::Submission submission;
    submission.campaign_id = "las-strategy-2023-28";
    submission.form_version = "1";
    submission.uuid = {0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x46, 0x17,
                       0x98, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f};
    submission.day = base::parse_day("2023-01-20").value();
    submission.language = "bn";
    submission.assisted = true;
    submission.answers = {{"/data/q1/q1_text", "অ"}, {"/data/q1/q1_rating", "4"}};
    return submission;
}

bool same(const submission::Submission& left, const submission::Submission& right) {
    return left.campaign_id == right.campaign_id && left.form_version == right.form_version &&
           left.uuid == right.uuid && left.day == right.day && left.kind == right.kind &&
           left.language == right.language && left.assisted == right.assisted &&
           std::ranges::equal(left.answers, right.answers, [](const form::Answer& one, const form::Answer& other) {
               return one.path == other.path && one.value == other.value;
           });
}

// The record with other content bytes and correct padding.
base::Bytes padded(base::ByteView record) {
    base::Bytes bytes(record.begin(), record.end());
    bytes.resize(submission::padded_size(record.size()));
    crypto::pad(bytes, record.size());
    return bytes;
}

base::Bytes record_of(const submission::Submission& submission) {
    const auto bytes = submission::encode(submission).value();
    const auto record = bytes.view().first(crypto::unpadded_size(bytes.view()).value());
    return {record.begin(), record.end()};
}

}  // namespace

TEST_CASE("a submission has the bytes of its format") {
    CHECK(base::to_hex(record_of(a_submission())) ==
          "8701746c61732d73747261746567792d323032332d3238613150101112131415461798191a1b1c1d1e1f6a323032332d30312d3230"
          "018362626ef58282702f646174612f71312f71315f7465787463e0a68582722f646174612f71312f71315f726174696e676134");
}

TEST_CASE("a submission is read back as it was written") {
    CHECK(same(submission::decode(submission::encode(a_submission()).value().view()).value(), a_submission()));
    auto test = a_submission();
    test.kind = submission::Kind::test;
    test.answers.clear();
    CHECK(same(submission::decode(submission::encode(test).value().view()).value(), test));
    CHECK(rc::check("whatever was answered", [](const std::vector<std::vector<bool>>& lengths, bool assisted) {
        auto submission = a_submission();
        submission.assisted = assisted;
        submission.answers.clear();
        for (const auto& bits : lengths) {
            submission.answers.push_back(
                {"/data/" + std::to_string(submission.answers.size()), std::string(bits.size() * 7, 'x')});
        }
        const auto bytes = submission::encode(submission).value();
        RC_ASSERT(same(submission::decode(bytes.view()).value(), submission));
    }));
}

TEST_CASE("sizes fall into buckets of 1 and 2 and 4 KiB and follow Padme above") {
    CHECK(submission::padded_size(0) == 1024);
    CHECK(submission::padded_size(1023) == 1024);
    CHECK(submission::padded_size(1024) == 2048);
    CHECK(submission::padded_size(2048) == 4096);
    CHECK(submission::padded_size(4095) == 4096);
    CHECK(submission::padded_size(4096) == 4352);
    CHECK(submission::padded_size(9998) == 10240);
    std::set<std::size_t> sizes;
    for (std::size_t size = 0; size < 100'000; ++size) {
        const std::size_t total = submission::padded_size(size);
        CHECK((total > size && (size < 4096 || total * 100 <= (size + 1) * 112)));
        sizes.insert(total);
    }
    CHECK(sizes.size() < 100);
}

TEST_CASE("answers over the cap are refused and not cut") {
    auto submission = a_submission();
    submission.answers = {{"/data/q", std::string(submission::size_bytes_max, 'x')}};
    CHECK(submission::encode(submission).error().code == ErrorCode::limit_exceeded);
    submission.answers = {{"/data/q", std::string(450'000, 'x')}};
    CHECK(submission::encode(submission).has_value());
    CHECK(submission::decode(base::Bytes(submission::size_bytes_max + 1)).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("answers that no reader would accept are refused by the writer") {
    auto submission = a_submission();
    submission.answers = {{"/data/q", "\xff"}};
    CHECK(submission::encode(submission).error().code == ErrorCode::malformed);
    submission.answers = {{"/data/q", "1"}, {"/data/q", "2"}};
    CHECK(submission::encode(submission).error().code == ErrorCode::malformed);
    submission = a_submission();
    submission.uuid = {};
    CHECK(submission::encode(submission).error().code == ErrorCode::malformed);
}

TEST_CASE("a record in a wrong padding or with a byte more is refused") {
    const base::Bytes record = record_of(a_submission());
    REQUIRE(submission::decode(padded(record)).has_value());
    base::Bytes larger(2048);
    std::ranges::copy(record, larger.begin());
    crypto::pad(larger, record.size());
    CHECK(submission::decode(larger).error().code == ErrorCode::malformed);
    base::Bytes longer = record;
    longer.push_back(0);
    CHECK(submission::decode(padded(longer)).error().code == ErrorCode::malformed);
    for (std::size_t size = 0; size < record.size(); ++size) {
        CHECK_FALSE(submission::decode(padded(base::ByteView(record).first(size))).has_value());
    }
    CHECK_FALSE(submission::decode({}).has_value());
    CHECK_FALSE(submission::decode(base::Bytes(1024)).has_value());
}

TEST_CASE("what decodes encodes to the same bytes even after a bit was flipped") {
    const auto bytes = submission::encode(a_submission()).value();
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        base::Bytes altered(bytes.view().begin(), bytes.view().end());
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1U << (bit % 8)));
        if (const auto read = submission::decode(altered); read.has_value()) {
            CHECK(std::ranges::equal(submission::encode(*read).value().view(), altered));
        }
    }
}

TEST_CASE("a uuid is random and of version 4") {
    crypto::SystemRandom random;
    const auto uuid = submission::random_uuid(random);
    CHECK(uuid != submission::random_uuid(random));
    const std::string text = submission::format_uuid(uuid);
    REQUIRE(text.size() == 36);
    CHECK(text[14] == '4');
    CHECK(std::string_view("89ab").find(text[19]) != std::string_view::npos);
    CHECK(submission::format_uuid(a_submission().uuid) == "10111213-1415-4617-9819-1a1b1c1d1e1f");
}

TEST_CASE("a withdrawal code is read back as people type it") {
    const submission::WithdrawalCode zeros{};
    CHECK(submission::format_withdrawal_code(zeros) == "0000-0000-0000-0000");
    submission::WithdrawalCode ones;
    ones.fill(0xff);
    CHECK(submission::format_withdrawal_code(ones) == "ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    const submission::WithdrawalCode code{0x08, 0x64, 0x2a, 0x98, 0xe8, 0x4a, 0x14, 0xcf, 0x00, 0x01};
    const std::string text = submission::format_withdrawal_code(code);
    CHECK(submission::parse_withdrawal_code(text).value() == code);
    CHECK(submission::parse_withdrawal_code("oOo0 iIlL-1111 0000").value() ==
          submission::parse_withdrawal_code("0000-1111-1111-0000").value());
    CHECK(rc::check("any code, in small letters without groups", [](const base::Bytes& seed) {
        submission::WithdrawalCode any{};
        std::copy_n(seed.begin(), std::min(seed.size(), any.size()), any.begin());
        std::string typed;
        for (const char letter : submission::format_withdrawal_code(any)) {
            if (letter != '-') {
                typed.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(letter))));
            }
        }
        RC_ASSERT(submission::parse_withdrawal_code(typed).value() == any);
    }));
}

TEST_CASE("what is no withdrawal code is refused") {
    for (const char* text : {"", "0000-0000-0000-000", "0000-0000-0000-00000", "U000-0000-0000-0000",
                             "0000_0000_0000_0000", "0000-0000-0000-000\xc3"}) {
        CAPTURE(text);
        CHECK(submission::parse_withdrawal_code(text).error().code == ErrorCode::malformed);
    }
}

TEST_CASE("a withdrawal tag is the hash of domain and code") {
    CHECK(submission::withdrawal_tag({}) ==
          crypto::sha256(base::view_of(std::string("pillarbox withdrawal v1") + std::string(10, '\0'))));
}
