// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.hpp"
#include "core/station/station.hpp"

namespace pillarbox::station {

base::Result<void> install_pack(const std::filesystem::path& folder, Station station, base::ByteView pack,
                                std::uint64_t version) {
    // The pack first: with power lost in between, the station holds a newer pack than it insists on, which is
    // harmless.
    TRY(base::write_file(pack_path(folder), pack));
    station.pack_version_min = version;
    return write_station(folder, station);
}

}  // namespace pillarbox::station
