// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which database a store uses, by its address:
//   sqlite:/var/lib/pillarbox/store.db           a file
//   postgres://user@one,two/name?sslmode=...     a PostgreSQL cluster (libpq's URI; "postgresql://" too)
// An address holds no password: it would stand in process lists and files. libpq takes one from ~/.pgpass, from
// PGPASSFILE, or from a service file.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

[[nodiscard]] std::string sqlite_address(const std::filesystem::path& file);

// The file of an SQLite address; nullopt for a PostgreSQL one. Errors as check_address.
[[nodiscard]] base::Result<std::optional<std::filesystem::path>> sqlite_file_of(std::string_view address);

// usage for what is no address, or one with a password in it.
[[nodiscard]] base::Result<void> check_address(std::string_view address);

// False where nothing is there, or a store whose making was cut short: create_database may be called then.
[[nodiscard]] base::Result<bool> is_made(std::string_view address);
[[nodiscard]] base::Result<std::unique_ptr<Database>> create_database(std::string_view address,
                                                                      const Identity& identity);
[[nodiscard]] base::Result<std::unique_ptr<Database>> open_database(std::string_view address);

}  // namespace pillarbox::store
