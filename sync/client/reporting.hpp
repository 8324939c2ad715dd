// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk tells the store of itself after a round (sync/protocol/kiosk_report.hpp). It is for people to look at:
// a report that is not taken changes nothing here, and never fails a round.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/base/result.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "sync/protocol/kiosk_report.hpp"

namespace pillarbox::client {

// The charge of the system's first battery in percent; nullopt where there is none. `supplies` is
// /sys/class/power_supply but in tests.
[[nodiscard]] std::optional<std::uint64_t> battery_percent(const std::filesystem::path& supplies);

[[nodiscard]] base::Result<protocol::KioskReport> describe_kiosk(
    const std::filesystem::path& station_folder, const station::Station& station, outbox::Outbox& outbox,
    const std::filesystem::path& supplies = "/sys/class/power_supply");

}  // namespace pillarbox::client
