// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <array>
#include <chrono>
#include <limits>
#include <string>
#include <vector>

#include "core/base/file.hpp"
#include "core/sqlite/backup.hpp"
#include "core/sqlite/connection.hpp"
#include "core/sqlite/schema.hpp"
#include "core/sqlite/transaction.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {
namespace {

using base::ErrorCode;
using sqlite::Connection;
using sqlite::OpenMode;

Connection open_new(const std::filesystem::path& path) {
    auto connection = Connection::open(path, OpenMode::create, {.busy_timeout = std::chrono::milliseconds(50)});
    REQUIRE(connection.has_value());
    return std::move(*connection);
}

template <typename T>
ErrorCode error_code(const base::Result<T>& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().code;
}

std::int64_t number(Connection& connection, std::string_view sql) {
    auto statement = connection.prepare(sql);
    REQUIRE(statement.has_value());
    auto rows = statement->query();
    REQUIRE(rows.has_value());
    REQUIRE(rows->next().value_or(false));
    return *rows->integer(0);
}

TEST_CASE("a connection has the durable and guarded settings") {
    const TemporaryFolder folder;
    Connection connection = open_new(folder / "a.db");
    CHECK(number(connection, "PRAGMA synchronous") == 2);
    CHECK(number(connection, "PRAGMA secure_delete") == 1);
    CHECK(number(connection, "PRAGMA trusted_schema") == 0);
    CHECK(number(connection, "PRAGMA foreign_keys") == 1);
    CHECK(number(connection, "PRAGMA cell_size_check") == 1);
    CHECK(number(connection, "PRAGMA mmap_size") == 0);
    CHECK(number(connection, "PRAGMA temp_store") == 2);
    auto mode = connection.prepare("PRAGMA journal_mode");
    auto rows = mode->query();
    REQUIRE(rows->next().value_or(false));
    CHECK(*rows->text(0) == "wal");
    struct stat status{};
    REQUIRE(::stat((folder / "a.db").c_str(), &status) == 0);
    CHECK((status.st_mode & 07) == 0);
}

TEST_CASE("values come back as they were bound") {
    const TemporaryFolder folder;
    Connection connection = open_new(folder / "a.db");
    REQUIRE(connection.run("CREATE TABLE t(i, u, r, t, b, e, n)").has_value());
    const base::Bytes bytes{0, 1, 255};
    auto insert = connection.prepare("INSERT INTO t VALUES(?, ?, ?, ?, ?, ?, ?)");
    REQUIRE(
        insert->run(-5, 7U, 0.5, std::string_view("\u00e4"), base::ByteView(bytes), base::ByteView(), sqlite::Null{})
            .has_value());
    CHECK(connection.changes() == 1);
    auto select = connection.prepare("SELECT * FROM t");
    auto rows = select->query();
    REQUIRE(rows->next().value_or(false));
    CHECK(*rows->integer(0) == -5);
    CHECK(*rows->unsigned_integer(1) == 7);
    CHECK(*rows->real(2) == 0.5);
    CHECK(*rows->text(3) == "\u00e4");
    CHECK(base::to_hex(*rows->bytes(4)) == "0001ff");
    CHECK(rows->bytes(5)->empty());
    CHECK(rows->is_null(6));
    CHECK(error_code(rows->unsigned_integer(0)) == ErrorCode::damaged);
    CHECK(error_code(rows->bytes(3)) == ErrorCode::damaged);
    CHECK(error_code(rows->array<2>(4)) == ErrorCode::damaged);
    CHECK_FALSE(rows->next().value_or(true));
    CHECK(error_code(insert->run(0, std::numeric_limits<std::uint64_t>::max(), 0.5, std::string_view(),
                                 base::ByteView(), base::ByteView(), sqlite::Null{})) == ErrorCode::limit_exceeded);
}

TEST_CASE("a text that is not UTF-8 is damage and reaches nobody") {
    const TemporaryFolder folder;
    Connection connection = open_new(folder / "a.db");
    auto select = connection.prepare("SELECT CAST(x'61ff' AS TEXT)");
    auto rows = select->query();
    REQUIRE(rows->next().value_or(false));
    CHECK(error_code(rows->text(0)) == ErrorCode::damaged);
}

TEST_CASE("a statement is free again when its rows go half-way") {
    const TemporaryFolder folder;
    Connection connection = open_new(folder / "a.db");
    REQUIRE(connection.run("CREATE TABLE t(x); INSERT INTO t VALUES(1), (2)").has_value());
    auto select = connection.prepare("SELECT x FROM t ORDER BY x");
    for (int round = 0; round < 2; ++round) {
        auto rows = select->query();
        REQUIRE(rows->next().value_or(false));
        CHECK(*rows->integer(0) == 1);
    }
    CHECK(*connection.checkpoint(std::chrono::milliseconds(0)) == sqlite::CheckpointOutcome::emptied);
}

TEST_CASE("a transaction rolls back unless committed") {
    const TemporaryFolder folder;
    Connection connection = open_new(folder / "a.db");
    REQUIRE(connection.run("CREATE TABLE t(x)").has_value());
    {
        auto transaction = sqlite::Transaction::begin(connection, sqlite::TransactionKind::write);
        REQUIRE(connection.run("INSERT INTO t VALUES(1)").has_value());
    }
    CHECK(number(connection, "SELECT count(*) FROM t") == 0);
    auto transaction = sqlite::Transaction::begin(connection, sqlite::TransactionKind::write);
    REQUIRE(connection.run("INSERT INTO t VALUES(1)").has_value());
    REQUIRE(transaction->commit().has_value());
    CHECK(number(connection, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("a second writer gets a conflict when its patience ends") {
    const TemporaryFolder folder;
    Connection first = open_new(folder / "a.db");
    Connection second = open_new(folder / "a.db");
    auto transaction = sqlite::Transaction::begin(first, sqlite::TransactionKind::write);
    REQUIRE(transaction.has_value());
    CHECK(error_code(sqlite::Transaction::begin(second, sqlite::TransactionKind::write)) == ErrorCode::conflict);
}

TEST_CASE("opening a file that another one keeps to itself ends when its patience does") {
    const TemporaryFolder folder;
    Connection first = open_new(folder / "a.db");
    REQUIRE(first.run("PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE t (x)").has_value());
    const auto begin = std::chrono::steady_clock::now();
    CHECK(error_code(Connection::open(folder / "a.db", OpenMode::read_write,
                                      {.busy_timeout = std::chrono::milliseconds(200)})) == ErrorCode::conflict);
    // Once to ask and once to change: not the patience of each of twenty attempts one after the other (4 s).
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("failures have the code that says what to do") {
    const TemporaryFolder folder;
    CHECK(error_code(Connection::open(folder / "none.db", OpenMode::read_write)) == ErrorCode::not_found);
    CHECK(error_code(Connection::open(folder / "no" / "such.db", OpenMode::create)) == ErrorCode::not_found);
    REQUIRE(base::write_file(folder / "text.db", base::bytes_of(std::string(5000, 'x'))).has_value());
    CHECK(error_code(Connection::open(folder / "text.db", OpenMode::create)) == ErrorCode::damaged);

    Connection connection = open_new(folder / "a.db");
    REQUIRE(connection.run("CREATE TABLE t(x UNIQUE CHECK(x > 0)); INSERT INTO t VALUES(1)").has_value());
    CHECK(error_code(connection.run("INSERT INTO t VALUES(1)")) == ErrorCode::already_exists);
    CHECK(error_code(connection.run("INSERT INTO t VALUES(0)")) == ErrorCode::conflict);
    CHECK(error_code(connection.prepare("SELECT nothing FROM t")) == ErrorCode::damaged);
    auto reader = Connection::open(folder / "a.db", OpenMode::read_only);
    REQUIRE(reader.has_value());
    const auto written = reader->run("INSERT INTO t VALUES(2)");
    CHECK(error_code(written) == ErrorCode::input_output);
    CHECK_FALSE(written.error().remedy.empty());
}

// A COMMIT fails in the log's file, of whose error number the connection knows nothing.
TEST_CASE("a commit that finds no room for its log is told as a full disk and undone") {
    const TemporaryFolder folder;
    Connection connection = open_new(folder / "a.db");
    REQUIRE(connection.run("CREATE TABLE t(x)").has_value());
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const rlimit small{50'000, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    base::Result<void> committed;
    {
        auto transaction = sqlite::Transaction::begin(connection, sqlite::TransactionKind::write);
        REQUIRE(connection.run("INSERT INTO t VALUES(randomblob(200000))").has_value());
        committed = transaction->commit();
    }
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(error_code(committed) == ErrorCode::no_space);
    CHECK(connection.run("INSERT INTO t VALUES(randomblob(200000))").has_value());
    CHECK(connection.check_integrity().has_value());
}

TEST_CASE("a damaged page is found by the integrity check") {
    const TemporaryFolder folder;
    {
        Connection connection = open_new(folder / "a.db");
        REQUIRE(connection.run("CREATE TABLE t(x); CREATE TABLE sound(x); INSERT INTO t VALUES(zeroblob(9000))")
                    .has_value());
    }
    auto bytes = base::read_file(folder / "a.db", 1U << 20U);
    REQUIRE(bytes->size() > 4096 * 2);
    std::fill(bytes->begin() + 4096, bytes->begin() + 4096 + 8, std::uint8_t{0xff});
    REQUIRE(base::write_file(folder / "a.db", *bytes).has_value());
    Connection connection = open_new(folder / "a.db");
    CHECK(error_code(connection.check_integrity()) == ErrorCode::damaged);
    CHECK(connection.check_integrity_of("sound").has_value());
}

TEST_CASE("migrations run once, in order, and refuse what is newer or another's") {
    const TemporaryFolder folder;
    constexpr std::array<std::string_view, 2> versions{"CREATE TABLE t(x)", "ALTER TABLE t ADD COLUMN y"};
    const sqlite::Schema old_schema{77, std::span(versions).first(1)};
    const sqlite::Schema new_schema{77, versions};
    Connection connection = open_new(folder / "a.db");
    REQUIRE(sqlite::migrate(connection, old_schema).has_value());
    CHECK(error_code(sqlite::check_schema(connection, new_schema)) == ErrorCode::unsupported);
    REQUIRE(sqlite::migrate(connection, new_schema).has_value());
    REQUIRE(sqlite::migrate(connection, new_schema).has_value());
    CHECK(number(connection, "PRAGMA user_version") == 2);
    CHECK(number(connection, "SELECT count(y) FROM t") == 0);
    CHECK(error_code(sqlite::migrate(connection, old_schema)) == ErrorCode::unsupported);
    CHECK(error_code(sqlite::migrate(connection, {78, versions})) == ErrorCode::unsupported);
}

TEST_CASE("a migration that fails leaves the database as it was") {
    const TemporaryFolder folder;
    constexpr std::array<std::string_view, 2> versions{"CREATE TABLE t(x)", "CREATE TABLE t(x)"};
    Connection connection = open_new(folder / "a.db");
    REQUIRE_FALSE(sqlite::migrate(connection, {77, versions}).has_value());
    CHECK(number(connection, "SELECT count(*) FROM sqlite_schema") == 0);
}

TEST_CASE("a backup is one sound file with all that was committed, and never overwrites") {
    const TemporaryFolder folder;
    Connection connection = open_new(folder / "a.db");
    REQUIRE(connection.run("CREATE TABLE t(x); INSERT INTO t VALUES(42)").has_value());
    REQUIRE(sqlite::back_up(connection, folder / "b.db").has_value());
    CHECK_FALSE(std::filesystem::exists(folder / "b.db-wal"));
    CHECK_FALSE(std::filesystem::exists(folder / "b.db.part"));
    CHECK(error_code(sqlite::back_up(connection, folder / "b.db")) == ErrorCode::already_exists);
    Connection copy = open_new(folder / "b.db");
    CHECK(number(copy, "SELECT x FROM t") == 42);
    CHECK(error_code(sqlite::back_up(connection, folder / "no" / "b.db")) == ErrorCode::not_found);
}

TEST_CASE("a backup has the page size of its source") {
    for (const int page_size_bytes : {512, 4096, 16384, 65536}) {
        const TemporaryFolder folder;
        auto connection = Connection::open(folder / "a.db", OpenMode::create, {.page_size_bytes = page_size_bytes});
        REQUIRE(connection.has_value());
        REQUIRE(connection->run("CREATE TABLE t(x); INSERT INTO t VALUES(zeroblob(200000))").has_value());
        REQUIRE(sqlite::back_up(*connection, folder / "b.db").has_value());
        Connection copy = open_new(folder / "b.db");
        CHECK(number(copy, "PRAGMA page_size") == page_size_bytes);
        CHECK(number(copy, "SELECT length(x) FROM t") == 200'000);
    }
}

TEST_CASE("a file whose name looks like a URI is just a file") {
    const TemporaryFolder folder;
    std::filesystem::current_path(folder.path());
    CHECK(Connection::open("file:x.db?mode=memory", OpenMode::create).has_value());
    CHECK(std::filesystem::exists(folder / "file:x.db?mode=memory"));
    std::filesystem::current_path(PILLARBOX_SOURCE_DIR);
}

TEST_CASE("two processes can make a new database together") {
    for (int round = 0; round < 10; ++round) {
        const TemporaryFolder folder;
        const pid_t child = ::fork();
        const auto connection = Connection::open(folder / "a.db", OpenMode::create);
        if (child == 0) {
            ::_exit(connection.has_value() ? 0 : 1);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        CHECK(status == 0);
        CHECK(connection.has_value());
    }
}

}  // namespace
}  // namespace pillarbox::tests
