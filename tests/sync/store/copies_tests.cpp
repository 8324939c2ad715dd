// SPDX-License-Identifier: GPL-3.0-or-later
//
// Backups, the watermark they raise, exports, and what happens to a damaged store.
#include <sys/stat.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/file.hpp"
#include "sync/store/backup.hpp"
#include "sync/store/export.hpp"
#include "sync/store/kiosks.hpp"
#include "sync/store/sqlite/database.hpp"
#include "tests/sync/store/store_fixture.hpp"

using namespace pillarbox;
using base::ErrorCode;
using tests::make_item;
using tests::StoreFixture;

namespace {

// The same change by hand in either backend.
struct ByHand {
    std::string in_sqlite;
    std::string in_postgres;
};

void change(StoreFixture& store, const ByHand& sql) {
    if (tests::backend() == tests::Backend::postgres) {
        tests::run_in_last_schema(sql.in_postgres);
        return;
    }
    const auto file = store::database_path(store.data());
    auto database = sqlite::Connection::open(file, sqlite::OpenMode::read_write);
    REQUIRE(database->run(sql.in_sqlite).has_value());
}

// A value of so many zero bytes.
std::string zeros_in_postgres(int size_bytes) {
    return "decode(repeat('00', " + std::to_string(size_bytes) + "), 'hex')";
}

}  // namespace

TEST_CASE("Nothing is safe before a backup and all that a verified backup covers is safe after it") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)}), kiosk.next({make_item(2)})}).status == 200);
    CHECK(store.head_of(kiosk.log_id()).safe == 0);
    const auto database = store.database();
    const auto report = store::back_up(*database, store.folder / "backup.db");
    REQUIRE(report.has_value());
    CHECK(report->kiosks == 1);
    CHECK(report->batches == 2);
    CHECK(report->responses == 2);
    CHECK(store.head_of(kiosk.log_id()).safe == 2);
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(3)})}).status == 200);
    CHECK(store.head_of(kiosk.log_id()).stored == 3);
    CHECK(store.head_of(kiosk.log_id()).safe == 2);
}

TEST_CASE("Everything stored is safe at once where the operator declared this the sole copy") {
    StoreFixture store(store::Copies::sole);
    auto kiosk = store.enrolled_kiosk();
    CHECK(store.receipt_of(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})})).safe == 1);
}

TEST_CASE("A backup does not replace a file and raises nothing") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}).status == 200);
    std::ofstream(store.folder / "backup.db") << "precious";
    const auto database = store.database();
    CHECK(store::back_up(*database, store.folder / "backup.db").error().code == ErrorCode::already_exists);
    CHECK(store::back_up(*database, store.folder / "no/such/folder/backup.db").error().code == ErrorCode::not_found);
    CHECK(store.head_of(kiosk.log_id()).safe == 0);
    CHECK(std::filesystem::file_size(store.folder / "backup.db") == 8);
}

TEST_CASE("A backup of a batch that was changed on the disk raises nothing") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    REQUIRE(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)}), kiosk.next({make_item(2)})}).status == 200);
    const std::string zeros = zeros_in_postgres(32);
    const ByHand damage = GENERATE_COPY(
        ByHand{"UPDATE batch SET content = zeroblob(length(content)) WHERE number = 2",
               "UPDATE batch SET content = " + zeros + " WHERE number = 2"},
        ByHand{"DELETE FROM batch WHERE number = 1", "DELETE FROM batch WHERE number = 1"},
        ByHand{"DELETE FROM batch WHERE number = 2", "DELETE FROM link WHERE number = 2"},
        ByHand{"UPDATE batch SET hash = zeroblob(32) WHERE number = 1",
               "UPDATE link SET hash = " + zeros + " WHERE number = 1"},
        ByHand{"UPDATE kiosk SET stored_hash = zeroblob(32)", "UPDATE kiosk SET stored_hash = " + zeros},
        ByHand{"UPDATE kiosk SET device_key = zeroblob(32)", "UPDATE kiosk SET device_key = " + zeros});
    CAPTURE(damage.in_sqlite);
    change(store, damage);
    const auto database = store.database();
    CHECK(store::back_up(*database, store.folder / "backup.db").error().code == ErrorCode::damaged);
    const auto head = store.get(protocol::head_path(kiosk.log_id()));
    CHECK((head.status == 503 || store.receipt_of(head).safe == 0));
    CHECK_FALSE(store::export_store(*database, crypto::SigningKey::generate(store.random), {}, store.folder / "out")
                    .has_value());
    CHECK_FALSE(std::filesystem::exists(store.folder / "out"));
}

TEST_CASE("A restored backup goes on from where it was made", "[sqlite]") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto one = kiosk.next({make_item(1)});
    const auto two = kiosk.next({make_item(2)});
    REQUIRE(store.upload(kiosk.log_id(), {one}).status == 200);
    {
        const auto database = store.database();
        REQUIRE(store::back_up(*database, store.folder / "backup.db").has_value());
    }
    REQUIRE(store.upload(kiosk.log_id(), {two}).status == 200);
    store.service.reset();
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(store.data() / (std::string("store.db") + suffix));
    }
    std::filesystem::copy_file(store.folder / "backup.db", store.data() / "store.db");
    store.open();
    CHECK(store.head_of(kiosk.log_id()).stored == 1);
    CHECK(store.upload(kiosk.log_id(), {two}).status == 200);
}

TEST_CASE("An export holds the exact batches with names keys and a receipt") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto one = kiosk.next({make_item(1)});
    const auto two = kiosk.next({make_item(2)});
    REQUIRE(store.upload(kiosk.log_id(), {one, two}).status == 200);
    const auto database = store.database();
    const auto keys = store::read_keys(store.data());
    const auto out = store.folder / "export/";
    const auto report = store::export_store(*database, keys->store_key, store.limits, out);
    REQUIRE(report.has_value());
    CHECK(report->responses == 2);

    const auto log = out / base::to_hex(kiosk.log_id());
    CHECK(base::read_file(log / "000001.batch", 1 << 20) == one);
    CHECK(base::read_file(log / "000002.batch", 1 << 20) == two);
    const auto note = base::read_file(log / "receipt.txt", 1 << 20);
    const auto receipt = batch::verify_receipt(base::text_of(*note), tests::store_name, store.store_key);
    REQUIRE(receipt.has_value());
    CHECK(receipt->stored_hash == kiosk.hash());
    const auto about = nlohmann::json::parse(std::ifstream(out / "store.json"));
    CHECK(about["store_name"] == tests::store_name);
    CHECK(about["store_key"] == base::to_base64(store.store_key.bytes));
    CHECK(about["epoch"] == 1);
    const auto kiosks = nlohmann::json::parse(std::ifstream(out / "kiosks.json"));
    CHECK(kiosks[0]["log_id"] == base::to_hex(kiosk.log_id()));
    CHECK(kiosks[0]["station"] == "Brixton Library");
    CHECK(kiosks[0]["device_key"] == base::to_base64(kiosk.key().verify_key().bytes));
    CHECK(kiosks[0]["forerunner"] == std::string(32, '0'));
    CHECK(store::export_store(*database, keys->store_key, store.limits, out).error().code ==
          ErrorCode::already_exists);
}

TEST_CASE("A store whose database is not one does not open and says what to do", "[sqlite]") {
    StoreFixture store;
    store.service.reset();
    for (const char* suffix : {"-wal", "-shm"}) {
        std::filesystem::remove(store.data() / (std::string("store.db") + suffix));
    }
    std::ofstream(store.data() / "store.db", std::ios::trunc) << std::string(40'000, 'x');
    const auto opened =
        sqlite_storage::Database::open(store::database_path(store.data()), sqlite::OpenMode::read_write);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == ErrorCode::damaged);
}

TEST_CASE("A kiosk's row that contradicts itself is answered with 503 and the others go on") {
    StoreFixture store;
    auto damaged = store.enrolled_kiosk();
    auto sound = store.enrolled_kiosk();
    const std::string log = base::to_hex(damaged.log_id());
    const std::string zeros = zeros_in_postgres(32);
    const ByHand fault = GENERATE_COPY(ByHand{"stored_hash = zeroblob(32)", "stored_hash = " + zeros},
                                       ByHand{"stored = 9007199254740992", "stored = 9007199254740992"},
                                       ByHand{"device_key = zeroblob(32)", "device_key = " + zeros},
                                       ByHand{"stored = 1, safe = 2", "stored = 1, safe = 2"});
    CAPTURE(fault.in_sqlite);
    change(store, {"PRAGMA ignore_check_constraints = ON; UPDATE kiosk SET " + fault.in_sqlite + " WHERE log = x'" +
                       log + "'",
                   "ALTER TABLE kiosk DROP CONSTRAINT kiosk_check; UPDATE kiosk SET " + fault.in_postgres +
                       " WHERE log = '\\x" + log + "'"});
    const auto answer = store.get(protocol::head_path(damaged.log_id()));
    CHECK(tests::problem_in(answer) == protocol::ProblemCode::unavailable);
    CHECK(tests::problem_in(store.upload(damaged.log_id(), {damaged.next({make_item(1)})})) ==
          protocol::ProblemCode::unavailable);
    CHECK(store.upload(sound.log_id(), {sound.next({make_item(1)})}).status == 200);
}

TEST_CASE("A store whose own row could not be signed for does not open") {
    StoreFixture store;
    const ByHand fault =
        GENERATE(ByHand{"name = 'store example'", "name = 'store example'"},
                 ByHand{"name = CAST(x'ff' AS TEXT)", "name = U&'\\00FF'"}, ByHand{"epoch = 0", "epoch = 0"},
                 ByHand{"epoch = 9007199254740992", "epoch = 9007199254740992"});
    CAPTURE(fault.in_sqlite);
    change(store, {"PRAGMA ignore_check_constraints = ON; UPDATE store SET " + fault.in_sqlite,
                   "ALTER TABLE store DROP CONSTRAINT store_epoch_check; UPDATE store SET " + fault.in_postgres});
    const auto opened = store::open_database_of(store.data());
    REQUIRE(!opened.has_value());
    CHECK(opened.error().code == ErrorCode::damaged);
}

TEST_CASE("A store that cannot write answers 503 and keeps its head") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    change(store, {"CREATE TRIGGER no_more BEFORE INSERT ON batch BEGIN SELECT RAISE(ABORT, 'disk'); END",
                   "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                   "$$BEGIN RAISE EXCEPTION 'disk' USING ERRCODE = 'disk_full'; END$$; "
                   "CREATE TRIGGER no_more BEFORE INSERT ON link EXECUTE FUNCTION refuse()"});
    const auto response = store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})});
    CHECK(tests::problem_in(response) == protocol::ProblemCode::unavailable);
    CHECK(store.head_of(kiosk.log_id()).stored == 0);
    CHECK(store.log_text.str().find("event=store_unavailable") != std::string::npos);
}

TEST_CASE("A store whose database fails and is put back answers again without a restart", "[sqlite]") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto path = store::database_path(store.data());
    REQUIRE(store::back_up(*store.database(), store.folder / "copy.db").has_value());
    change(store, {"ALTER TABLE kiosk RENAME TO gone", {}});
    CHECK(store.get(protocol::head_path(kiosk.log_id())).status == 503);
    std::filesystem::remove(path);
    CHECK(store.get(protocol::head_path(kiosk.log_id())).status == 503);
    std::filesystem::copy_file(store.folder / "copy.db", path);
    CHECK(store.head_of(kiosk.log_id()).stored == 0);
    CHECK(store.upload(kiosk.log_id(), {kiosk.next({make_item(1)})}).status == 200);
}

TEST_CASE("The folder and its keys are the owner's alone and a second init changes nothing") {
    StoreFixture store;
    const auto mode_of = [](const std::filesystem::path& path) {
        struct stat status{};
        REQUIRE(::stat(path.c_str(), &status) == 0);
        return status.st_mode & 0777U;
    };
    CHECK(mode_of(store.data()) == 0700);
    CHECK(mode_of(store.data() / "store.key") == 0600);
    CHECK(mode_of(store.data() / "tls.key") == 0600);
    const auto again =
        store::make_store(store.data(), {tests::store_name}, {"localhost"}, store.clock.today(), store.random);
    CHECK(again.error().code == ErrorCode::already_exists);
    CHECK(store::read_keys(store.data())->store_key.verify_key() == store.store_key);
}

// What a full disk or a kill leaves at any point of making it.
TEST_CASE("A store whose making was cut short is none yet and can be made again", "[sqlite]") {
    const tests::TemporaryFolder folder;
    const auto database = store::database_path(folder.path());
    const store::Identity identity{tests::store_name};
    const auto remnants = {std::string(), std::string("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL"),
                           std::string("DELETE FROM store")};
    for (const std::string& remnant : remnants) {
        std::filesystem::remove(database);
        if (remnant.starts_with("DELETE")) {
            REQUIRE(sqlite_storage::Database::create(database, identity).has_value());
        }
        {
            auto connection = sqlite::Connection::open(database, sqlite::OpenMode::create);
            REQUIRE(connection->run(remnant).has_value());
        }
        CHECK(sqlite_storage::Database::open(database, sqlite::OpenMode::read_write).error().code ==
              ErrorCode::not_found);
        CHECK(sqlite_storage::Database::create(database, identity).has_value());
        CHECK(sqlite_storage::Database::create(database, identity).error().code == ErrorCode::already_exists);
    }
}

TEST_CASE("Keys that kiosks may have pinned are kept when the database is made again", "[sqlite]") {
    StoreFixture store;
    store.service.reset();
    std::filesystem::resize_file(store::database_path(store.data()), 0);
    REQUIRE(store::make_store(store.data(), {tests::store_name}, {"localhost"}, store.clock.today(), store.random)
                .has_value());
    CHECK(store::read_keys(store.data())->store_key.verify_key() == store.store_key);
}

TEST_CASE("A store that has kiosks and lost its own row is damaged and not made anew", "[sqlite]") {
    StoreFixture store;
    const auto kiosk = store.enrolled_kiosk();
    store.service.reset();
    const auto path = store::database_path(store.data());
    {
        auto connection = sqlite::Connection::open(path, sqlite::OpenMode::read_write);
        REQUIRE(connection->run("DELETE FROM store").has_value());
    }
    CHECK(sqlite_storage::Database::open(path, sqlite::OpenMode::read_write).error().code == ErrorCode::damaged);
    CHECK(sqlite_storage::Database::create(path, {tests::store_name}).error().code == ErrorCode::already_exists);
}

TEST_CASE("A name that cannot stand in a signed note is refused") {
    for (const std::string& name : {std::string(), std::string("a b"), std::string("a+b"), std::string("caf\xC3\xA9"),
                                    std::string(101, 'a'), std::string("a\nb")}) {
        CHECK(storage::check_store_name(name).error().code == ErrorCode::usage);
    }
}
