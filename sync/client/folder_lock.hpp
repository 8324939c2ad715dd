// SPDX-License-Identifier: GPL-3.0-or-later
//
// Lets one pillarbox-sync at a time work on a station. The kernel drops the lock with the process, so none is left
// behind.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"

namespace pillarbox::client {

class FolderLock {
  public:
    // unavailable where another process holds it.
    [[nodiscard]] static base::Result<FolderLock> take(const std::filesystem::path& station_folder);
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;

  private:
    explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace pillarbox::client
