// SPDX-License-Identifier: GPL-3.0-or-later
//
// SQLite's result codes as the project's errors. For this folder's own sources.
#pragma once

#include <string>

#include "core/base/error.hpp"

struct sqlite3;

namespace pillarbox::sqlite {

// The error for the result code of a call on `handle` (may be null where opening failed early). `doing` ends the
// sentence "Could not ...".
[[nodiscard]] base::Error error_of(sqlite3* handle, int code, std::string where, const char* doing);

// The same, with the handle's own file as `where`.
[[nodiscard]] base::Error error_of(sqlite3* handle, int code, const char* doing);

}  // namespace pillarbox::sqlite
