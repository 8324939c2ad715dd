// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/postgres/database.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "sync/store/postgres/schema.hpp"
#include "sync/store/postgres/transaction.hpp"

namespace pillarbox::postgres_storage {
namespace {

using storage::Copies;
using storage::Identity;

base::Result<Identity> read_identity(Connection& connection) {
    const Rows rows = TRY(connection.query("SELECT name, epoch, copies FROM store"));
    if (rows.count() != 1) {
        return base::fail(base::ErrorCode::damaged, connection.where(), "The store's own row is missing.",
                          "Put back the last backup.");
    }
    Identity identity;
    identity.name = TRY(rows.text(0, 0));
    identity.epoch = TRY(rows.unsigned_integer(0, 1));
    const std::string_view copies = TRY(rows.text(0, 2));
    identity.copies = copies == word_of(Copies::sole) ? Copies::sole : Copies::backed_up;
    TRY(storage::check_identity(identity, connection.where()));
    return identity;
}

base::Result<bool> is_arriving(Connection& connection) {
    const Rows rows = TRY(connection.query("SELECT EXISTS (SELECT FROM store WHERE arriving)"));
    return rows.truth(0, 0);
}

// Standbys that count as a second copy, and how far they have flushed.
constexpr std::string_view synchronous_standbys =
    "FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum') AND state = 'streaming'";

constexpr int standby_polls_max = 100;
constexpr std::chrono::milliseconds standby_poll_pause{3};

}  // namespace

base::Result<bool> Database::is_made(std::string_view address) {
    auto connection = TRY(Connection::open(address));
    const Content content = TRY(content_of(connection));
    return content != Content::nothing;
}

base::Result<std::unique_ptr<Database>> Database::create(std::string_view address, const Identity& identity) {
    return make(address, identity, State::whole);
}

base::Result<bool> Database::is_whole(std::string_view address) {
    auto connection = TRY(Connection::open(address));
    const Content content = TRY(content_of(connection));
    if (content != Content::store) {
        return content != Content::nothing;
    }
    const bool arriving = TRY(is_arriving(connection));
    return !arriving;
}

base::Result<std::unique_ptr<Database>> Database::arrive(std::string_view address, const Identity& identity) {
    auto pool = std::make_unique<Pool>(std::string(address));
    auto connection = TRY(pool->lend());
    const Content content = TRY(content_of(*connection));
    if (content != Content::store) {
        return make(address, identity, State::arriving);
    }
    TRY(check_schema(*connection));
    auto found = TRY(read_identity(*connection));
    return std::unique_ptr<Database>(new Database(std::move(pool), std::move(found), connection->where()));
}

base::Result<void> Database::has_arrived(std::string_view address) {
    auto connection = TRY(Connection::open(address));
    return connection.run("UPDATE store SET arriving = false");
}

base::Result<std::unique_ptr<Database>> Database::make(std::string_view address, const Identity& identity,
                                                       State state) {
    TRY(storage::check_store_name(identity.name));
    auto pool = std::make_unique<Pool>(std::string(address));
    auto connection = TRY(pool->lend());
    TRY(connection->run("BEGIN"));
    const Content content = TRY(content_of(*connection));
    if (content == Content::store) {
        return base::fail(base::ErrorCode::already_exists, connection->where(), "There is a store already.",
                          "Choose an empty database.");
    }
    TRY(migrate(*connection, versions()));
    const Parameters row = std::move(
        Parameters().add(std::string_view(identity.name)).add(identity.epoch).add(word_of(identity.copies)));
    TRY(connection->query(fmt::format("INSERT INTO store (only_row, name, epoch, copies, arriving) "
                                      "VALUES (1, $1, $2, $3, {})",
                                      state == State::arriving ? "true" : "false"),
                          row));
    TRY(connection->run("COMMIT"));
    return std::unique_ptr<Database>(new Database(std::move(pool), identity, connection->where()));
}

base::Result<std::unique_ptr<Database>> Database::open(std::string_view address) {
    auto pool = std::make_unique<Pool>(std::string(address));
    auto connection = TRY(pool->lend());
    TRY(check_schema(*connection));
    const bool arriving = TRY(is_arriving(*connection));
    if (arriving) {
        return base::fail(base::ErrorCode::unavailable, connection->where(),
                          "A store is being moved into this database.",
                          "Run 'pillarbox-store migrate' again: it goes on where it was.");
    }
    auto identity = TRY(read_identity(*connection));
    return std::unique_ptr<Database>(new Database(std::move(pool), std::move(identity), connection->where()));
}

base::Result<std::unique_ptr<storage::Transaction>> Database::begin(storage::TransactionKind kind) {
    auto connection = TRY(pool_->lend());
    // A long reading takes as long as it takes; a row lock is waited for, at most lock_timeout, and then read anew.
    TRY(kind == storage::TransactionKind::write
            ? connection->post("BEGIN ISOLATION LEVEL READ COMMITTED")
            : connection->run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; "
                              "SET LOCAL idle_in_transaction_session_timeout = 0"));
    return std::make_unique<Transaction>(std::move(connection), kind);
}

base::Result<std::uint64_t> Database::size_bytes() {
    const auto connection = TRY(pool_->lend());
    const Rows rows = TRY(connection->query(
        "SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"));
    return rows.unsigned_integer(0, 0);
}

base::Result<void> Database::check_writable() {
    return check_ready();
}

base::Result<void> Database::check_ready() {
    const auto connection = TRY(pool_->lend());
    TRY(connection->run("BEGIN; UPDATE store SET epoch = epoch; ROLLBACK"));
    return {};
}

bool Database::has_second_copy() {
    const auto ask = [this]() -> base::Result<bool> {
        const auto connection = TRY(pool_->lend());
        const Rows here = TRY(connection->query("SELECT pg_current_wal_flush_lsn()::text, EXISTS (SELECT " +
                                                std::string(synchronous_standbys) + ")"));
        const std::string flushed(TRY(here.text(0, 0)));
        const bool has_standby = TRY(here.truth(0, 1));
        // The standby has flushed our commits already, but perhaps not what others have written since.
        for (int poll = 0; has_standby && poll < standby_polls_max; ++poll) {
            const Parameters lsn = std::move(Parameters().add(std::string_view(flushed)));
            const Rows there = TRY(connection->query(
                "SELECT EXISTS (SELECT " + std::string(synchronous_standbys) + " AND flush_lsn >= $1::text::pg_lsn)",
                lsn));
            const bool has_it = TRY(there.truth(0, 0));
            if (has_it) {
                return true;
            }
            std::this_thread::sleep_for(standby_poll_pause);
        }
        return false;
    };
    return ask().value_or(false);
}

// The server's process for a connection ends a little after the program that had it: asked again for that long.
base::Result<bool> Database::is_used_by_others() {
    constexpr auto patience = std::chrono::seconds(3);
    const auto connection = TRY(pool_->lend());
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const Rows rows =
            TRY(connection->query("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
                                  "AND datname = current_database() "
                                  "AND application_name = 'pillarbox-store')"));
        if (!TRY(rows.truth(0, 0)) || std::chrono::steady_clock::now() >= deadline) {
            return rows.truth(0, 0);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

// Replaced rows become free space, which the server overwrites when it is used again and not before; its log and
// its standbys have them as long. docs/guides/store.md tells the operator.
base::Result<void> Database::forget_deleted() {
    const auto connection = TRY(pool_->lend());
    TRY(connection->run("SET statement_timeout = 0"));
    TRY(connection->run("VACUUM batch"));
    TRY(connection->run("VACUUM quarantine"));
    return connection->run("SET statement_timeout = '60s'");
}

base::Result<void> Database::copy_file(const std::filesystem::path& target) {
    return base::fail(base::ErrorCode::unsupported, target.string(), "The store's rows are not in a file.",
                      "Copy it with 'pillarbox-store migrate --to sqlite:FILE'.");
}

}  // namespace pillarbox::postgres_storage
