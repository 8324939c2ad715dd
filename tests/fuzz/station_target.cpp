// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/station/station.hpp"
#include "targets.hpp"
#include "tests/fuzz/files.hpp"
#include "tests/support/temporary_folder.hpp"

void pillarbox::fuzz::fuzz_station(base::ByteView input) {
    static const tests::TemporaryFolder folder;
    put_file(folder / "station.json", input);
    const auto station = station::read_station(folder.path());
    if (station) {
        // Sync rewrites the file when a newer pack comes: it must then say the same.
        PILLARBOX_CHECK(station::write_station(folder.path(), *station).has_value());
        const auto again = station::read_station(folder.path());
        PILLARBOX_CHECK(again && *again == *station);
    }
}
