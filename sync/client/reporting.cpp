// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/reporting.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "core/base/file.hpp"

namespace pillarbox::client {
namespace {

constexpr std::size_t attribute_size_bytes_max = 4096;  // what the kernel gives at most

std::string attribute(const std::filesystem::path& path) {
    const auto bytes = base::read_file(path, attribute_size_bytes_max);
    std::string text(bytes.has_value() ? base::text_of(*bytes) : std::string_view());
    while (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

}  // namespace

std::optional<std::uint64_t> battery_percent(const std::filesystem::path& supplies) {
    std::error_code error;
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(supplies, error)) {
        found.push_back(entry.path());
    }
    std::ranges::sort(found);
    for (const auto& supply : found) {
        // Those of a mouse or a pen say that their scope is a device.
        if (attribute(supply / "type") != "Battery" || attribute(supply / "scope") == "Device") {
            continue;
        }
        const std::string text = attribute(supply / "capacity");
        std::uint64_t percent = 0;
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), percent);
        if (status == std::errc{} && end == text.data() + text.size() && percent <= 100) {
            return percent;
        }
    }
    return std::nullopt;
}

base::Result<protocol::KioskReport> describe_kiosk(const std::filesystem::path& station_folder,
                                                   const station::Station& station, outbox::Outbox& outbox,
                                                   const std::filesystem::path& supplies) {
    const outbox::Counts counts = TRY(outbox.counts());
    std::error_code error;
    const auto space = std::filesystem::space(station_folder, error);
    protocol::KioskReport report;
    report.program_version = PILLARBOX_VERSION;
    report.station = station.name;
    report.campaign_id = station.campaign_id;
    report.pack_version = station.pack_version_min;
    report.waiting = counts.waiting + counts.batched;
    report.disk_free_bytes = error ? 0 : space.available;
    report.disk_total_bytes = error ? 0 : space.capacity;
    report.battery_percent = battery_percent(supplies);
    return report;
}

}  // namespace pillarbox::client
