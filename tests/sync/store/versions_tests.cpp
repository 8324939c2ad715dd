// SPDX-License-Identifier: GPL-3.0-or-later
//
// A database as the first release made it, opened by this one.
#include <filesystem>

#include "core/sqlite/schema.hpp"
#include "sync/store/export.hpp"
#include "sync/store/postgres/schema.hpp"
#include "sync/store/sqlite/schema.hpp"
#include "sync/store/withdrawing.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using tests::make_item;
using tests::StoreFixture;

namespace {

// Bytes as SQL has them.
std::string literal(base::ByteView bytes) {
    const bool in_postgres = tests::backend() == tests::Backend::postgres;
    return (in_postgres ? "'\\x" : "x'") + base::to_hex(bytes) + "'";
}

// In place of the store's own database, an empty one of the first version.
void begin_first_version(const StoreFixture& store, const std::string& rows) {
    if (tests::backend() == tests::Backend::postgres) {
        const std::string tables(postgres_storage::versions().front());
        tests::run_in_last_schema(
            "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE "
            "schemaname = current_schema() LOOP EXECUTE 'DROP TABLE IF EXISTS ' || t || "
            "' CASCADE'; END LOOP; END $$; CREATE TABLE schema_version (version bigint NOT "
            "NULL); INSERT INTO schema_version VALUES (1); " +
            tables + rows);
        return;
    }
    const auto path = store::database_path(store.data());
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(path.string() + suffix);
    }
    auto connection = sqlite::Connection::open(path, sqlite::OpenMode::create);
    REQUIRE(connection.has_value());
    const sqlite::Schema now = sqlite_storage::schema();
    REQUIRE(sqlite::migrate(*connection, {now.application_id, now.versions.first(1)}).has_value());
    const auto filled = connection->run(rows);
    INFO((filled.has_value() ? std::string() : filled.error().describe()));
    REQUIRE(filled.has_value());
}

std::string first_rows(const tests::ChainMaker& kiosk, base::ByteView batch) {
    const bool in_postgres = tests::backend() == tests::Backend::postgres;
    const std::string log = literal(kiosk.log_id());
    const std::string hash = literal(kiosk.hash());
    std::string rows = "INSERT INTO store (only_row, name, epoch, copies";
    rows += in_postgres ? ", arriving) VALUES (1, 'store.example.org', 1, 'backed_up', false);"
                        : ") VALUES (1, 'store.example.org', 1, 'backed_up');";
    rows +=
        "INSERT INTO kiosk (log, station, device_key, forerunner, stored, stored_hash, responses, last_day) "
        "VALUES (" +
        log + ", 'Brixton Library', " + literal(kiosk.key().verify_key().bytes) + ", " + literal(batch::LogId{}) +
        ", 1, " + hash + ", 1, '2025-12-01');";
    if (in_postgres) {
        return rows + "INSERT INTO link VALUES (" + log + ", 1, " + hash + ", 'test-campaign');" +
               "INSERT INTO batch VALUES (" + log + ", 'test-campaign', 1, " + literal(batch) + ");";
    }
    return rows + "INSERT INTO batch (kiosk, number, hash, content) VALUES (1, 1, " + hash + ", " + literal(batch) +
           ");";
}

}  // namespace

TEST_CASE("A store of the first version of the tables is opened and goes on") {
    StoreFixture store;
    tests::ChainMaker kiosk(store.random);
    const auto first = kiosk.next({make_item(1)});
    store.service.reset();
    begin_first_version(store, first_rows(kiosk, first));
    store.open();
    CHECK(store.head_of(kiosk.log_id()).stored == 1);
    CHECK(store.upload(kiosk.log_id(), {first, kiosk.next({make_item(2)})}).status == 200);
    const auto database = store.database();
    REQUIRE(store::withdraw(*database, make_item(1).tag).has_value());
    const auto found = store::find_kiosk(*database, kiosk.log_id());
    CHECK(store::walk_batches(*database, **found, [](std::uint64_t, base::ByteView) {
              return base::Result<void>{};
          }).has_value());
    const auto second = store.database();  // opened once more: brought forward once
    CHECK(store::all_kiosks(*second)->size() == 1);
}
