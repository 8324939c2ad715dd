// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/status.hpp"

#include "core/station/station.hpp"

namespace pillarbox::client {

base::Result<StationStatus> read_status(const std::filesystem::path& station_folder, base::Random& random) {
    const station::Station station = TRY(station::read_station(station_folder));
    auto outbox = TRY(outbox::Outbox::open(station::outbox_path(station_folder), random));
    StationStatus status;
    status.station = station.name;
    status.store_url = station.store.url;
    status.counts = TRY(outbox.counts());
    const auto head = outbox.head();
    if (head.has_value()) {
        status.head = *head;
    } else if (head.error().code != base::ErrorCode::not_found) {
        return std::unexpected(head.error());
    }
    return status;
}

}  // namespace pillarbox::client
