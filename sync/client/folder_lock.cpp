// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/folder_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "core/base/file.hpp"

namespace pillarbox::client {

base::Result<FolderLock> FolderLock::take(const std::filesystem::path& station_folder) {
    const std::filesystem::path path = station_folder / "sync.lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return std::unexpected(base::error_of_errno(errno, path, "opened"));
    }
    FolderLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return std::unexpected(base::error_of_errno(errno, path, "locked"));
        }
        return base::fail(base::ErrorCode::unavailable, station_folder.string(),
                          "Another pillarbox-sync is at work on this station.", "Wait for it, or stop it first.");
    }
    return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock::~FolderLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

}  // namespace pillarbox::client
