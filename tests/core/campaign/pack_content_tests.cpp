// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packs under a valid signature whose content is wrong: at odds with the workbook, or no pack at all.
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <functional>

#include "core/base/file.hpp"
#include "tests/core/campaign/pack_examples.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

const base::Bytes& demo_workbook() {
    static const base::Bytes xlsx =
        base::read_file(PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx",
                        std::size_t{1} << 24U)
            .value();
    return xlsx;
}

campaign::PackBody demo_body() {
    const auto read = campaign::read_campaign_workbook(demo_workbook(), "form.xlsx").value();
    campaign::PackBody body = tests::small_body();
    body.campaign_id = read.id;
    body.opens = read.opens;
    body.closes = read.closes;
    body.withdraw_until = read.withdraw_until;
    body.expires = read.closes + std::chrono::days(30);
    body.workbook = demo_workbook();
    return body;
}

// Any campaign, any day: only signature and content decide.
base::Result<campaign::Campaign> verified(const base::Bytes& pack) {
    auto acceptance = tests::acceptance_of(1, "");
    acceptance.today = std::nullopt;
    return campaign::verify_pack(pack, "test.pack", acceptance);
}

base::Bytes hex(std::string_view text) {
    return base::from_hex(text).value();
}

}  // namespace

TEST_CASE("a pack whose id or days are not those of its workbook is neither signed nor accepted") {
    const campaign::PackBody good = demo_body();
    REQUIRE(verified(tests::signed_pack(good)).has_value());
    const std::vector<std::function<void(campaign::PackBody&)>> changes = {
        [](campaign::PackBody& body) { body.campaign_id = "other"; },
        [](campaign::PackBody& body) { body.opens -= std::chrono::days(1); },
        [](campaign::PackBody& body) { body.closes += std::chrono::days(1); },
        [](campaign::PackBody& body) { body.withdraw_until += std::chrono::days(1); },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        CAPTURE(i);
        campaign::PackBody body = good;
        changes[i](body);
        const auto read = verified(tests::signed_pack(body));
        REQUIRE_FALSE(read.has_value());
        CHECK(read.error().code == ErrorCode::malformed);
        CHECK(read.error().what.find("workbook") != std::string::npos);
        const base::Bytes encoded = campaign::encode_body(body);
        const base::Bytes unsigned_pack = campaign::join_pack({.body = encoded, .signature = {}});
        CHECK(campaign::sign_pack(unsigned_pack, tests::committee_key()).error().code == ErrorCode::malformed);
    }
}

TEST_CASE("a pack that expires before its campaign closes is not built") {
    const auto recipients = tests::small_body().recipients;
    const auto too_early = demo_body().closes - std::chrono::days(1);
    CHECK(campaign::build_pack(demo_workbook(), "form.xlsx", 1, too_early, recipients).error().code ==
          ErrorCode::malformed);
    CHECK_FALSE(campaign::build_pack(demo_workbook(), "form.xlsx", 0, demo_body().expires, recipients).has_value());
    CHECK_FALSE(campaign::build_pack(demo_workbook(), "form.xlsx", 1, demo_body().expires, {}).has_value());
}

TEST_CASE("a signed body that claims depths and lengths without end is refused at once") {
    const base::Bytes arrays(1'000'000, 0x81);
    for (const base::Bytes& bomb :
         {arrays, hex("9bffffffffffffffff"), hex("5bffffffffffffffff"), hex("885bffffffffffffffff"),
          hex("887b7fffffffffffffff"), hex("886464656d6f1bffffffffffffffff7bffffffffffffffff"), hex("9f"), hex("5f"),
          hex("88"), base::Bytes{}}) {
        CAPTURE(bomb.size());
        CHECK(verified(bomb).error().code == ErrorCode::malformed);
        CHECK(verified(tests::pack_around(bomb)).error().code == ErrorCode::malformed);
    }
    // 2^32 recipients, behind fields that are right.
    base::Bytes body = campaign::encode_body(tests::small_body());
    const std::size_t recipients_head = body.size() - 1 - 2 - 34 - 1;
    REQUIRE(body[recipients_head] == 0x81);
    body.erase(body.begin() + static_cast<std::ptrdiff_t>(recipients_head));
    const base::Bytes many = hex("9b0000000100000000");
    body.insert(body.begin() + static_cast<std::ptrdiff_t>(recipients_head), many.begin(), many.end());
    CHECK(verified(tests::pack_around(body)).error().code == ErrorCode::malformed);
}

TEST_CASE("a pack over its largest size is refused") {
    CHECK(verified(base::Bytes(campaign::pack_size_bytes_max + 1)).error().code == ErrorCode::limit_exceeded);
}

TEST_CASE("random bytes as a pack or a signed body or a workbook never crash the reader") {
    CHECK(rc::check("none is a campaign", [](const base::Bytes& bytes) {
        RC_ASSERT_FALSE(verified(bytes).has_value());
        RC_ASSERT_FALSE(verified(tests::pack_around(bytes)).has_value());
        campaign::PackBody body = tests::small_body();
        body.workbook = bytes;
        RC_ASSERT_FALSE(verified(tests::signed_pack(body)).has_value());
    }));
}

TEST_CASE("a signed body with bytes changed is refused or is read as exactly what it says") {
    const base::Bytes good = campaign::encode_body(tests::small_body());
    CHECK(rc::check(
        "one encoding for each body", [&good](const std::vector<std::pair<std::uint8_t, std::uint8_t>>& changes) {
            base::Bytes body = good;
            for (const auto& [position, value] : changes) {
                body[position % body.size()] = value;
            }
            if (const auto read = campaign::decode_body(body); read.has_value()) {
                RC_ASSERT(campaign::encode_body(*read) == body);
            }
            RC_ASSERT_FALSE(verified(tests::pack_around(body)).has_value());  // its workbook is no workbook
        }));
}

TEST_CASE("a damaged workbook under a valid signature never crashes the reader") {
    CHECK(rc::check("a few bytes of the demo workbook changed",
                    [](const std::vector<std::pair<std::uint32_t, std::uint8_t>>& changes) {
                        base::Bytes xlsx = demo_workbook();
                        for (const auto& [position, value] : changes) {
                            xlsx[position % xlsx.size()] = value;
                        }
                        campaign::PackBody body = demo_body();
                        body.workbook = xlsx;
                        static_cast<void>(verified(tests::signed_pack(body)));
                    }));
}
