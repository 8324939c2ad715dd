// SPDX-License-Identifier: GPL-3.0-or-later
//
// Large pages and rowid tables, because most of the file is BLOBs of kilobytes that are written once, in order, and
// read whole; UNIQUE(kiosk, number) makes a second batch of the same number impossible, whatever the code above does.
#include "sync/store/database.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/batch/batch.hpp"
#include "core/sqlite/schema.hpp"
#include "core/sqlite/transaction.hpp"

namespace pillarbox::store {
namespace {

constexpr std::int32_t application_id = 0x50425354;  // "PBST"
constexpr int page_size_bytes = 16384;

constexpr std::array<std::string_view, 1> versions = {R"sql(
CREATE TABLE store (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    name     TEXT NOT NULL,
    epoch    INTEGER NOT NULL CHECK (epoch >= 1),
    copies   TEXT NOT NULL CHECK (copies IN ('backed_up', 'sole'))
) STRICT;

CREATE TABLE kiosk (
    id          INTEGER PRIMARY KEY,
    log         BLOB NOT NULL UNIQUE CHECK (length(log) = 16),
    station     TEXT NOT NULL,
    device_key  BLOB NOT NULL CHECK (length(device_key) = 32),
    forerunner  BLOB NOT NULL CHECK (length(forerunner) = 16),
    stored      INTEGER NOT NULL DEFAULT 0,
    stored_hash BLOB NOT NULL CHECK (length(stored_hash) = 32),
    responses   INTEGER NOT NULL DEFAULT 0,
    safe        INTEGER NOT NULL DEFAULT 0 CHECK (safe BETWEEN 0 AND stored),
    last_day    TEXT
) STRICT;

-- A token's secret is not kept, only its SHA-256. `kiosk` is null until it is used: then it is burnt for all others.
CREATE TABLE token (
    digest  BLOB PRIMARY KEY CHECK (length(digest) = 32),
    station TEXT NOT NULL,
    kiosk   INTEGER UNIQUE REFERENCES kiosk (id)
) STRICT;

CREATE TABLE batch (
    id      INTEGER PRIMARY KEY,
    kiosk   INTEGER NOT NULL REFERENCES kiosk (id),
    number  INTEGER NOT NULL CHECK (number >= 1),
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    content BLOB NOT NULL,
    UNIQUE (kiosk, number)
) STRICT;

-- A well-signed batch that does not follow from what is stored: a cloned or restored kiosk. Refused, and noted here.
CREATE TABLE fork (
    kiosk  INTEGER NOT NULL REFERENCES kiosk (id),
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    day    TEXT NOT NULL,
    UNIQUE (kiosk, number, hash)
) STRICT;
)sql"};
constexpr sqlite::Schema schema{application_id, versions};

std::string_view word_of(Copies copies) {
    switch (copies) {
        case Copies::backed_up:
            return "backed_up";
        case Copies::sole:
            return "sole";
    }
    return {};
}

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
    // What could not stand in a receipt must not get as far as to be signed: a note's maker takes that for a mistake
    // of the program.
    const bool sound =
        check_store_name(identity.name).has_value() && identity.epoch >= 1 && identity.epoch <= batch::number_max;
    if (!sound) {
        return base::fail(base::ErrorCode::damaged, connection.path().string(), "The store's own row is damaged.",
                          "Put back the last backup.");
    }
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
    if (!sqlite::check_schema(connection, schema).has_value()) {
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

Database::Database(sqlite::Connection connection, Identity identity)
    : connection_(std::move(connection)), identity_(std::move(identity)) {}

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

base::Result<Database> Database::create(const std::filesystem::path& path, const Identity& identity) {
    TRY(check_store_name(identity.name));
    const bool made = TRY(is_made(path));
    if (made) {
        return base::fail(base::ErrorCode::already_exists, path.string(), "There is a store already.",
                          "Choose an empty folder.");
    }
    auto connection =
        TRY(sqlite::Connection::open(path, sqlite::OpenMode::create, {.page_size_bytes = page_size_bytes}));
    TRY(sqlite::migrate(connection, schema));
    TRY(write_identity(connection, identity));
    return Database(std::move(connection), identity);
}

base::Result<Database> Database::open(const std::filesystem::path& path, sqlite::OpenMode mode) {
    auto connection = TRY(sqlite::Connection::open(path, mode));
    const bool unfinished = TRY(is_unfinished(connection));
    if (unfinished) {
        return base::fail(base::ErrorCode::not_found, path.string(), "The store was not made to its end.",
                          "Run 'pillarbox-store init' again.");
    }
    TRY(sqlite::check_schema(connection, schema));
    auto identity = TRY(read_identity(connection));
    return Database(std::move(connection), std::move(identity));
}

base::Result<void> Database::check_ready() {
    TRY(connection_.check_integrity());
    // An UPDATE that changes nothing and is rolled back: BEGIN IMMEDIATE alone succeeds on a read-only file.
    const auto rolled_back = TRY(sqlite::Transaction::begin(connection_, sqlite::TransactionKind::write));
    return connection_.run("UPDATE store SET epoch = epoch");
}

base::Result<void> check_store_name(std::string_view name) {
    const bool plain =
        std::ranges::all_of(name, [](char letter) { return letter > ' ' && letter <= '~' && letter != '+'; });
    if (name.empty() || name.size() > 100 || !plain) {
        return base::fail(base::ErrorCode::usage, std::string(name), "Not a name for a store.",
                          "Use up to 100 letters, digits, dots and hyphens, such as store.example.org.");
    }
    return {};
}

}  // namespace pillarbox::store
