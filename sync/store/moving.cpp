// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/moving.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "core/base/file.hpp"
#include "sync/store/arrival.hpp"
#include "sync/store/folder.hpp"

namespace pillarbox::store {

base::Result<FolderUse> FolderUse::take(const std::filesystem::path& folder, Kind kind) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return std::unexpected(base::error_of_errno(errno, folder, "opened"));
    }
    FolderUse use(descriptor);
    if (::flock(descriptor, (kind == Kind::alone ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return std::unexpected(base::error_of_errno(errno, folder, "locked"));
        }
        return base::fail(
            base::ErrorCode::unavailable, folder.string(),
            kind == Kind::alone ? "Another pillarbox-store works with this folder."
                                : "The store in this folder is being moved.",
            kind == Kind::alone ? "Stop it: kiosks keep what they can't deliver." : "Wait for its end.");
    }
    return use;
}

FolderUse::FolderUse(FolderUse&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderUse::~FolderUse() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

base::Result<CopyReport> move_store(const std::filesystem::path& folder, std::string_view from, std::string_view to,
                                    const CopyProgress& progress) {
    if (from == to) {
        return base::fail(base::ErrorCode::usage, std::string(to), "The store is there already.");
    }
    const auto source = TRY(open_database(from));
    const bool in_use = TRY(source->is_used_by_others());
    if (in_use) {
        return base::fail(base::ErrorCode::unavailable, source->where(), "Other stores work with this database.",
                          "Stop them: kiosks keep what they can't deliver.");
    }
    auto arrival = TRY(Arrival::open(to, source->identity()));
    const CopyReport report = TRY(arrival.is_whole() ? compare_rows(*source, arrival.database())
                                                     : copy_rows(*source, arrival.database(), progress));
    TRY(arrival.finish());
    TRY(set_database_address(folder, to));
    return report;
}

}  // namespace pillarbox::store
