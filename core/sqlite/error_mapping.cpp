// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlite/error_mapping.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <utility>

namespace pillarbox::sqlite {
namespace {

using base::ErrorCode;

struct Meaning {
    ErrorCode code;
    const char* remedy;
};

constexpr Meaning no_space{ErrorCode::no_space, "Free some space on that disk and try again."};

bool means_full(int number) {
    return number == ENOSPC || number == EDQUOT || number == EFBIG;
}

int last_number_of(sqlite3_file* file) {
    int number = 0;
    if (file != nullptr && file->pMethods != nullptr) {
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &number);
    }
    return number;
}

// SQLite reports a full disk as SQLITE_FULL only for ENOSPC in write(); quotas, file size limits and the
// shared-memory file come as SQLITE_IOERR with the system's number beside it: with the connection, but for a COMMIT
// with the file that failed, the database or its log.
bool is_disk_full(sqlite3* handle) {
    if (handle == nullptr) {
        return false;
    }
    sqlite3_file* database = nullptr;
    sqlite3_file* log = nullptr;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &database);
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    return means_full(sqlite3_system_errno(handle)) || means_full(last_number_of(database)) ||
           means_full(last_number_of(log));
}

// A log that could not be made: SQLite tries once more to open it without making it, and what is known then is only
// that it is not there.
bool takes_no_more_files(sqlite3* handle) {
    const char* path = handle == nullptr ? nullptr : sqlite3_db_filename(handle, "main");
    struct statvfs status{};
    return path != nullptr && ::statvfs(path, &status) == 0 && status.f_files > 0 && status.f_favail == 0;
}

Meaning meaning_of(sqlite3* handle, int code) {
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID) {
        return {ErrorCode::already_exists, ""};
    }
    if (code == SQLITE_IOERR_DATA) {
        return {ErrorCode::damaged,
                "Its bytes were changed, or its key is another one: restore the file from a copy."};
    }
    switch (code & 0xff) {
        case SQLITE_FULL:
            return no_space;
        case SQLITE_IOERR:
            return is_disk_full(handle) ? no_space
                                        : Meaning{ErrorCode::input_output, "Check the disk and try again."};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorCode::damaged, "Keep a copy of the file, then restore it from a backup."};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::conflict, "Another program is writing to it: try again."};
        case SQLITE_CONSTRAINT:
            return {ErrorCode::conflict, ""};
        case SQLITE_READONLY:
            return {ErrorCode::input_output,
                    "It is read-only: check its permissions, its folder's, and how the disk is mounted."};
        case SQLITE_CANTOPEN:
            if (takes_no_more_files(handle)) {
                return no_space;
            }
            [[fallthrough]];
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {ErrorCode::input_output, "Check who owns the file and its folder, and their permissions."};
        case SQLITE_TOOBIG:
            return {ErrorCode::limit_exceeded, ""};
        case SQLITE_NOMEM:
            return {ErrorCode::unavailable, "Free some memory and try again."};
        // A statement that does not fit the tables: the file is not what its application_id says.
        case SQLITE_ERROR:
        case SQLITE_SCHEMA:
            return {ErrorCode::damaged, "Keep a copy of the file, then restore it from a backup."};
        // Result codes are ints, not an enum: whatever else SQLite may say is the system's refusal.
        default:
            return {ErrorCode::input_output, "Check the disk and try again."};
    }
}

}  // namespace

base::Error error_of(sqlite3* handle, int code, std::string where, const char* doing) {
    const Meaning meaning = meaning_of(handle, code);
    // sqlite3_errmsg names tables and columns, never values; it belongs to the last call, which is the one that
    // failed.
    const char* detail =
        handle != nullptr && sqlite3_extended_errcode(handle) == code ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    return base::Error{meaning.code, std::move(where), fmt::format("Could not {}: {}.", doing, detail),
                       meaning.remedy};
}

base::Error error_of(sqlite3* handle, int code, const char* doing) {
    const char* path = sqlite3_db_filename(handle, "main");
    return error_of(handle, code, path == nullptr ? std::string() : std::string(path), doing);
}

}  // namespace pillarbox::sqlite
