// SPDX-License-Identifier: GPL-3.0-or-later
//
// Statements that are sent along with the next one (Connection::post).
#include "sync/store/postgres/connection.hpp"
#include "tests/sync/postgres/over_postgres.hpp"

using namespace pillarbox;
using postgres_storage::Connection;
using postgres_storage::Rows;

namespace {

std::uint64_t count(Connection& connection) {
    return connection.query("SELECT count(*) FROM kept").value().unsigned_integer(0, 0).value();
}

base::Result<void> insert(Connection& connection, const std::vector<std::uint64_t>& values,
                          Connection::Check check = {}) {
    return connection.post("INSERT INTO kept SELECT unnest($1::bigint[])",
                           std::move(postgres_storage::Parameters().add_array(values)), std::move(check));
}

base::Result<void> refused(const Rows& answer) {
    return base::fail(base::ErrorCode::damaged, {}, "There were " + std::to_string(answer.changed()) + " rows.");
}

// Within a transaction, with every statement prepared: the first use of one waits for what was posted.
Connection connected() {
    Connection connection = Connection::open(*tests::new_database_address()).value();
    REQUIRE(connection.run("CREATE TABLE kept (value bigint PRIMARY KEY)").has_value());
    REQUIRE(insert(connection, {}).has_value());
    REQUIRE(count(connection) == 0);
    REQUIRE(connection.post("BEGIN").has_value());
    return connection;
}

}  // namespace

TEST_CASE("What is posted is done before the next statement and its check sees what it changed") {
    Connection connection = connected();
    std::uint64_t changed = 0;
    const auto look = [&](const Rows& answer) -> base::Result<void> {
        changed = answer.changed();
        return {};
    };
    REQUIRE(insert(connection, {1, 2}, look).has_value());
    REQUIRE(insert(connection, {3}).has_value());
    CHECK(changed == 0);
    CHECK(count(connection) == 3);
    CHECK(changed == 2);
    CHECK(connection.run("COMMIT").has_value());
    CHECK(connection.is_usable());
}

TEST_CASE("A statement that was posted and fails makes the next one fail and the connection is usable after it") {
    Connection connection = connected();
    REQUIRE(insert(connection, {1}).has_value());
    REQUIRE(insert(connection, {1}).has_value());
    REQUIRE(insert(connection, {2}).has_value());
    const auto answer = connection.query("SELECT count(*) FROM kept");
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().code == base::ErrorCode::already_exists);
    CHECK(connection.run("ROLLBACK").has_value());
    CHECK(connection.is_usable());
    CHECK(count(connection) == 0);
}

TEST_CASE("A check that refuses what a posted statement did is told by whatever comes next") {
    Connection connection = connected();
    REQUIRE(insert(connection, {1}, refused).has_value());
    const auto by_query = connection.query("SELECT count(*) FROM kept");
    REQUIRE_FALSE(by_query.has_value());
    CHECK(by_query.error().what == "There were 1 rows.");
    REQUIRE(insert(connection, {2, 3}, refused).has_value());
    const auto settled = connection.settle();
    REQUIRE_FALSE(settled.has_value());
    CHECK(settled.error().what == "There were 2 rows.");
    REQUIRE(insert(connection, {4}, refused).has_value());
    CHECK_FALSE(connection.run("COMMIT").has_value());
    CHECK(connection.run("ROLLBACK").has_value());
    CHECK(connection.is_usable());
    CHECK(count(connection) == 0);
}

TEST_CASE("A connection that is cut between a posted statement and the next one says so and is not used again") {
    Connection connection = connected();
    REQUIRE(connection.post("SELECT pg_terminate_backend(pg_backend_pid())").has_value());
    const auto answer = connection.query("SELECT count(*) FROM kept");
    REQUIRE_FALSE(answer.has_value());
    CHECK(answer.error().code == base::ErrorCode::network);
    CHECK_FALSE(connection.is_usable());
}
