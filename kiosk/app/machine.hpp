// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the machine tells of itself: space, battery, and the brightness of its screen. Linux, through statvfs and
// /sys; `sys` is that folder, so that tests can make one up.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "kiosk/staff/facts.hpp"

namespace pillarbox::app {

[[nodiscard]] std::optional<std::uint64_t> disk_free_mib(const std::filesystem::path& folder);

// The first battery; none where there is none or it does not tell.
[[nodiscard]] std::optional<staff::Battery> read_battery(const std::filesystem::path& sys);

// Percent; none where there is no backlight that this program may write to.
[[nodiscard]] std::optional<unsigned> read_brightness(const std::filesystem::path& sys);
void write_brightness(const std::filesystem::path& sys, unsigned percent);

}  // namespace pillarbox::app
