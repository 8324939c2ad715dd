// SPDX-License-Identifier: GPL-3.0-or-later
//
// The folder into which opened responses go: private to its owner, and never in a half-written state.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.hpp"
#include "desk/exports/csv.hpp"

namespace pillarbox::opening {

// Makes the folder (0700), or takes one that is empty or was made by an earlier run. already_exists for any other:
// its files might be overwritten, and making it private might lock others out of it.
[[nodiscard]] base::Result<void> prepare_output_folder(const std::filesystem::path& folder);

[[nodiscard]] std::filesystem::path journal_path(const std::filesystem::path& folder);

// Writes all files owner-only under temporary names, and only when every one of them is safely on disk gives them
// their names: with a full disk the results of the run before stay as they were.
[[nodiscard]] base::Result<void> write_together(const std::filesystem::path& folder,
                                                const std::vector<exports::NamedText>& files);

}  // namespace pillarbox::opening
