// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/databases.hpp"

#include "sync/store/postgres/database.hpp"
#include "sync/store/sqlite/database.hpp"

namespace pillarbox::store {
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

}  // namespace

base::Result<std::optional<std::filesystem::path>> sqlite_file_of(std::string_view address) {
    if (address.starts_with(sqlite_scheme) && address.size() > sqlite_scheme.size()) {
        return std::optional(std::filesystem::path(address.substr(sqlite_scheme.size())));
    }
    TRY(postgres_storage::check_address(address));
    return std::optional<std::filesystem::path>();
}

std::string sqlite_address(const std::filesystem::path& file) {
    return std::string(sqlite_scheme) + file.string();
}

base::Result<void> check_address(std::string_view address) {
    TRY(sqlite_file_of(address));
    return {};
}

base::Result<bool> is_made(std::string_view address) {
    const auto file = TRY(sqlite_file_of(address));
    return file.has_value() ? sqlite_storage::Database::is_made(*file) : postgres_storage::Database::is_made(address);
}

base::Result<std::unique_ptr<Database>> create_database(std::string_view address, const Identity& identity) {
    const auto file = TRY(sqlite_file_of(address));
    if (file.has_value()) {
        return TRY(sqlite_storage::Database::create(*file, identity));
    }
    return TRY(postgres_storage::Database::create(address, identity));
}

base::Result<std::unique_ptr<Database>> open_database(std::string_view address) {
    const auto file = TRY(sqlite_file_of(address));
    if (file.has_value()) {
        return TRY(sqlite_storage::Database::open(*file, sqlite::OpenMode::read_write));
    }
    return TRY(postgres_storage::Database::open(address));
}

}  // namespace pillarbox::store
