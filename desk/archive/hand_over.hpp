// SPDX-License-Identifier: GPL-3.0-or-later
//
// Hands bags over to an archive: a folder, of a mounted disk or share. What is written lies under
// ".NAME.incoming" until the whole bag was read back and verified there; only then it gets its name. A run that was
// killed goes on where it was: a file that is there whole is not sent again, and nothing that is there is believed
// without being read. Another bag of the same name is never touched.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.hpp"
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

}  // namespace pillarbox::archive
