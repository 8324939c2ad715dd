// SPDX-License-Identifier: GPL-3.0-or-later
//
// A newer campaign pack from a USB stick: judged against the key and the version that this station is pinned to, and
// installed as `pillarbox kiosk enrol` does.
#pragma once

#include <filesystem>

#include "core/base/bytes.hpp"
#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/station/station.hpp"
#include "kiosk/staff/event.hpp"

namespace pillarbox::app {

inline constexpr std::string_view pack_file_name = "campaign.pack";

// What staff see of a campaign in a language.
[[nodiscard]] staff::CampaignFacts facts_of(const campaign::Campaign& campaign, std::string_view language);

[[nodiscard]] staff::PackSeen judge_pack(base::ByteView pack, const station::Station& station,
                                         std::uint64_t version_in_use, base::Day today, std::string_view language);

// Judges again: what was on the stick a moment ago may not be what is there now. conflict for anything but a newer
// pack, and nothing is changed.
[[nodiscard]] base::Result<void> install_pack(const std::filesystem::path& station_folder, base::ByteView pack,
                                              std::uint64_t version_in_use, base::Day today);

}  // namespace pillarbox::app
