// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables of a store in SQLite.
#pragma once

#include "core/sqlite/schema.hpp"

namespace pillarbox::sqlite_storage {

[[nodiscard]] const sqlite::Schema& schema();

}  // namespace pillarbox::sqlite_storage
