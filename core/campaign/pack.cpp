// SPDX-License-Identifier: GPL-3.0-or-later
#include <utility>

#include "core/campaign/campaign.hpp"
#include "core/campaign/pack_format.hpp"

namespace pillarbox::campaign {
namespace {

base::Result<void> check_acceptance(const PackBody& body, std::string_view where, const Acceptance& acceptance) {
    if (!acceptance.campaign_id.empty() && body.campaign_id != acceptance.campaign_id) {
        return base::fail(
            base::ErrorCode::conflict, std::string(where),
            "The pack is for the campaign \"" + body.campaign_id + "\", not \"" + acceptance.campaign_id + "\".",
            "Install the pack of this kiosk's campaign.");
    }
    if (body.version < acceptance.version_min) {
        return base::fail(base::ErrorCode::outdated, std::string(where),
                          "The pack has version " + std::to_string(body.version) + "; version " +
                              std::to_string(acceptance.version_min) + " was installed before.",
                          "Install the newest pack.");
    }
    if (acceptance.today.has_value() && body.expires < *acceptance.today) {
        return base::fail(base::ErrorCode::expired, std::string(where),
                          "The pack expired after " + base::format_day(body.expires) + ".",
                          "Install a newer pack, or correct the machine's date.");
    }
    return {};
}

// The sheet and the body say the same, or one of them misleads whoever reads only that one.
base::Result<Campaign> read_content(const PackBody& body, std::string_view where) {
    Campaign campaign = TRY(read_campaign_workbook(body.workbook, where));
    if (campaign.id != body.campaign_id || campaign.opens != body.opens || campaign.closes != body.closes ||
        campaign.withdraw_until != body.withdraw_until) {
        return base::fail(base::ErrorCode::malformed, std::string(where),
                          "The pack's id or dates are not those of its workbook.", "Build the pack again.");
    }
    campaign.version = body.version;
    campaign.expires = body.expires;
    campaign.recipients = body.recipients;
    return campaign;
}

}  // namespace

base::Result<base::Bytes> build_pack(base::ByteView xlsx, std::string_view where, std::uint64_t version,
                                     base::Day expires, const std::vector<envelope::Recipient>& recipients) {
    const Campaign campaign = TRY(read_campaign_workbook(xlsx, where));
    const PackBody body{.campaign_id = campaign.id,
                        .version = version,
                        .opens = campaign.opens,
                        .closes = campaign.closes,
                        .withdraw_until = campaign.withdraw_until,
                        .expires = expires,
                        .recipients = recipients,
                        .workbook = xlsx};
    TRY(check_body(body));
    const base::Bytes encoded = encode_body(body);
    base::Bytes pack = join_pack({.body = encoded, .signature = {}});
    if (pack.size() + sizeof(crypto::Signature) + 1 > pack_size_bytes_max) {
        return base::fail(base::ErrorCode::limit_exceeded, std::string(where), "The pack would be over 32 MiB.");
    }
    return pack;
}

base::Result<base::Bytes> sign_pack(base::ByteView unsigned_pack, const crypto::SigningKey& committee_key) {
    const PackParts parts = TRY(split_pack(unsigned_pack, "pack"));
    if (!parts.signature.empty()) {
        return base::fail(base::ErrorCode::already_exists, "pack", "The pack is signed already.",
                          "Sign the pack that `campaign build` wrote.");
    }
    // Read all of it before signing: a signature says that a kiosk can run this.
    const PackBody body = TRY(decode_body(parts.body));
    TRY(read_content(body, "pack"));
    const crypto::Signature signature = committee_key.sign(signed_message(parts.body));
    return join_pack({.body = parts.body, .signature = signature});
}

base::Result<Campaign> verify_pack(base::ByteView signed_pack, std::string_view where, const Acceptance& acceptance) {
    const PackParts parts = TRY(split_pack(signed_pack, where));
    if (parts.signature.empty()) {
        return base::fail(base::ErrorCode::not_authentic, std::string(where), "The pack is not signed.",
                          "Sign it with `pillarbox campaign sign`.");
    }
    const crypto::Signature signature = TRY(base::array_of<64>(parts.signature));
    if (!crypto::verifies(acceptance.committee_key, signed_message(parts.body), signature)) {
        return base::fail(base::ErrorCode::not_authentic, std::string(where),
                          "The pack's signature is not the committee's: it was forged or altered.",
                          "Get the pack from the committee again.");
    }
    const PackBody body = TRY(decode_body(parts.body));
    TRY(check_acceptance(body, where, acceptance));
    Campaign campaign = TRY(read_content(body, where));
    campaign.pack_digest = crypto::sha256(signed_pack);
    return campaign;
}

}  // namespace pillarbox::campaign
