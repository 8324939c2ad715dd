// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/file.hpp"

namespace pillarbox::base {

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

Result<void> flush_folder(const std::filesystem::path& folder) {
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) {
        return std::unexpected(error_of_errno(errno, folder, "flushed to disk"));
    }
    const int outcome = ::fsync(opened);
    const int problem = errno;
    ::close(opened);
    if (outcome != 0) {
        return std::unexpected(error_of_errno(problem, folder, "flushed to disk"));
    }
    return {};
}

}  // namespace pillarbox::base
