// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sealed databases: nothing readable on disk at any moment, and no other bytes than those that were written.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <cstring>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "core/sqlite/backup.hpp"
#include "core/sqlite/connection.hpp"
#include "core/sqlite/sealed_layout.hpp"
#include "core/sqlite/transaction.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {
namespace {

namespace fs = std::filesystem;
using base::ErrorCode;
using sqlite::Connection;
using sqlite::OpenMode;
using sqlite::SealedFile;

constexpr std::string_view canary = "CANARY-my-answer-is-nobody's-business";
constexpr std::uint64_t block_on_disk = 4096 + 40;

crypto::SecretBytes new_key() {
    crypto::SystemRandom random;
    crypto::SecretBytes key(32);
    random.fill(key.bytes());
    return key;
}

base::Result<Connection> open_sealed(const fs::path& path, const crypto::SecretBytes& key,
                                     OpenMode mode = OpenMode::create) {
    return Connection::open(path, mode, {.busy_timeout = std::chrono::milliseconds(200), .key = &key});
}

// `rows` more rows, each with the canary and its number in its text.
base::Result<void> fill(Connection& connection, int rows) {
    TRY(connection.run("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, body TEXT) STRICT"));
    auto transaction = TRY(sqlite::Transaction::begin(connection, sqlite::TransactionKind::write));
    {
        auto insert =
            TRY(connection.prepare("INSERT INTO t(body) SELECT ? || (coalesce(max(id), 0) + 1) || ? FROM t"));
        for (int row = 0; row < rows; ++row) {
            TRY(insert.run(canary, std::string(200, 'x')));
        }
    }
    return transaction.commit();
}

// Reads every row and holds it against what was written; an error where SQLite gives one.
base::Result<std::int64_t> count_and_compare(Connection& connection) {
    auto select = TRY(connection.prepare("SELECT id, body FROM t ORDER BY id"));
    auto rows = TRY(select.query());
    std::int64_t count = 0;
    while (TRY(rows.next())) {
        ++count;
        const std::int64_t id = TRY(rows.integer(0));
        const std::string_view body = TRY(rows.text(1));
        CHECK(body.starts_with(std::string(canary) + std::to_string(id) + "x"));
    }
    return count;
}

bool any_file_holds(const fs::path& folder, std::string_view text) {
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto bytes = base::read_file(entry.path(), std::size_t{1} << 30U);
        REQUIRE(bytes.has_value());
        if (base::text_of(*bytes).find(text) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

void change_byte(const fs::path& path, std::uint64_t offset) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(offset));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(offset));
    file.put(static_cast<char>(byte ^ 1));
    REQUIRE(file.good());
}

base::Bytes block_of(const fs::path& path, std::uint64_t number) {
    const auto bytes = base::read_file(path, std::size_t{1} << 30U);
    const auto start = bytes->begin() + static_cast<std::ptrdiff_t>(number * block_on_disk);
    return base::Bytes(start, start + static_cast<std::ptrdiff_t>(block_on_disk));
}

void put_block(const fs::path& path, std::uint64_t number, const base::Bytes& block) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(number * block_on_disk));
    file.write(base::text_of(block).data(), static_cast<std::streamsize>(block.size()));
    REQUIRE(file.good());
}

ErrorCode outcome_of_reading(const fs::path& path, const crypto::SecretBytes& key) {
    auto connection = open_sealed(path, key, OpenMode::read_write);
    if (!connection.has_value()) {
        return connection.error().code;
    }
    const auto count = count_and_compare(*connection);
    REQUIRE_FALSE(count.has_value());
    return count.error().code;
}

TEST_CASE("a sealed database gives back what was written, also after it was closed") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    {
        auto connection = open_sealed(folder / "a.db", key);
        REQUIRE(connection.has_value());
        REQUIRE(fill(*connection, 500).has_value());
        CHECK(count_and_compare(*connection).value() == 500);
    }
    auto connection = open_sealed(folder / "a.db", key, OpenMode::read_write);
    REQUIRE(connection.has_value());
    CHECK(count_and_compare(*connection).value() == 500);
    CHECK(connection->check_integrity().has_value());
    CHECK(fs::file_size(folder / "a.db") % block_on_disk == 0);
}

TEST_CASE("no file of a sealed database holds a byte that says what it is or holds, open or closed") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    {
        auto connection = open_sealed(folder / "a.db", key);
        REQUIRE(connection.has_value());
        REQUIRE(fill(*connection, 300).has_value());
        REQUIRE(fs::file_size(folder / "a.db-wal") > 0);
        // A savepoint that changes many pages makes SQLite write a scratch file.
        REQUIRE(connection
                    ->run("BEGIN; UPDATE t SET body = body || 'y'; SAVEPOINT s; UPDATE t SET body = 'z' || body; "
                          "ROLLBACK TO s; COMMIT")
                    .has_value());
        CHECK(count_and_compare(*connection).value() == 300);
        CHECK_FALSE(any_file_holds(folder.path(), canary.substr(0, 10)));
        CHECK_FALSE(any_file_holds(folder.path(), "SQLite format"));
    }
    CHECK_FALSE(any_file_holds(folder.path(), canary.substr(0, 10)));
    CHECK_FALSE(any_file_holds(folder.path(), "CREATE TABLE"));
}

TEST_CASE("the canary is found in a database that is not sealed") {  // the control of the test above
    const TemporaryFolder folder;
    auto connection = Connection::open(folder / "a.db", OpenMode::create);
    REQUIRE(connection.has_value());
    REQUIRE(fill(*connection, 10).has_value());
    CHECK(any_file_holds(folder.path(), canary.substr(0, 10)));
}

TEST_CASE("one changed byte is damage, in whatever page and part of it") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    {
        auto connection = open_sealed(folder / "a.db", key);
        REQUIRE(fill(*connection, 200).has_value());
    }
    const std::uint64_t pages = fs::file_size(folder / "a.db") / block_on_disk;
    REQUIRE(pages > 5);
    for (std::uint64_t page = 0; page < pages; ++page) {
        for (const std::uint64_t within :
             {std::uint64_t{0}, std::uint64_t{2000}, std::uint64_t{4100}, std::uint64_t{4135}}) {
            fs::copy_file(folder / "a.db", folder / "b.db", fs::copy_options::overwrite_existing);
            change_byte(folder / "b.db", page * block_on_disk + within);
            INFO("page " << page << ", byte " << within);
            CHECK(outcome_of_reading(folder / "b.db", key) == ErrorCode::damaged);
        }
    }
}

TEST_CASE("pages that changed places, or come from another database or an older key, are damage") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    const crypto::SecretBytes other_key = new_key();
    for (const auto& [name, used] : {std::pair("a.db", &key), std::pair("other.db", &other_key)}) {
        auto connection = open_sealed(folder / name, *used);
        REQUIRE(fill(*connection, 200).has_value());
    }
    const base::Bytes second = block_of(folder / "a.db", 2);
    const base::Bytes third = block_of(folder / "a.db", 3);
    fs::copy_file(folder / "a.db", folder / "swapped.db");
    put_block(folder / "swapped.db", 2, third);
    put_block(folder / "swapped.db", 3, second);
    CHECK(outcome_of_reading(folder / "swapped.db", key) == ErrorCode::damaged);
    fs::copy_file(folder / "a.db", folder / "mixed.db");
    put_block(folder / "mixed.db", 2, block_of(folder / "other.db", 2));
    CHECK(outcome_of_reading(folder / "mixed.db", key) == ErrorCode::damaged);
    CHECK(outcome_of_reading(folder / "other.db", key) == ErrorCode::damaged);
}

TEST_CASE("a database that was cut short is damage, at a page's end or within one") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    {
        auto connection = open_sealed(folder / "a.db", key);
        REQUIRE(fill(*connection, 200).has_value());
    }
    const std::uint64_t size = fs::file_size(folder / "a.db");
    for (const std::uint64_t left : {size - 1, size - block_on_disk, 2 * block_on_disk, block_on_disk}) {
        fs::copy_file(folder / "a.db", folder / "b.db", fs::copy_options::overwrite_existing);
        fs::resize_file(folder / "b.db", left);
        INFO("left " << left);
        CHECK(outcome_of_reading(folder / "b.db", key) == ErrorCode::damaged);
    }
}

TEST_CASE("a log that was cut short gives the rows that were committed before the cut") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    auto connection = open_sealed(folder / "a.db", key);
    REQUIRE(fill(*connection, 20).has_value());
    const std::uint64_t whole = fs::file_size(folder / "a.db-wal");
    REQUIRE(fill(*connection, 20).has_value());
    for (const std::uint64_t beyond : {0U, 1U, 70U, 4000U, 4199U}) {
        fs::copy_file(folder / "a.db", folder / "b.db", fs::copy_options::overwrite_existing);
        fs::copy_file(folder / "a.db-wal", folder / "b.db-wal", fs::copy_options::overwrite_existing);
        fs::resize_file(folder / "b.db-wal", whole + beyond);
        auto recovered = open_sealed(folder / "b.db", key, OpenMode::read_write);
        REQUIRE(recovered.has_value());
        CHECK(count_and_compare(*recovered).value() == 20);
    }
    // A byte changed within the frames of the second fill ends the log there.
    fs::copy_file(folder / "a.db", folder / "b.db", fs::copy_options::overwrite_existing);
    fs::copy_file(folder / "a.db-wal", folder / "b.db-wal", fs::copy_options::overwrite_existing);
    change_byte(folder / "b.db-wal", whole + 100);
    auto recovered = open_sealed(folder / "b.db", key, OpenMode::read_write);
    REQUIRE(recovered.has_value());
    CHECK(count_and_compare(*recovered).value() == 20);
}

// Copies database and log as they are while `name` is open, and changes one byte of the copy's log: in the block that
// holds this offset, as SQLite counts.
void copy_with_broken_log(const TemporaryFolder& folder, const std::string& name, std::uint64_t offset) {
    fs::remove(folder / "b.db-shm");
    for (const std::string end : {"", "-wal"}) {
        fs::copy_file(folder / (name + end), folder / ("b.db" + end), fs::copy_options::overwrite_existing);
    }
    change_byte(folder / "b.db-wal", sqlite::block_at(SealedFile::log, offset).place + 30);
}

TEST_CASE("a broken frame of a log is damage where a later transaction was committed behind it") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    auto connection = open_sealed(folder / "a.db", key);
    constexpr std::uint64_t frame_size = 24 + 4096;
    std::vector<std::uint64_t> ends;  // the frames that the log had after each transaction
    for (int transaction = 0; transaction < 4; ++transaction) {
        REQUIRE(fill(*connection, 20).has_value());
        ends.push_back((sqlite::open_size(SealedFile::log, fs::file_size(folder / "a.db-wal")) - 32) / frame_size);
    }
    for (std::uint64_t frame = 0; frame < ends.back(); ++frame) {
        for (const std::uint64_t within : {0U, 24U}) {
            INFO(frame << " of " << ends.back() << ", " << within);
            copy_with_broken_log(folder, "a.db", 32 + frame * frame_size + within);
            const auto opened = open_sealed(folder / "b.db", key, OpenMode::read_write);
            // The third transaction is known to be synced, as a fourth followed it; of the fourth nobody knows.
            CHECK(opened.has_value() == (frame + 1 >= ends[2]));
            CHECK((opened.has_value() || opened.error().code == ErrorCode::damaged));
        }
    }
    copy_with_broken_log(folder, "a.db", 0);  // the log's own header: its commits are not in the database
    const auto opened = open_sealed(folder / "b.db", key, OpenMode::read_write);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::damaged);
}

TEST_CASE("a log whose header was torn when it was begun anew is none, as all of it is in the database") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    auto connection = open_sealed(folder / "a.db", key);
    REQUIRE(fill(*connection, 30).has_value());
    REQUIRE(connection->run("PRAGMA wal_checkpoint(PASSIVE)").has_value());  // copied, and not yet emptied
    copy_with_broken_log(folder, "a.db", 0);
    auto copy = open_sealed(folder / "b.db", key, OpenMode::read_write);
    REQUIRE(copy.has_value());
    CHECK(count_and_compare(*copy).value() == 30);
}

TEST_CASE("a process killed while it writes leaves every committed row and no readable byte") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    const fs::path path = folder / "a.db";
    std::mt19937 dice(20230120);
    std::int64_t committed_before = 0;
    for (int round = 0; round < 12; ++round) {
        int pipe_ends[2];
        REQUIRE(::pipe(pipe_ends) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            auto connection = open_sealed(path, key);
            while (connection.has_value() && fill(*connection, 25).has_value()) {
                const char told = 'c';
                if (::write(pipe_ends[1], &told, 1) != 1) {
                    break;
                }
            }
            ::_exit(1);
        }
        ::close(pipe_ends[1]);
        char told = 0;
        REQUIRE(::read(pipe_ends[0], &told, 1) == 1);
        std::this_thread::sleep_for(std::chrono::microseconds(std::uniform_int_distribution(0, 30'000)(dice)));
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        REQUIRE(WIFSIGNALED(status));
        std::int64_t commits = 1;
        while (::read(pipe_ends[0], &told, 1) == 1) {
            ++commits;
        }
        ::close(pipe_ends[0]);
        CHECK_FALSE(any_file_holds(folder.path(), canary.substr(0, 10)));
        auto connection = open_sealed(path, key, OpenMode::read_write);
        REQUIRE(connection.has_value());
        const std::int64_t rows = count_and_compare(*connection).value();
        CHECK(rows >= committed_before + 25 * commits);
        CHECK(rows % 25 == 0);
        CHECK(connection->check_integrity().has_value());
        committed_before = rows;
    }
}

TEST_CASE("two connections to one sealed database see each other's rows") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    auto first = open_sealed(folder / "a.db", key);
    REQUIRE(fill(*first, 10).has_value());
    auto second = open_sealed(folder / "a.db", key, OpenMode::read_write);
    REQUIRE(second.has_value());
    REQUIRE(fill(*second, 10).has_value());
    CHECK(count_and_compare(*first).value() == 20);
    CHECK(first->checkpoint(std::chrono::milliseconds(100)).value() == sqlite::CheckpointOutcome::emptied);
    CHECK(count_and_compare(*second).value() == 20);
}

TEST_CASE("a sealed file reads as SQLite's own without SQLite, and is not copied open") {
    const TemporaryFolder folder;
    const crypto::SecretBytes key = new_key();
    auto connection = open_sealed(folder / "a.db", key);
    REQUIRE(fill(*connection, 30).has_value());
    REQUIRE(connection->checkpoint(std::chrono::milliseconds(100)).has_value());
    const auto opened = sqlite::read_sealed_file(folder / "a.db", SealedFile::database, key);
    REQUIRE(opened.has_value());
    CHECK(base::text_of(*opened).starts_with("SQLite format 3"));
    CHECK(base::text_of(*opened).find(canary) != std::string_view::npos);
    const auto copied = sqlite::back_up(*connection, folder / "copy.db");
    REQUIRE_FALSE(copied.has_value());
    CHECK(copied.error().code == ErrorCode::unsupported);
    CHECK_FALSE(fs::exists(folder / "copy.db"));
}

TEST_CASE("offsets and sizes of a log's blocks agree both ways") {
    std::uint64_t number = 0;
    for (std::uint64_t offset = 0; offset < 5 * 4120 + 32;) {
        const sqlite::SealedBlock block = sqlite::block_at(SealedFile::log, offset);
        CHECK(block.number == number++);
        CHECK(block.start == offset);
        const sqlite::SealedBlock last = sqlite::block_at(SealedFile::log, offset + block.size - 1);
        CHECK(last.start == block.start);
        offset += block.size;
        const std::uint64_t on_disk = sqlite::size_on_disk(SealedFile::log, offset);
        CHECK(on_disk == block.place + block.size + 40);
        CHECK(sqlite::open_size(SealedFile::log, on_disk) == offset);
        CHECK(sqlite::open_size(SealedFile::log, on_disk - 1) == block.start);
    }
}

}  // namespace
}  // namespace pillarbox::tests
