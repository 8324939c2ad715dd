// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlite/schema.hpp"

#include <fmt/format.h>

#include "core/sqlite/transaction.hpp"

namespace pillarbox::sqlite {
namespace {

base::Result<std::int64_t> number_from(Connection& connection, std::string_view sql) {
    auto statement = TRY(connection.prepare(sql));
    auto rows = TRY(statement.query());
    if (!TRY(rows.next())) {
        return base::fail(base::ErrorCode::damaged, connection.path().string(),
                          "The database does not describe itself.");
    }
    return rows.integer(0);
}

struct State {
    bool is_new = false;
    std::size_t version = 0;
};

base::Result<State> read_state(Connection& connection, const Schema& schema) {
    const std::int64_t application = TRY(number_from(connection, "PRAGMA application_id"));
    const std::int64_t version = TRY(number_from(connection, "PRAGMA user_version"));
    const std::int64_t objects = TRY(number_from(connection, "SELECT count(*) FROM sqlite_schema"));
    if (application == 0 && version == 0 && objects == 0) {
        return State{.is_new = true};
    }
    if (application != schema.application_id) {
        return base::fail(base::ErrorCode::unsupported, connection.path().string(),
                          "This database belongs to another program.", "Check the path.");
    }
    if (version < 1 || static_cast<std::size_t>(version) > schema.versions.size()) {
        return base::fail(
            base::ErrorCode::unsupported, connection.path().string(),
            fmt::format("The database has version {}; this program knows 1 to {}.", version, schema.versions.size()),
            "Use the program version that wrote it, or a newer one.");
    }
    return State{.is_new = false, .version = static_cast<std::size_t>(version)};
}

}  // namespace

base::Result<void> migrate(Connection& connection, const Schema& schema) {
    State before;
    {
        // One snapshot: between three single reads another process could have made the tables.
        const auto snapshot = TRY(Transaction::begin(connection, TransactionKind::read));
        before = TRY(read_state(connection, schema));
    }
    if (before.version == schema.versions.size()) {
        return {};
    }
    auto transaction = TRY(Transaction::begin(connection, TransactionKind::write));
    // Read again under the lock: another process may have done it meanwhile.
    const State state = TRY(read_state(connection, schema));
    for (std::size_t version = state.version; version < schema.versions.size(); ++version) {
        TRY(connection.run(schema.versions[version]));
    }
    TRY(connection.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", schema.application_id,
                                   schema.versions.size())));
    return transaction.commit();
}

base::Result<void> check_schema(Connection& connection, const Schema& schema) {
    const State state = TRY(read_state(connection, schema));
    if (state.version != schema.versions.size()) {
        return base::fail(base::ErrorCode::unsupported, connection.path().string(),
                          "The database is of an older version.", "Open it once with the program that writes it.");
    }
    return {};
}

}  // namespace pillarbox::sqlite
