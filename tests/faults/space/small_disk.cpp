// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/space/small_disk.hpp"

#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/file.hpp"

namespace pillarbox::tests {
namespace {

constexpr const char* plenty = "size=64m,nr_inodes=10000";

void set_file_size_max(rlim_t size_bytes) {
    rlimit limit{};
    PILLARBOX_CHECK(::getrlimit(RLIMIT_FSIZE, &limit) == 0);
    limit.rlim_cur = size_bytes;  // the soft limit alone: it can be lifted again
    PILLARBOX_CHECK(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

}  // namespace

base::Result<SmallDisk> SmallDisk::mount(const std::filesystem::path& folder) {
    TRY(base::make_folder(folder));
    if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, plenty) != 0) {
        return std::unexpected(base::error_of_errno(errno, folder, "mounted"));
    }
    return SmallDisk(folder);
}

SmallDisk::SmallDisk(SmallDisk&& other) noexcept : folder_(std::exchange(other.folder_, {})) {}

SmallDisk::~SmallDisk() {
    if (!folder_.empty()) {
        ::umount2(folder_.c_str(), MNT_DETACH);  // also where a broken run left a file open
    }
}

std::uint64_t SmallDisk::used_bytes() const {
    struct statvfs status{};
    PILLARBOX_CHECK(::statvfs(folder_.c_str(), &status) == 0);
    return (status.f_blocks - status.f_bfree) * status.f_frsize;
}

base::Result<void> SmallDisk::remount(const std::string& options) const {
    if (::mount(nullptr, folder_.c_str(), nullptr, MS_REMOUNT, options.c_str()) != 0) {
        return std::unexpected(base::error_of_errno(errno, folder_, "given another size"));
    }
    return {};
}

base::Result<void> SmallDisk::leave_bytes(std::uint64_t room_bytes) {
    // A size of 0 would mean no limit.
    return remount("size=" + std::to_string(std::max<std::uint64_t>(1, used_bytes() + room_bytes)));
}

base::Result<void> SmallDisk::leave_files(std::uint64_t room_files) {
    struct statvfs status{};
    PILLARBOX_CHECK(::statvfs(folder_.c_str(), &status) == 0);
    return remount("nr_inodes=" + std::to_string(status.f_files - status.f_ffree + room_files));
}

base::Result<void> SmallDisk::leave_plenty() {
    return remount(plenty);
}

FileSizeLimit::FileSizeLimit(std::uint64_t size_bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    set_file_size_max(size_bytes);
}

FileSizeLimit::~FileSizeLimit() {
    set_file_size_max(RLIM_INFINITY);
}

}  // namespace pillarbox::tests
