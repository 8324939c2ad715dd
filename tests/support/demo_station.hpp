// SPDX-License-Identifier: GPL-3.0-or-later
//
// A station folder with the demo campaign, its committee's keys at hand: what `pillarbox kiosk enrol` makes, without
// a store. Targets that include this link core_campaign and core_station.
#pragma once

#include <filesystem>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "core/campaign/campaign.hpp"
#include "core/crypto/system_random.hpp"
#include "core/envelope/envelope.hpp"
#include "core/station/station.hpp"

namespace pillarbox::tests {

inline const std::filesystem::path demo_workbook =
    std::filesystem::path(PILLARBOX_SOURCE_DIR) / "assets/campaigns/las-strategy-2023-28/form.xlsx";
inline const base::Day demo_day = base::parse_day("2023-01-20").value();

struct DemoStation {
    std::filesystem::path folder;
    envelope::Identity committee_identity;
    crypto::SigningKey committee_key;
};

// The station's name is "Test Library"; its store pin leads nowhere.
[[nodiscard]] inline DemoStation make_demo_station(const std::filesystem::path& folder) {
    crypto::SystemRandom random;
    DemoStation demo{folder, envelope::Identity::generate(random), crypto::SigningKey::generate(random)};
    const auto workbook = base::read_file(demo_workbook, campaign::pack_size_bytes_max).value();
    const auto unsigned_pack = campaign::build_pack(workbook, "form.xlsx", 1, base::parse_day("2023-12-31").value(),
                                                    {demo.committee_identity.recipient()})
                                   .value();
    const auto pack = campaign::sign_pack(unsigned_pack, demo.committee_key).value();
    station::Station station;
    station.name = "Test Library";
    station.campaign_id = "las-strategy-2023-28";
    station.pack_version_min = 1;
    station.committee_key = demo.committee_key.verify_key();
    station.store.name = "store.test.pillarbox";
    station.store.url = "https://127.0.0.1:1";
    PILLARBOX_CHECK(base::make_folder(folder).has_value());
    PILLARBOX_CHECK(base::write_file(station::pack_path(folder), pack).has_value());
    PILLARBOX_CHECK(station::write_station(folder, station).has_value());
    return demo;
}

}  // namespace pillarbox::tests
