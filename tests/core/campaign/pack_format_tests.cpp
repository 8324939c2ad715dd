// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/pack_format.hpp"

#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "core/campaign/campaign.hpp"
#include "core/crypto/x25519.hpp"

using namespace pillarbox;
using base::ErrorCode;

namespace {

constexpr std::string_view workbook = "PK";

campaign::PackBody a_body() {
    crypto::SecretBytes secret(32);
    secret.bytes()[0] = 8;
    return {.campaign_id = "demo",
            .version = 1,
            .opens = base::parse_day("2023-01-20").value(),
            .closes = base::parse_day("2023-01-27").value(),
            .withdraw_until = base::parse_day("2023-01-31").value(),
            .expires = base::parse_day("2023-12-31").value(),
            .recipients = {{crypto::x25519_public_key(secret)}},
            .workbook = base::view_of(workbook)};
}

crypto::SigningKey a_key(std::uint8_t seed) {
    return crypto::SigningKey::from_seed(base::Bytes(32, seed)).value();
}

base::Bytes signed_pack(const campaign::PackBody& body) {
    const base::Bytes encoded = campaign::encode_body(body);
    const crypto::Signature signature = a_key(1).sign(campaign::signed_message(encoded));
    return campaign::join_pack({.body = encoded, .signature = signature});
}

ErrorCode refusal(const base::Bytes& pack, const campaign::Acceptance& acceptance) {
    return campaign::verify_pack(pack, "test.pack", acceptance).error().code;
}

campaign::Acceptance acceptance_of(std::uint8_t seed) {
    return {.committee_key = a_key(seed).verify_key(),
            .today = base::parse_day("2023-01-20").value(),
            .version_min = 1,
            .campaign_id = "demo"};
}

}  // namespace

TEST_CASE("a pack's body is read back as it was written") {
    const base::Bytes bytes = campaign::encode_body(a_body());
    const auto body = campaign::decode_body(bytes).value();
    CHECK(body.campaign_id == "demo");
    CHECK(body.recipients == a_body().recipients);
    CHECK(body.expires == a_body().expires);
    CHECK(base::text_of(body.workbook) == workbook);
}

TEST_CASE("a forged or unsigned or altered pack is refused before it is read") {
    const base::Bytes good = signed_pack(a_body());
    // The signature holds here, so the workbook is looked at, and it is none.
    CHECK(refusal(good, acceptance_of(1)) != ErrorCode::not_authentic);
    CHECK(refusal(good, acceptance_of(2)) == ErrorCode::not_authentic);
    const base::Bytes body = campaign::encode_body(a_body());
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
    const base::Bytes good = signed_pack(a_body());
    auto acceptance = acceptance_of(1);
    acceptance.campaign_id = "other";
    CHECK(refusal(good, acceptance) == ErrorCode::conflict);
    acceptance = acceptance_of(1);
    acceptance.version_min = 2;
    CHECK(refusal(good, acceptance) == ErrorCode::outdated);
    acceptance = acceptance_of(1);
    acceptance.today = base::parse_day("2024-01-01").value();
    CHECK(refusal(good, acceptance) == ErrorCode::expired);
    acceptance.today = std::nullopt;
    CHECK(refusal(good, acceptance) != ErrorCode::expired);
}

TEST_CASE("a body whose fields exclude each other is refused") {
    const auto refused = [](const campaign::PackBody& body) {
        const base::Bytes bytes = campaign::encode_body(body);
        return !campaign::decode_body(bytes).has_value();
    };
    CHECK_FALSE(refused(a_body()));
    auto body = a_body();
    body.version = 0;
    CHECK(refused(body));
    body = a_body();
    body.opens = body.closes + std::chrono::days(1);
    CHECK(refused(body));
    body = a_body();
    body.expires = body.closes - std::chrono::days(1);
    CHECK(refused(body));
    body = a_body();
    body.recipients.clear();
    CHECK(refused(body));
    body.recipients = {envelope::Recipient{}};
    CHECK(refused(body));
    body = a_body();
    body.recipients.push_back(body.recipients.front());
    CHECK(refused(body));
}

TEST_CASE("the demo campaign's workbook is built and signed and verified") {
    const auto xlsx = base::read_file(PILLARBOX_SOURCE_DIR "/assets/campaigns/las-strategy-2023-28/form.xlsx",
                                      std::size_t{1} << 24U)
                          .value();
    const auto expires = base::parse_day("2023-12-31").value();
    const auto pack = campaign::build_pack(xlsx, "form.xlsx", 1, expires, a_body().recipients);
    CAPTURE(pack.has_value() ? std::string() : pack.error().describe());
    REQUIRE(pack.has_value());
    const base::Bytes good = campaign::sign_pack(*pack, a_key(1)).value();
    auto acceptance = acceptance_of(1);
    acceptance.campaign_id.clear();
    const auto campaign = campaign::verify_pack(good, "demo.pack", acceptance).value();
    CHECK(campaign.id == "las-strategy-2023-28");
    CHECK(campaign.workbook == xlsx);
    CHECK(campaign.pack_digest == crypto::sha256(good));
    CHECK_FALSE(campaign.text("title", "bn").empty());
    CHECK(campaign.text("no such row", "en").empty());
    CHECK(campaign::sign_pack(good, a_key(1)).error().code == ErrorCode::already_exists);
    for (std::size_t position = 1000; position < good.size() - 66; position += 997) {
        base::Bytes altered = good;
        altered[position] ^= 1U;
        CHECK(refusal(altered, acceptance) == ErrorCode::not_authentic);
    }
}
