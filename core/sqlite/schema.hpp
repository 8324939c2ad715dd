// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which database this is (PRAGMA application_id) and how new its tables are (PRAGMA user_version).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/result.hpp"
#include "core/sqlite/connection.hpp"

namespace pillarbox::sqlite {

struct Schema {
    std::int32_t application_id;                 // four ASCII letters, big-endian; not 0
    std::span<const std::string_view> versions;  // versions[n] is SQL that leads from user_version n to n+1
};

// Brings a database to the newest version, in one transaction; an empty one gets all of it. `unsupported` where the
// file is of another application or a newer version: nothing is changed then.
[[nodiscard]] base::Result<void> migrate(Connection& connection, const Schema& schema);

// The same checks without any change, for read-only connections.
[[nodiscard]] base::Result<void> check_schema(Connection& connection, const Schema& schema);

}  // namespace pillarbox::sqlite
