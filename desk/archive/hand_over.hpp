// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hands bags over to an archive. A run that was killed goes on where it was: a file that is there whole is not sent
// again, and nothing that is there is believed without being read. Another bag of the same name is never touched.
//
// In a folder, of a mounted disk or share, what is written lies under ".NAME.incoming" until the whole bag was
// flushed to that disk, read back and verified there; only then it gets its name, and that is flushed too. On a
// server each file is read back after it was sent; remote_place.hpp tells under which name it lies until all are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.hpp"
#include "desk/archive/remote_place.hpp"
#include "desk/opening/progress.hpp"

namespace pillarbox::archive {

struct HandOverOutcome {
    std::uint64_t files_sent = 0, files_there = 0;
    bool was_there = false;  // the same bag was handed over before, and is still whole
};

// damaged where the bag is not valid here or was not received as it was sent; already_exists where the archive has
// another bag of this name. `done_bytes` goes on from bag to bag, for the progress.
[[nodiscard]] base::Result<HandOverOutcome> hand_over_to_folder(const std::filesystem::path& bag,
                                                                const std::filesystem::path& archive_folder,
                                                                opening::Progress& progress,
                                                                std::uint64_t& done_bytes);

// The same where the archive is a server's. What the server does with its disk is its own: it has said that it has
// the file, and gives the same bytes again.
[[nodiscard]] base::Result<HandOverOutcome> hand_over_to_server(const std::filesystem::path& bag, RemotePlace& place,
                                                                opening::Progress& progress,
                                                                std::uint64_t& done_bytes);

}  // namespace pillarbox::archive
