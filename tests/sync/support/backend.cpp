// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/support/backend.hpp"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace pillarbox::tests {
namespace {

int& schema_count() {
    static int count = 0;
    return count;
}

std::string last_schema() {
    return "store" + std::to_string(schema_count());
}

}  // namespace

Backend backend() {
    const char* wanted = std::getenv("PILLARBOX_TEST_BACKEND");
    return wanted != nullptr && std::string_view(wanted) == "postgres" ? Backend::postgres : Backend::sqlite;
}

PostgresServer& postgres_server() {
    if (postgres_programs().empty()) {
        std::puts("SKIPPED: PostgreSQL is not installed");
        std::exit(0);
    }
    // Nothing here pulls a plug, so nothing needs to reach the disk.
    static PostgresServer server({"fsync=off"});
    return server;
}

std::optional<std::string> new_database_address() {
    if (backend() == Backend::sqlite) {
        return std::nullopt;
    }
    ++schema_count();
    postgres_server().sql("CREATE SCHEMA " + last_schema());
    return postgres_server().address("postgres", last_schema());
}

void run_in_last_schema(const std::string& sql) {
    ask_last_schema(sql);
}

std::string ask_last_schema(const std::string& sql) {
    return postgres_server().sql("SET search_path = " + last_schema() + "; " + sql);
}

}  // namespace pillarbox::tests
