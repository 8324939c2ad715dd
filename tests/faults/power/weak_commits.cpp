// SPDX-License-Identifier: GPL-3.0-or-later
//
// An automatic extension (https://www.sqlite.org/c3ref/auto_extension.html) sees each connection when it is opened;
// an authorizer, which the product does not use, then drops the statement that would set FULL again.
#include "tests/faults/power/weak_commits.hpp"

#include <sqlite3.h>

#include <cstring>

namespace pillarbox::tests {
namespace {

int drop_synchronous(void*, int action, const char* name, const char*, const char*, const char*) {
    const bool dropped = action == SQLITE_PRAGMA && name != nullptr && std::strcmp(name, "synchronous") == 0;
    return dropped ? SQLITE_IGNORE : SQLITE_OK;
}

int weaken(sqlite3* connection, char**, const sqlite3_api_routines*) {
    const int code = sqlite3_exec(connection, "PRAGMA synchronous = NORMAL", nullptr, nullptr, nullptr);
    sqlite3_set_authorizer(connection, drop_synchronous, nullptr);
    return code;
}

}  // namespace

void commit_without_flushing() {
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(weaken));
}

}  // namespace pillarbox::tests
