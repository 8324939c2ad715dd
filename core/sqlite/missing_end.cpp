// SPDX-License-Identifier: GPL-3.0-or-later
//
// Works below SQL, on SQLite's own file handle: its locks are the ones that other connections see, and in WAL mode
// each of those holds a shared lock for as long as it lives, so that an exclusive one proves that there is none.
#include "core/sqlite/missing_end.hpp"

#include <sqlite3.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "core/sqlite/error_mapping.hpp"

namespace pillarbox::sqlite {
namespace {

constexpr std::string_view magic("SQLite format 3\0", 16);
constexpr std::size_t header_size_bytes = 100;
// Offsets in the header, https://www.sqlite.org/fileformat2.html#the_database_header
constexpr std::size_t page_size_offset = 16;
constexpr std::size_t change_counter_offset = 24;
constexpr std::size_t page_count_offset = 28;
constexpr std::size_t valid_for_offset = 92;

using Header = std::array<std::uint8_t, header_size_bytes>;

struct Close {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
};

struct Unlock {
    void operator()(sqlite3_file* file) const noexcept { file->pMethods->xUnlock(file, SQLITE_LOCK_NONE); }
};

std::uint64_t integer_at(const Header& header, std::size_t offset, std::size_t size_bytes) {
    std::uint64_t number = 0;
    for (std::size_t index = 0; index < size_bytes; ++index) {
        number = number << 8U | header[offset + index];
    }
    return number;
}

// 0 where the header does not tell.
std::uint64_t size_told_by(const Header& header) {
    const bool is_database = std::string_view(reinterpret_cast<const char*>(header.data()), magic.size()) == magic;
    const bool is_valid = integer_at(header, change_counter_offset, 4) == integer_at(header, valid_for_offset, 4);
    const std::uint64_t page_size = integer_at(header, page_size_offset, 2);
    constexpr std::uint64_t page_size_bytes_max = 65536;  // written as 1
    return is_database && is_valid
               ? (page_size == 1 ? page_size_bytes_max : page_size) * integer_at(header, page_count_offset, 4)
               : 0;
}

bool has_log(sqlite3* handle, const std::string& path) {
    sqlite3_vfs* vfs = nullptr;
    sqlite3_file_control(handle, "main", SQLITE_FCNTL_VFS_POINTER, &vfs);
    int is_there = 1;
    const std::string log = path + "-wal";
    return vfs == nullptr || vfs->xAccess(vfs, log.c_str(), SQLITE_ACCESS_EXISTS, &is_there) != SQLITE_OK ||
           is_there != 0;
}

bool lock_out_others(sqlite3_file* file) {
    for (const int level : {SQLITE_LOCK_SHARED, SQLITE_LOCK_RESERVED, SQLITE_LOCK_EXCLUSIVE}) {
        if (file->pMethods->xLock(file, level) != SQLITE_OK) {
            return false;
        }
    }
    return true;
}

}  // namespace

base::Result<FileEnd> fill_missing_end(const std::filesystem::path& path, std::uint64_t size_bytes_max) {
    std::error_code status;
    const std::string full_path = std::filesystem::absolute(path, status).string();
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(full_path.c_str(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    const std::unique_ptr<sqlite3, Close> handle(opened);
    if (code != SQLITE_OK) {
        return std::unexpected(error_of(opened, code, full_path, "be opened"));
    }
    sqlite3_file* file = nullptr;
    sqlite3_file_control(opened, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (file == nullptr || file->pMethods == nullptr || has_log(opened, full_path)) {
        return FileEnd::as_it_was;
    }
    const std::unique_ptr<sqlite3_file, Unlock> locked(file);
    Header header{};
    sqlite3_int64 size_bytes = 0;
    if (!lock_out_others(file) || file->pMethods->xFileSize(file, &size_bytes) != SQLITE_OK ||
        file->pMethods->xRead(file, header.data(), header_size_bytes, 0) != SQLITE_OK) {
        return FileEnd::as_it_was;
    }
    const std::uint64_t told_bytes = size_told_by(header);
    if (static_cast<std::uint64_t>(size_bytes) >= told_bytes || told_bytes > size_bytes_max) {
        return FileEnd::as_it_was;
    }
    constexpr char zero = 0;
    int written = file->pMethods->xWrite(file, &zero, 1, static_cast<sqlite3_int64>(told_bytes - 1));
    written = written == SQLITE_OK ? file->pMethods->xSync(file, SQLITE_SYNC_FULL) : written;
    if (written != SQLITE_OK) {
        return std::unexpected(error_of(opened, written, full_path, "be written"));
    }
    return FileEnd::filled;
}

}  // namespace pillarbox::sqlite
