// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tally of a day at a kiosk: figures and nothing else, as a note that the kiosk's device key has signed (C2SP
// signed-note, key name "kiosk-" and the log id), in a file of the station folder. It is made here because the kiosk
// program never reads that key.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"

namespace pillarbox::client {

// What only the kiosk program knows: since `since`, when it was started.
struct RunFigures {
    base::Day since{};
    std::uint64_t saved = 0;
    std::uint64_t assisted = 0;  // of these
    std::uint64_t paper = 0;     // of these
    std::uint64_t tests = 0;     // besides
    std::uint64_t discarded = 0;
    std::uint64_t failed = 0;
};

struct SignedTally {
    std::string file_name;  // "tally-2023-01-20.txt"; a later one of the same day has "-2" and so on
    std::string code;       // "3F9A-11C2": the file's short code, to compare by phone
};

// not_found before enrolment.
[[nodiscard]] base::Result<SignedTally> sign_tally(const std::filesystem::path& station_folder, base::Day day,
                                                   const RunFigures& run, base::Random& random);

}  // namespace pillarbox::client
