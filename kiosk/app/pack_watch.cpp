// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/pack_watch.hpp"

#include <utility>

#include "core/station/station.hpp"

namespace pillarbox::app {
namespace {

constexpr auto gone = std::filesystem::file_time_type::min();

}  // namespace

PackWatch::PackWatch(const std::filesystem::path& station_folder)
    : path_(station::pack_path(station_folder)), seen_(written()) {}

bool PackWatch::has_changed() {
    const auto now = written();
    return std::exchange(seen_, now) != now && now != gone;
}

std::filesystem::file_time_type PackWatch::written() const {
    std::error_code failed;
    const auto time = std::filesystem::last_write_time(path_, failed);
    return failed ? gone : time;
}

}  // namespace pillarbox::app
