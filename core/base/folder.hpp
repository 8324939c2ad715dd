// SPDX-License-Identifier: GPL-3.0-or-later
//
// Folders, for whoever gives a file its name by hand: the name is durable only once the folder is.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

namespace pillarbox::base {

// Of a path as it is written: "." for a name alone.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& path);

// The names in it are on disk when this returns success.
[[nodiscard]] Result<void> flush_folder(const std::filesystem::path& folder);

}  // namespace pillarbox::base
