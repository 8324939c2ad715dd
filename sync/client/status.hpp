// SPDX-License-Identifier: GPL-3.0-or-later
//
// What staff may know of a station's sending: figures, never answers or times.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/outbox/outbox.hpp"

namespace pillarbox::client {

struct StationStatus {
    std::string station;
    std::string store_url;
    std::optional<outbox::Head> head;  // none before enrolment
    outbox::Counts counts;
};

// Needs no network. not_found where there is no station or no outbox yet.
[[nodiscard]] base::Result<StationStatus> read_status(const std::filesystem::path& station_folder,
                                                      base::Random& random);

}  // namespace pillarbox::client
