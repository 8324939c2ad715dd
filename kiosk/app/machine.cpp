// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/machine.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

namespace pillarbox::app {
namespace {

namespace fs = std::filesystem;

// Files of /sys say that they have 4096 bytes and have a line: base::read_file does not fit them.
std::string line_of(const fs::path& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::optional<std::uint64_t> number_in(const fs::path& path) {
    const auto line = line_of(path);
    std::uint64_t number = 0;
    const auto read = std::from_chars(line.data(), line.data() + line.size(), number);
    return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

std::vector<fs::path> entries_of(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code status;
    for (const auto& entry : fs::directory_iterator(folder, status)) {
        entries.push_back(entry.path());
    }
    std::ranges::sort(entries);
    return entries;
}

struct Backlight {
    fs::path file;
    std::uint64_t now = 0, max = 0;
};

std::optional<Backlight> backlight_in(const fs::path& sys) {
    for (const auto& folder : entries_of(sys / "class/backlight")) {
        const auto now = number_in(folder / "brightness");
        const auto max = number_in(folder / "max_brightness");
        const auto file = folder / "brightness";
        if (now.has_value() && max.has_value() && *max > 0 && ::access(file.c_str(), W_OK) == 0) {
            return Backlight{file, std::min(*now, *max), *max};
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> disk_free_mib(const fs::path& folder) {
    struct statvfs status{};
    if (::statvfs(folder.c_str(), &status) != 0) {
        return std::nullopt;
    }
    constexpr std::uint64_t mib = std::uint64_t{1} << 20U;
    return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize / mib;
}

std::optional<staff::Battery> read_battery(const fs::path& sys) {
    std::optional<staff::Battery> battery;
    bool on_mains = false;
    for (const auto& supply : entries_of(sys / "class/power_supply")) {
        const auto type = line_of(supply / "type");
        if (type == "Battery" && !battery.has_value()) {
            if (const auto percent = number_in(supply / "capacity")) {
                battery = staff::Battery{.percent = std::min<std::uint64_t>(*percent, 100)};
            }
        }
        on_mains = on_mains || ((type == "Mains" || type == "USB") && number_in(supply / "online") == 1U);
    }
    if (battery.has_value() && on_mains) {
        battery->supply = staff::Battery::Supply::mains;
    }
    return battery;
}

std::optional<unsigned> read_brightness(const fs::path& sys) {
    const auto backlight = backlight_in(sys);
    if (!backlight.has_value()) {
        return std::nullopt;
    }
    constexpr std::uint64_t whole = 100;
    return static_cast<unsigned>((backlight->now * whole + backlight->max / 2) / backlight->max);
}

void write_brightness(const fs::path& sys, unsigned percent) {
    if (const auto backlight = backlight_in(sys)) {
        constexpr std::uint64_t whole = 100;
        const auto value = std::max<std::uint64_t>(1, backlight->max * percent / whole);
        std::ofstream(backlight->file) << value << '\n';
    }
}

}  // namespace pillarbox::app
