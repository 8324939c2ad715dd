// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/arrival.hpp"

#include "sync/store/databases.hpp"
#include "sync/store/postgres/database.hpp"
#include "sync/store/sqlite/database.hpp"

namespace pillarbox::store {
namespace {

namespace fs = std::filesystem;

fs::path arriving(const fs::path& file) {
    fs::path path = file;
    path += ".arriving";
    return path;
}

base::Result<void> check_same(const Database& database, const Identity& identity) {
    const Identity& found = database.identity();
    if (found.name != identity.name || found.epoch != identity.epoch || found.copies != identity.copies) {
        return base::fail(base::ErrorCode::already_exists, database.where(), "Another store is there.",
                          "Name an empty database, or a file that is not there yet.");
    }
    return {};
}

base::Result<std::unique_ptr<Database>> open_file(const fs::path& file, const Identity& identity) {
    const bool made = TRY(sqlite_storage::Database::is_made(arriving(file)));
    if (made) {
        return TRY(sqlite_storage::Database::open(arriving(file), sqlite::OpenMode::read_write));
    }
    return TRY(sqlite_storage::Database::create(arriving(file), identity));
}

}  // namespace

base::Result<Arrival> Arrival::open(std::string_view address, const Identity& identity) {
    const auto file = TRY(sqlite_file_of(address));
    const bool is_whole = file.has_value() ? fs::exists(*file) : TRY(postgres_storage::Database::is_whole(address));
    std::unique_ptr<Database> database;
    if (is_whole) {
        database = TRY(open_database(address));
    } else if (file.has_value()) {
        database = TRY(open_file(*file, identity));
    } else {
        database = TRY(postgres_storage::Database::arrive(address, identity));
    }
    TRY(check_same(*database, identity));
    return Arrival(std::string(address), std::move(database), is_whole);
}

base::Result<void> Arrival::finish() {
    if (is_whole_) {
        return {};
    }
    const auto file = TRY(sqlite_file_of(address_));
    if (!file.has_value()) {
        database_.reset();
        return postgres_storage::Database::has_arrived(address_);
    }
    TRY(database_->copy_file(*file));
    database_.reset();
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) {
        fs::path left = arriving(*file);
        left += suffix;
        fs::remove(left, ignored);
    }
    return {};
}

}  // namespace pillarbox::store
