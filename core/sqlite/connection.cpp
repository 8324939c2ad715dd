// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlite/connection.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/file.hpp"
#include "core/sqlite/error_mapping.hpp"
#include "core/sqlite/sealed_files.hpp"
#include "core/sqlite/sealed_layout.hpp"
#include "core/sqlite/sealed_log_check.hpp"

namespace pillarbox::sqlite {
namespace {

// SQLite itself makes new files readable by everyone (0644). An empty file is a valid empty database, so it is made
// here first, for owner and group (the kiosk and pillarbox-sync may be two users of one group); the umask may narrow
// it further.
base::Result<void> make_empty_file(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660);
    if (descriptor >= 0) {
        ::close(descriptor);
        return {};
    }
    if (errno == EEXIST) {
        return {};
    }
    return std::unexpected(base::error_of_errno(errno, path, "created"));
}

int open_flags(OpenMode mode) {
    const int common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
        case OpenMode::create:
        case OpenMode::read_write:
            return common | SQLITE_OPEN_READWRITE;
        case OpenMode::read_only:
            return common | SQLITE_OPEN_READONLY;
    }
    return common | SQLITE_OPEN_READONLY;
}

// Hardening that has no PRAGMA: a database file that somebody prepared must not make this program run its triggers'
// functions, load code, or rewrite its own schema.
void harden(sqlite3* handle) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
}

// SQLite lists a page that the system would not give with the pages that are wrong, and its own code beside it.
bool tells_of_unreadable_page(std::string_view finding) {
    constexpr std::string_view words = "unable to get the page. error code=";
    const std::size_t place = finding.find(words);
    if (place == std::string_view::npos) {
        return false;
    }
    const std::string_view digits = finding.substr(place + words.size());
    int code = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), code);
    return (code & 0xff) == SQLITE_IOERR && code != SQLITE_IOERR_DATA;  // which is no refusal of the system's
}

}  // namespace

void Connection::Close::operator()(sqlite3* handle) const noexcept {
    sqlite3_close_v2(handle);
}

Connection::Connection(std::unique_ptr<SealedFiles> sealed, sqlite3* handle, std::filesystem::path path,
                       std::chrono::milliseconds busy_timeout)
    : sealed_(std::move(sealed)), handle_(handle), path_(std::move(path)), busy_timeout_(busy_timeout) {}

Connection::~Connection() = default;
Connection::Connection(Connection&& other) noexcept = default;

Connection& Connection::operator=(Connection&& other) noexcept {
    handle_ = std::move(other.handle_);  // first: closing writes through the files
    sealed_ = std::move(other.sealed_);
    path_ = std::move(other.path_);
    busy_timeout_ = other.busy_timeout_;
    return *this;
}

base::Result<Connection> Connection::open(const std::filesystem::path& path, OpenMode mode,
                                          const Settings& settings) {
    std::error_code status;
    // Absolute, because Debian's SQLite reads a name that starts with "file:" as a URI with options.
    const std::filesystem::path full_path = std::filesystem::absolute(path, status);
    if (status) {
        return std::unexpected(base::error_of_errno(status.value(), path, "opened"));
    }
    if (mode == OpenMode::create) {
        TRY(make_empty_file(full_path));
    } else if (!std::filesystem::exists(full_path, status)) {
        return base::fail(base::ErrorCode::not_found, full_path.string(), "There is no such file.",
                          "Check the path.");
    }
    if (settings.key != nullptr) {
        TRY(check_sealed_log(full_path, *settings.key));
    }
    auto sealed = settings.key == nullptr ? nullptr : std::make_unique<SealedFiles>(*settings.key);
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(full_path.c_str(), &handle, open_flags(mode),
                                     sealed == nullptr ? nullptr : sealed->vfs_name());
    Connection connection(std::move(sealed), handle, full_path,
                          settings.busy_timeout);  // closes also after a failure, as SQLite asks
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(handle, code, full_path.string(), "be opened"));
    }
    TRY(connection.configure(mode, settings));
    return connection;
}

base::Result<void> Connection::configure(OpenMode mode, const Settings& settings) {
    harden(handle_.get());
    sqlite3_busy_timeout(handle_.get(), static_cast<int>(settings.busy_timeout.count()));
    TRY(
        run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; "
            "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON"));
    if (mode != OpenMode::read_only) {
        if (sealed_ != nullptr) {
            PILLARBOX_CHECK(settings.page_size_bytes == static_cast<int>(sealed_page_size_bytes));
            TRY(keep_first_journal_in_memory());
        }
        // The page size counts only before the first table, and must come before WAL.
        TRY(run(fmt::format("PRAGMA secure_delete = ON; PRAGMA page_size = {}", settings.page_size_bytes)));
        TRY(switch_to_wal(settings.busy_timeout));
        TRY(run("PRAGMA synchronous = FULL"));
    }
    return run(
        "SELECT count(*) FROM sqlite_schema");  // reads page 1: a file that is no database shows here, not later
}

// A new file's first page is written before there is a write-ahead log, and a sealed file has no rollback journal. A
// crash in between loses nothing: there is nothing yet.
base::Result<void> Connection::keep_first_journal_in_memory() {
    auto count = TRY(prepare("PRAGMA page_count"));
    {
        auto rows = TRY(count.query());
        if (!TRY(rows.next()) || TRY(rows.integer(0)) != 0) {
            return {};
        }
    }
    return run("PRAGMA journal_mode = MEMORY");
}

// Two processes that open a new file together: the change to WAL needs an exclusive lock, for which SQLite does not
// call the busy handler (waiting could deadlock). So the waiting is done here.
base::Result<void> Connection::switch_to_wal(std::chrono::milliseconds busy_timeout) {
    constexpr int pause_ms = 10;
    // By the clock: an attempt that meets another lock has waited for it inside SQLite already.
    const auto deadline = std::chrono::steady_clock::now() + busy_timeout;
    for (;;) {
        auto switched = run("PRAGMA journal_mode = WAL");
        const bool busy = !switched.has_value() && switched.error().code == base::ErrorCode::conflict;
        if (!busy || std::chrono::steady_clock::now() >= deadline) {
            return switched;
        }
        sqlite3_sleep(pause_ms);
    }
}

base::Result<void> Connection::run(std::string_view sql) {
    const std::string terminated(sql);
    const int code = sqlite3_exec(handle_.get(), terminated.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(handle_.get(), code, path_.string(), "be used"));
    }
    return {};
}

base::Result<Statement> Connection::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int code = sqlite3_prepare_v3(handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, &rest);
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(handle_.get(), code, path_.string(), "be used"));
    }
    PILLARBOX_CHECK(statement != nullptr && rest == sql.data() + sql.size());  // exactly one statement
    return Statement(statement);
}

std::int64_t Connection::changes() const {
    return sqlite3_changes64(handle_.get());
}

std::int64_t Connection::last_insert_rowid() const {
    return sqlite3_last_insert_rowid(handle_.get());
}

base::Result<void> Connection::check_integrity() {
    return check_integrity_of({});
}

base::Result<void> Connection::check_integrity_of(std::string_view table) {
    auto check = TRY(prepare(table.empty() ? std::string("PRAGMA integrity_check(1)")
                                           : fmt::format("PRAGMA integrity_check(\"{}\")", table)));
    auto rows = TRY(check.query());
    if (!TRY(rows.next())) {
        return base::fail(base::ErrorCode::damaged, path_.string(), "The integrity check gave no answer.");
    }
    std::string finding(TRY(rows.text(0)));
    if (finding == "ok") {
        return {};
    }
    std::ranges::replace(finding, '\n', ' ');  // an error is one line
    // What the system does not let it read may be whole all the same.
    if (tells_of_unreadable_page(finding)) {
        return base::fail(base::ErrorCode::input_output, path_.string(),
                          fmt::format("The integrity check could not read it: {}.", finding),
                          "Check the disk and try again.");
    }
    return base::fail(base::ErrorCode::damaged, path_.string(),
                      fmt::format("The integrity check found: {}.", finding),
                      "Keep a copy of the file, then restore it from a backup.");
}

base::Result<CheckpointOutcome> Connection::checkpoint(std::chrono::milliseconds patience) {
    sqlite3_busy_timeout(handle_.get(), static_cast<int>(patience.count()));
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    const int extended_code = code == SQLITE_OK ? SQLITE_OK : sqlite3_extended_errcode(handle_.get());
    sqlite3_busy_timeout(handle_.get(), static_cast<int>(busy_timeout_.count()));
    if (code == SQLITE_OK) {
        return CheckpointOutcome::emptied;
    }
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) {
        return CheckpointOutcome::others_active;
    }
    return std::unexpected(
        error_of(handle_.get(), extended_code, path_.string(), "move the write-ahead log into the database"));
}

}  // namespace pillarbox::sqlite
