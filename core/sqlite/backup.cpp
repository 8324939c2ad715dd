// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlite/backup.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <utility>

#include "core/base/file.hpp"
#include "core/base/folder.hpp"
#include "core/sqlite/error_mapping.hpp"
#include "core/sqlite/sealed_files.hpp"

namespace pillarbox::sqlite {
namespace {

struct FinishBackup {
    void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};
using Backup = std::unique_ptr<sqlite3_backup, FinishBackup>;

// The copy is opened with the source's page size: once a database is in WAL mode, SQLite changes that no more.
base::Result<Settings> settings_like(Connection& source) {
    auto statement = TRY(source.prepare("PRAGMA page_size"));
    auto rows = TRY(statement.query());
    static_cast<void>(TRY(rows.next()));
    const std::int64_t page_size_bytes = TRY(rows.integer(0));
    return Settings{.page_size_bytes = static_cast<int>(page_size_bytes)};
}

base::Result<void> copy_pages(sqlite3* from, sqlite3* to, const std::filesystem::path& target) {
    const Backup backup(sqlite3_backup_init(to, "main", from, "main"));
    if (backup == nullptr) {
        return std::unexpected(error_of(to, sqlite3_extended_errcode(to), target.string(), "start the copy"));
    }
    // All pages in one step hold a read lock on the source only; in WAL mode its writers go on meanwhile, and the
    // copy is one moment's state without being restarted by them.
    const int code = sqlite3_backup_step(backup.get(), -1);
    if (code != SQLITE_DONE) {
        return std::unexpected(error_of(to, code, target.string(), "be copied"));
    }
    return {};
}

base::Result<void> write_copy(Connection& copy, sqlite3* from, sqlite3* to) {
    TRY(copy_pages(from, to, copy.path()));
    // The copied header says WAL; a backup is one file that needs no other beside it.
    TRY(copy.run("PRAGMA journal_mode = DELETE"));
    return copy.check_integrity();
}

base::Result<void> flush(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const int outcome = descriptor < 0 ? -1 : ::fsync(descriptor);
    const int number = errno;
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    if (outcome != 0) {
        return std::unexpected(base::error_of_errno(number, path, "flushed to disk"));
    }
    return {};
}

void remove_partial(const std::filesystem::path& partial) {
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
        std::filesystem::path file = partial;
        file += suffix;
        ::unlink(file.c_str());
    }
}

// link() and not rename(): it refuses a target that came into being meanwhile.
base::Result<void> give_name(const std::filesystem::path& partial, const std::filesystem::path& target) {
    TRY(flush(partial));
    if (::link(partial.c_str(), target.c_str()) != 0) {
        if (errno == EEXIST) {
            return base::fail(base::ErrorCode::already_exists, target.string(), "There is a file already.",
                              "Choose another name.");
        }
        // File systems of USB sticks (FAT) have no links.
        if (::rename(partial.c_str(), target.c_str()) != 0) {
            return std::unexpected(base::error_of_errno(errno, target, "renamed"));
        }
    }
    return base::flush_folder(base::folder_of(target));
}

}  // namespace

base::Result<void> back_up(Connection& source, const std::filesystem::path& target) {
    if (source.sealed_ != nullptr) {
        return base::fail(base::ErrorCode::unsupported, source.path().string(),
                          "A sealed database would leave its copy open.",
                          "Copy the folder while no program has it open.");
    }
    std::error_code status;
    const std::filesystem::path full_target = std::filesystem::absolute(target, status);
    if (status || std::filesystem::exists(full_target, status)) {
        return base::fail(base::ErrorCode::already_exists, target.string(), "There is a file already.",
                          "Choose another name.");
    }
    const Settings settings = TRY(settings_like(source));
    std::filesystem::path partial = full_target;
    partial += ".part";
    remove_partial(partial);
    base::Result<void> outcome;
    {
        auto copy = Connection::open(partial, OpenMode::create, settings);
        outcome = copy.has_value() ? write_copy(*copy, source.handle_.get(), copy->handle_.get())
                                   : std::unexpected(std::move(copy).error());
    }
    if (outcome.has_value()) {
        outcome = give_name(partial, full_target);
    }
    remove_partial(partial);
    return outcome;
}

}  // namespace pillarbox::sqlite
