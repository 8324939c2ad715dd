// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/packs/enrolment.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "core/base/file.hpp"

namespace pillarbox::packs {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

base::Result<station::EnrolmentToken> token_of(const Enrolment& enrolment) {
    if (!enrolment.token.has_value()) {
        return base::fail(base::ErrorCode::usage, "--token", "A new station needs the store's enrolment token.",
                          "Ask the store's admin for one: `pillarbox-store token`.");
    }
    return station::parse_token(*enrolment.token);
}

base::Result<void> write_new(const Enrolment& enrolment, const station::Station& made) {
    const fs::path& folder = enrolment.station_folder;
    TRY(base::make_folder(folder));
    // The kiosk's secrets and its outbox will lie here: nobody else on the machine needs to look in.
    if (::chmod(folder.c_str(), S_IRWXU) != 0) {
        return std::unexpected(base::error_of_errno(errno, folder, "made private"));
    }
    TRY(base::write_file(station::pack_path(folder), enrolment.pack));
    TRY(base::write_file(station::token_path(folder), base::view_of(*enrolment.token), base::FileMode::owner_only));
    return station::write_station(folder, made);
}

// Answers that wait in an outbox belong to the station that took them: no other may be made around them.
base::Result<void> refuse_remains(const fs::path& folder) {
    for (const fs::path& remains : {station::outbox_path(folder), station::device_key_path(folder)}) {
        if (is_there(remains)) {
            return base::fail(base::ErrorCode::already_exists, remains.string(),
                              "The folder holds a station's outbox or key, but its station.json is missing.",
                              "Bring station.json back, or choose another folder.");
        }
    }
    return {};
}

base::Result<EnrolmentResult> enrol_new(const Enrolment& enrolment) {
    const auto token = TRY(token_of(enrolment));
    TRY(refuse_remains(enrolment.station_folder));
    const campaign::Acceptance acceptance{
        .committee_key = enrolment.committee_key, .today = enrolment.today, .version_min = 0, .campaign_id = {}};
    const auto campaign = TRY(campaign::verify_pack(enrolment.pack, enrolment.pack_where, acceptance));
    const station::Station made{.name = enrolment.name.empty() ? token.station_name : enrolment.name,
                                .campaign_id = campaign.id,
                                .pack_version_min = campaign.version,
                                .committee_key = enrolment.committee_key,
                                .store = token.store};
    auto written = write_new(enrolment, made);
    if (!written.has_value()) {
        for (const fs::path& path :
             {station::pack_path(enrolment.station_folder), station::token_path(enrolment.station_folder)}) {
            std::error_code ignored;
            fs::remove(path, ignored);
        }
        return std::unexpected(written.error());
    }
    return EnrolmentResult{Enrolled::new_station, made, campaign.version};
}

base::Result<void> check_same_station(const Enrolment& enrolment, const station::Station& station) {
    const std::string folder = enrolment.station_folder.string();
    if (station.committee_key != enrolment.committee_key) {
        return base::fail(base::ErrorCode::conflict, folder, "This station is pinned to another committee's key.",
                          "Use the key it was enrolled with, or make a new station folder.");
    }
    if (!enrolment.name.empty() && enrolment.name != station.name) {
        return base::fail(base::ErrorCode::conflict, folder,
                          fmt::format("This station is enrolled as \"{}\".", station.name),
                          "Leave --name out, or make a new station folder.");
    }
    return {};
}

base::Result<EnrolmentResult> install_newer(const Enrolment& enrolment) {
    const fs::path& folder = enrolment.station_folder;
    station::Station station = TRY(station::read_station(folder));
    TRY(check_same_station(enrolment, station));
    const campaign::Acceptance acceptance{.committee_key = station.committee_key,
                                          .today = enrolment.today,
                                          .version_min = station.pack_version_min,
                                          .campaign_id = station.campaign_id};
    const auto campaign = TRY(campaign::verify_pack(enrolment.pack, enrolment.pack_where, acceptance));
    if (campaign.version == station.pack_version_min && is_there(station::pack_path(folder))) {
        const base::Bytes held = TRY(base::read_file(station::pack_path(folder), campaign::pack_size_bytes_max));
        if (held != enrolment.pack) {
            return base::fail(
                base::ErrorCode::conflict, enrolment.pack_where,
                fmt::format("The station holds another pack with the same version, {}.", campaign.version),
                "Build the changed pack with a higher --version.");
        }
        return EnrolmentResult{Enrolled::same_pack, station, campaign.version};
    }
    TRY(station::install_pack(folder, station, enrolment.pack, campaign.version));
    station.pack_version_min = campaign.version;
    return EnrolmentResult{Enrolled::newer_pack, station, campaign.version};
}

}  // namespace

base::Result<EnrolmentResult> enrol(const Enrolment& enrolment) {
    const bool existing = is_there(enrolment.station_folder / "station.json");
    return existing ? install_newer(enrolment) : enrol_new(enrolment);
}

base::Result<station::Station> renew(const fs::path& station_folder, std::string_view token) {
    const station::EnrolmentToken parsed = TRY(station::parse_token(token));
    station::Station station = TRY(station::read_station(station_folder));
    if (parsed.store.name != station.store.name) {
        return base::fail(
            base::ErrorCode::conflict, "--token",
            fmt::format("The token is of the store {}, this station's is {}.", parsed.store.name, station.store.name),
            "Ask the admin of the station's own store, or make a new station folder.");
    }
    const auto& earlier = station.store.earlier_keys;
    const bool known = parsed.store.key == station.store.key ||
                       std::ranges::find(earlier, parsed.store.key) != earlier.end();  // a token from before
    if (!known) {
        TRY(station::pin_store_key(station.store, parsed.store.key));
    }
    station.store.url = parsed.store.url;
    station.store.certificate_pin = parsed.store.certificate_pin;
    // The token last: pillarbox-sync takes none that names another store than the station does.
    TRY(station::write_station(station_folder, station));
    const std::string line = std::string(token) + "\n";
    TRY(base::write_file(station::renewal_token_path(station_folder), base::view_of(line),
                         base::FileMode::owner_only));
    return station;
}

}  // namespace pillarbox::packs
