// SPDX-License-Identifier: GPL-3.0-or-later
//
// The backend under test: SQLite, or PostgreSQL where PILLARBOX_TEST_BACKEND=postgres is set. ctest runs each test
// case in a process of its own over SQLite, and all of them in one process over PostgreSQL, whose server they share;
// each store has a schema of its own there.
#pragma once

#include <optional>
#include <string>

#include "tests/support/postgres_server.hpp"

namespace pillarbox::tests {

enum class Backend { sqlite, postgres };
[[nodiscard]] Backend backend();

// The process's server, started at its first use. Ends the process, with a line that ctest takes for skipped, where
// PostgreSQL is not installed.
[[nodiscard]] PostgresServer& postgres_server();

// For `init --database`: a new empty schema; nullopt for SQLite, which needs none.
[[nodiscard]] std::optional<std::string> new_database_address();

// Runs SQL in the schema that was made last.
void run_in_last_schema(const std::string& sql);
std::string ask_last_schema(const std::string& sql);  // what psql prints of it

}  // namespace pillarbox::tests
