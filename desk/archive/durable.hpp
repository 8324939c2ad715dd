// SPDX-License-Identifier: GPL-3.0-or-later
//
// What has to be on the disk, and not only in memory, before a bag or a certificate is spoken of: the bytes of files,
// and the folders that name them. Each of these has asked for it (fsync) when it returns success.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

namespace pillarbox::archive {

// Every file below the folder, every folder, and the folder itself. Then asks the kernel to forget the files' bytes,
// so that whoever reads them back reads the disk; where it keeps them all the same, nothing is lost but that.
[[nodiscard]] base::Result<void> flush_tree(const std::filesystem::path& folder);

// Both folders are flushed when the new name stands. A file or an empty folder at `to` makes way.
[[nodiscard]] base::Result<void> rename_durably(const std::filesystem::path& from, const std::filesystem::path& to);

// Whatever is there, or nothing. Links are deleted, not followed.
[[nodiscard]] base::Result<void> delete_durably(const std::filesystem::path& path);

}  // namespace pillarbox::archive
