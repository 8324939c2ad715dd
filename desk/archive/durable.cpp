// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/archive/durable.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/file.hpp"
#include "core/base/folder.hpp"

namespace pillarbox::archive {
namespace {

namespace fs = std::filesystem;

base::Result<void> flush(const fs::path& path, int flags) {
    const int opened = ::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (opened < 0) {
        return std::unexpected(base::error_of_errno(errno, path, "opened"));
    }
    const bool flushed = ::fsync(opened) == 0;
    const int problem = errno;
    if (flushed && (flags & O_DIRECTORY) == 0) {
        static_cast<void>(::posix_fadvise(opened, 0, 0, POSIX_FADV_DONTNEED));
    }
    ::close(opened);
    if (!flushed) {
        return std::unexpected(base::error_of_errno(problem, path, "flushed to disk"));
    }
    return {};
}

}  // namespace

base::Result<void> flush_tree(const fs::path& folder) {
    std::error_code problem;
    for (fs::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        TRY(flush(entry->path(), entry->is_directory() ? O_DIRECTORY : 0));
    }
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), folder, "read"));
    }
    return base::flush_folder(folder);
}

base::Result<void> rename_durably(const fs::path& from, const fs::path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        return std::unexpected(base::error_of_errno(errno, to, "given its name"));
    }
    TRY(base::flush_folder(base::folder_of(to)));
    return base::folder_of(from) == base::folder_of(to) ? base::Result<void>{}
                                                        : base::flush_folder(base::folder_of(from));
}

base::Result<void> delete_durably(const fs::path& path) {
    std::error_code problem;
    const bool was_there = fs::remove_all(path, problem) > 0;
    if (problem) {
        return std::unexpected(base::error_of_errno(problem.value(), path, "deleted"));
    }
    return was_there ? base::flush_folder(base::folder_of(path)) : base::Result<void>{};
}

}  // namespace pillarbox::archive
