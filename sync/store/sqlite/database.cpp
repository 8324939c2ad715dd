// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/sqlite/database.hpp"

#include <utility>

#include "core/sqlite/backup.hpp"
#include "core/sqlite/transaction.hpp"
#include "sync/store/sqlite/schema.hpp"
#include "sync/store/sqlite/transaction.hpp"

namespace pillarbox::sqlite_storage {
namespace {

using storage::Copies;
using storage::Identity;

constexpr std::chrono::milliseconds forget_patience{10'000};
constexpr int page_size_bytes = 16384;  // large, because most rows are

base::Result<Identity> read_identity(sqlite::Connection& connection) {
    auto select = TRY(connection.prepare("SELECT name, epoch, copies FROM store"));
    auto rows = TRY(select.query());
    const bool found = TRY(rows.next());
    if (!found) {
        return base::fail(base::ErrorCode::damaged, connection.path().string(), "The store's own row is missing.",
                          "Put back the last backup.");
    }
    Identity identity;
    identity.name = TRY(rows.text(0));
    identity.epoch = TRY(rows.unsigned_integer(1));
    const std::string_view copies = TRY(rows.text(2));
    identity.copies = copies == word_of(Copies::sole) ? Copies::sole : Copies::backed_up;
    TRY(storage::check_identity(identity, connection.path().string()));
    return identity;
}

base::Result<std::int64_t> count(sqlite::Connection& connection, std::string_view sql) {
    auto select = TRY(connection.prepare(sql));
    auto rows = TRY(select.query());
    static_cast<void>(TRY(rows.next()));
    return rows.integer(0);
}

// The row that makes it a store is written last. Without it (a full disk, a kill) and without kiosks there is none
// yet, and making it may start again.
base::Result<bool> is_unfinished(sqlite::Connection& connection) {
    const std::int64_t tables = TRY(count(connection, "SELECT count(*) FROM sqlite_schema"));
    if (tables == 0) {
        return true;
    }
    if (!sqlite::check_schema(connection, schema()).has_value()) {
        return false;  // whatever it is, it is not ours to make
    }
    const std::int64_t rows =
        TRY(count(connection, "SELECT (SELECT count(*) FROM store) + (SELECT count(*) FROM kiosk)"));
    return rows == 0;
}

base::Result<void> write_identity(sqlite::Connection& connection, const Identity& identity) {
    auto insert = TRY(connection.prepare("INSERT INTO store (only_row, name, epoch, copies) VALUES (1, ?, ?, ?)"));
    return insert.run(std::string_view(identity.name), identity.epoch, word_of(identity.copies));
}

}  // namespace

Database::Database(sqlite::Connection connection, sqlite::OpenMode mode, Identity identity)
    : storage::Database(std::move(identity), connection.path().string()),
      path_(connection.path()),
      mode_(mode),
      connection_(std::move(connection)) {}

base::Result<bool> Database::is_made(const std::filesystem::path& path) {
    auto connection = sqlite::Connection::open(path, sqlite::OpenMode::read_write);
    const auto unfinished =
        connection.has_value() ? is_unfinished(*connection) : base::Result<bool>(std::unexpected(connection.error()));
    if (unfinished.has_value()) {
        return !*unfinished;
    }
    if (unfinished.error().code == base::ErrorCode::not_found) {
        return false;
    }
    if (unfinished.error().code == base::ErrorCode::damaged) {
        return true;  // something is there, and nobody may write over it
    }
    return std::unexpected(unfinished.error());
}

base::Result<std::unique_ptr<Database>> Database::create(const std::filesystem::path& path,
                                                         const Identity& identity) {
    TRY(storage::check_store_name(identity.name));
    const bool made = TRY(is_made(path));
    if (made) {
        return base::fail(base::ErrorCode::already_exists, path.string(), "There is a store already.",
                          "Choose an empty folder.");
    }
    auto connection =
        TRY(sqlite::Connection::open(path, sqlite::OpenMode::create, {.page_size_bytes = page_size_bytes}));
    TRY(sqlite::migrate(connection, schema()));
    TRY(write_identity(connection, identity));
    return std::unique_ptr<Database>(new Database(std::move(connection), sqlite::OpenMode::read_write, identity));
}

base::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, sqlite::OpenMode mode) {
    auto connection = TRY(sqlite::Connection::open(path, mode));
    const bool unfinished = TRY(is_unfinished(connection));
    if (unfinished) {
        return base::fail(base::ErrorCode::not_found, path.string(), "The store was not made to its end.",
                          "Run 'pillarbox-store init' again.");
    }
    TRY(mode == sqlite::OpenMode::read_only ? sqlite::check_schema(connection, schema())
                                            : sqlite::migrate(connection, schema()));
    auto identity = TRY(read_identity(connection));
    return std::unique_ptr<Database>(new Database(std::move(connection), mode, std::move(identity)));
}

base::Result<void> Database::reopen() {
    auto opened = open(path_, mode_);
    if (!opened.has_value()) {  // whatever it is, it is no fault of the sender's
        opened.error().code = base::ErrorCode::unavailable;
        return std::unexpected(std::move(opened.error()));
    }
    connection_ = std::move((*opened)->connection_);
    return {};
}

base::Result<std::unique_ptr<storage::Transaction>> Database::begin(storage::TransactionKind kind) {
    std::unique_lock turn(mutex_);
    if (!connection_.has_value()) {
        TRY(reopen());
    }
    const bool writes = kind == storage::TransactionKind::write;
    auto begun = TRY(sqlite::Transaction::begin(
        *connection_, writes ? sqlite::TransactionKind::write : sqlite::TransactionKind::read));
    return std::make_unique<Transaction>(std::move(turn), *connection_, std::move(begun));
}

base::Result<void> Database::check_ready() {
    const std::scoped_lock turn(mutex_);
    if (!connection_.has_value()) {
        TRY(reopen());
    }
    TRY(connection_->check_integrity());
    return try_a_change();
}

base::Result<void> Database::check_writable() {
    const std::scoped_lock turn(mutex_);
    if (!connection_.has_value()) {
        TRY(reopen());
    }
    return try_a_change();
}

base::Result<void> Database::try_a_change() {
    // An UPDATE that changes nothing and is rolled back: BEGIN IMMEDIATE alone succeeds on a read-only file.
    const auto rolled_back = TRY(sqlite::Transaction::begin(*connection_, sqlite::TransactionKind::write));
    return connection_->run("UPDATE store SET epoch = epoch");
}

base::Result<std::uint64_t> Database::size_bytes() {
    std::uint64_t size = 0;
    for (const char* part : {"", "-wal"}) {
        std::error_code error;
        const auto found = std::filesystem::file_size(path_.string() + part, error);
        size += error ? 0 : found;
    }
    return size;
}

void Database::close_after_error() {
    const std::scoped_lock turn(mutex_);
    connection_.reset();
}

// secure_delete has overwritten it in the file; the write-ahead log may still show it, until that is emptied.
base::Result<void> Database::forget_deleted() {
    const std::scoped_lock turn(mutex_);
    if (!connection_.has_value()) {
        TRY(reopen());
    }
    const auto outcome = TRY(connection_->checkpoint(forget_patience));
    if (outcome == sqlite::CheckpointOutcome::others_active) {
        return base::fail(base::ErrorCode::unavailable, path_.string(),
                          "The write-ahead log still shows it: another program was reading.", "Run it again.");
    }
    return {};
}

base::Result<void> Database::copy_file(const std::filesystem::path& target) {
    const std::scoped_lock turn(mutex_);
    if (!connection_.has_value()) {
        TRY(reopen());
    }
    return sqlite::back_up(*connection_, target);
}

}  // namespace pillarbox::sqlite_storage
