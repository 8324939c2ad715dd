// SPDX-License-Identifier: GPL-3.0-or-later
//
// Enrolment: makes a station folder out of a verified campaign pack and a store's one-time token, or puts a newer
// pack of the same campaign into an existing one. Files appear whole or not at all, and station.json last: a folder
// without it is none.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/station/station.hpp"

namespace pillarbox::packs {

enum class Enrolled { new_station, newer_pack, same_pack };

struct Enrolment {
    std::filesystem::path station_folder;
    base::Bytes pack;        // signed
    std::string pack_where;  // its file name, for messages
    crypto::VerifyKey committee_key;
    std::optional<std::string> token;  // needed for a new station, not used for an existing one
    std::string name;                  // of the station; empty: as the token says
    base::Day today{};
};

struct EnrolmentResult {
    Enrolled outcome{};
    station::Station station;
    std::uint64_t pack_version = 0;
};

// A new station: already_exists where the folder holds an outbox or a device key of a station that was.
// On an existing one: outdated for an older pack; conflict for another campaign, committee key or name, or for a
// different pack that bears the version already installed (one version must mean one pack).
[[nodiscard]] base::Result<EnrolmentResult> enrol(const Enrolment& enrolment);

// For a station that is enrolled already: puts a token into its folder by which pillarbox-sync gives the kiosk
// another key, and pins what the token says of the store, whose keys or address may be others than they were. Nothing
// that waits there is touched. conflict for the token of another store; not_found where there is no station.
[[nodiscard]] base::Result<station::Station> renew(const std::filesystem::path& station_folder,
                                                   std::string_view token);

}  // namespace pillarbox::packs
