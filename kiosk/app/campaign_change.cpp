// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/campaign_change.hpp"

#include <string>

#include "kiosk/flow/flow.hpp"

namespace pillarbox::app {
namespace {

using staff::PackVerdict;

PackVerdict verdict_of(base::ErrorCode code) {
    switch (code) {
        case base::ErrorCode::not_authentic:
            return PackVerdict::not_authentic;
        case base::ErrorCode::expired:
            return PackVerdict::expired;
        case base::ErrorCode::outdated:
            return PackVerdict::older;
        case base::ErrorCode::conflict:
            return PackVerdict::other_campaign;
        case base::ErrorCode::usage:
        case base::ErrorCode::malformed:
        case base::ErrorCode::unsupported:
        case base::ErrorCode::limit_exceeded:
        case base::ErrorCode::not_found:
        case base::ErrorCode::already_exists:
        case base::ErrorCode::input_output:
        case base::ErrorCode::no_space:
        case base::ErrorCode::damaged:
        case base::ErrorCode::network:
        case base::ErrorCode::refused:
        case base::ErrorCode::unavailable:
            break;
    }
    return PackVerdict::damaged;
}

}  // namespace

staff::CampaignFacts facts_of(const campaign::Campaign& campaign, std::string_view language) {
    return {.title = campaign.text("title", language),
            .version = campaign.version,
            .opens = campaign.opens,
            .closes = campaign.closes,
            .expires = campaign.expires,
            .safeguarding = campaign.text("safeguarding", language)};
}

staff::PackSeen judge_pack(base::ByteView pack, const station::Station& station, std::uint64_t version_in_use,
                           base::Day today, std::string_view language) {
    const campaign::Acceptance acceptance{.committee_key = station.committee_key,
                                          .today = today,
                                          .version_min = station.pack_version_min,
                                          .campaign_id = station.campaign_id};
    const auto campaign = campaign::verify_pack(pack, pack_file_name, acceptance);
    if (!campaign.has_value()) {
        return {.verdict = verdict_of(campaign.error().code)};
    }
    if (campaign->version <= version_in_use) {
        return {.verdict = campaign->version == version_in_use ? PackVerdict::same : PackVerdict::older};
    }
    if (!flow::check_form(*campaign->form).has_value()) {
        return {.verdict = PackVerdict::unaskable};
    }
    return {.verdict = PackVerdict::newer, .campaign = facts_of(*campaign, language)};
}

base::Result<void> install_pack(const std::filesystem::path& station_folder, base::ByteView pack,
                                std::uint64_t version_in_use, base::Day today) {
    const auto station = TRY(station::read_station(station_folder));
    const auto seen = judge_pack(pack, station, version_in_use, today, {});
    if (seen.verdict != PackVerdict::newer) {
        return base::fail(base::ErrorCode::conflict, std::string(pack_file_name),
                          "This is not a newer pack of this station's campaign.", "Nothing was changed.");
    }
    return station::install_pack(station_folder, station, pack, seen.campaign.version);
}

}  // namespace pillarbox::app
