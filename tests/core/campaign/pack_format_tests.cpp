// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/pack_format.hpp"

#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "core/campaign/campaign.hpp"
#include "tests/core/campaign/pack_examples.hpp"
#include "tests/core/envelope/document_examples.hpp"

using namespace pillarbox;
using base::ErrorCode;
using tests::acceptance_of;
using tests::committee_key;
using tests::cut_workbook;
using tests::day;
using tests::signed_pack;
using tests::small_body;

namespace {

ErrorCode refusal(const base::Bytes& pack, const campaign::Acceptance& acceptance) {
    return campaign::verify_pack(pack, "test.pack", acceptance).error().code;
}

}  // namespace

TEST_CASE("a pack's body is read back as it was written") {
    const base::Bytes bytes = campaign::encode_body(small_body());
    const auto body = campaign::decode_body(bytes).value();
    CHECK(body.campaign_id == "demo");
    CHECK(body.recipients == small_body().recipients);
    CHECK(body.expires == small_body().expires);
    CHECK(base::text_of(body.workbook) == cut_workbook);
}

TEST_CASE("a forged or unsigned or altered pack is refused before it is read") {
    const base::Bytes good = signed_pack(small_body());
    // The signature holds here, so the workbook is looked at, and it is none.
    CHECK(refusal(good, acceptance_of(1)) != ErrorCode::not_authentic);
    CHECK(refusal(good, acceptance_of(2)) == ErrorCode::not_authentic);
    const base::Bytes body = campaign::encode_body(small_body());
    CHECK(refusal(campaign::join_pack({.body = body, .signature = {}}), acceptance_of(1)) ==
          ErrorCode::not_authentic);
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        base::Bytes altered = good;
        altered[bit / 8] = static_cast<std::uint8_t>(altered[bit / 8] ^ (1U << (bit % 8)));
        const ErrorCode code = refusal(altered, acceptance_of(1));
        CAPTURE(bit);
        // Only the frame of 30 bytes and the signature's own head are read before the signature is checked.
        const std::size_t byte = bit / 8;
        const bool frame = byte < 30 || byte == good.size() - 66 || byte == good.size() - 65;
        CHECK((frame || code == ErrorCode::not_authentic));
    }
    for (std::size_t size = 0; size < good.size(); ++size) {
        CHECK(refusal(base::Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)),
                      acceptance_of(1)) == ErrorCode::malformed);
    }
    base::Bytes longer = good;
    longer.push_back(0);
    CHECK(refusal(longer, acceptance_of(1)) == ErrorCode::malformed);
}

TEST_CASE("a signed pack that is foreign or older or expired is refused") {
    const base::Bytes good = signed_pack(small_body());
    auto acceptance = acceptance_of(1);
    acceptance.campaign_id = "other";
    CHECK(refusal(good, acceptance) == ErrorCode::conflict);
    acceptance = acceptance_of(1);
    acceptance.version_min = 2;
    CHECK(refusal(good, acceptance) == ErrorCode::outdated);
    acceptance = acceptance_of(1);
    acceptance.today = day("2024-01-01");
    CHECK(refusal(good, acceptance) == ErrorCode::expired);
    acceptance.today = std::nullopt;
    CHECK(refusal(good, acceptance) != ErrorCode::expired);
}

TEST_CASE("a body whose fields exclude each other is refused") {
    const auto refused = [](const campaign::PackBody& body) {
        const base::Bytes bytes = campaign::encode_body(body);
        return !campaign::decode_body(bytes).has_value();
    };
    CHECK_FALSE(refused(small_body()));
    auto body = small_body();
    body.version = 0;
    CHECK(refused(body));
    body = small_body();
    body.opens = body.closes + std::chrono::days(1);
    CHECK(refused(body));
    body = small_body();
    body.expires = body.closes - std::chrono::days(1);
    CHECK(refused(body));
    body = small_body();
    body.recipients.clear();
    CHECK(refused(body));
    body.recipients = {envelope::Recipient{}};
    CHECK(refused(body));
    body = small_body();
    body.recipients.push_back(body.recipients.front());
    CHECK(refused(body));
}

TEST_CASE("the demo campaign's workbook is built and signed and verified") {
    const auto xlsx = base::read_file(PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx",
                                      std::size_t{1} << 24U)
                          .value();
    const auto expires = day("2023-12-31");
    const auto pack = campaign::build_pack(xlsx, "form.xlsx", 1, expires, small_body().recipients);
    CAPTURE(pack.has_value() ? std::string() : pack.error().describe());
    REQUIRE(pack.has_value());
    const base::Bytes good = campaign::sign_pack(*pack, committee_key(1)).value();
    auto acceptance = acceptance_of(1);
    acceptance.campaign_id.clear();
    const auto campaign = campaign::verify_pack(good, "demo.pack", acceptance).value();
    CHECK(campaign.id == "las-strategy-2023-28");
    CHECK(campaign.workbook == xlsx);
    CHECK(campaign.pack_digest == crypto::sha256(good));
    CHECK_FALSE(campaign.text("title", "bn").empty());
    CHECK(campaign.text("no such row", "en").empty());
    CHECK(campaign::sign_pack(good, committee_key(1)).error().code == ErrorCode::already_exists);
    for (std::size_t position = 1000; position < good.size() - 66; position += 997) {
        base::Bytes altered = good;
        altered[position] ^= 1U;
        CHECK(refusal(altered, acceptance) == ErrorCode::not_authentic);
    }
}

TEST_CASE("the pack of the document is what the code makes") {
    const std::string document = tests::format_document("pack.md");
    const base::Bytes pack = signed_pack(small_body());
    CAPTURE(base::to_hex(pack));
    CHECK(tests::hex_under(document, "## Worked example") == pack);
    for (const std::string& text :
         {base::to_hex(committee_key().verify_key().bytes), base::to_hex(small_body().recipients[0].bytes),
          base::to_hex(crypto::sha256(pack)), std::to_string(pack.size()) + " bytes"}) {
        CAPTURE(text);
        CHECK(document.find(text) != std::string::npos);
    }
}
