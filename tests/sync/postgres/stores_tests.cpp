// SPDX-License-Identifier: GPL-3.0-or-later
//
// Several stores over one database, and the tables that they share.
#include <sys/mount.h>

#include "tests/sync/postgres/over_postgres.hpp"

using namespace pillarbox;
using tests::ChainMaker;
using tests::Courier;
using tests::make_item;
using tests::postgres_server;
using tests::SharedDatabase;
using tests::StoreFixture;

TEST_CASE("Two stores over one database lose nothing and leave no gap whatever each kiosk sends to which") {
    SharedDatabase shared(*tests::new_database_address());
    const auto first = shared.new_store();
    const auto second = shared.new_store();
    std::vector<std::unique_ptr<Courier>> couriers;
    std::vector<std::thread> threads;
    const std::atomic<bool> stop = false;
    for (int i = 0; i < 4; ++i) {
        couriers.push_back(std::make_unique<Courier>(shared, *first, 150));
    }
    // Each kiosk is there twice, as one that asks again before its answer came: both send the same batches at once.
    for (int i = 0; i < 4; ++i) {
        couriers.push_back(std::make_unique<Courier>(*couriers[static_cast<std::size_t>(i)]));
    }
    for (std::size_t i = 0; i < couriers.size(); ++i) {
        const bool even = i % 2 == 0;
        threads.emplace_back([&, even, one = couriers[i].get()] {
            one->deliver({even ? first.get() : second.get(), even ? second.get() : first.get()}, stop);
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const auto database = store::open_database_of(shared.data());
    REQUIRE(database.has_value());
    const auto kiosks = store::all_kiosks(**database);
    REQUIRE(kiosks.has_value());
    CHECK(kiosks->size() == 4);
    for (const store::Kiosk& kiosk : *kiosks) {
        CHECK(kiosk.stored == 150);
        CHECK(kiosk.responses == 150);
        CHECK(store::count_forks(**database, kiosk) == std::uint64_t{0});
    }
    for (const auto& courier : couriers) {
        CHECK(courier->lost_in(**database).empty());
        CHECK(courier->refusals() == 0);
    }
}

TEST_CASE("Two stores that are asked with one token at once enrol one kiosk") {
    SharedDatabase shared(*tests::new_database_address());
    const auto first = shared.new_store();
    const auto second = shared.new_store();
    for (int time = 0; time < 10; ++time) {
        const auto database = store::open_database_of(shared.data());
        const auto token = store::issue_token(**database, {}, "Brixton Library", shared.random);
        REQUIRE(token.has_value());
        const ChainMaker one(shared.random);
        const ChainMaker other(shared.random);
        unsigned status_of_one = 0;
        unsigned status_of_other = 0;
        const auto ask = [&](tests::OneStore& store, const ChainMaker& kiosk, unsigned& status) {
            status = store.service
                         ->handle({http::Method::post,
                                   std::string(protocol::enrol_path),
                                   {},
                                   protocol::make_enrolment(token->secret, {}, kiosk.key())})
                         .status;
        };
        std::thread beside([&] { ask(*second, other, status_of_other); });
        ask(*first, one, status_of_one);
        beside.join();
        CHECK(std::minmax(status_of_one, status_of_other) == std::minmax(200U, 403U));
    }
}

TEST_CASE("Kiosks that bring the first batches of campaigns at once are all taken in") {
    for (int time = 0; time < 5; ++time) {
        SharedDatabase shared(*tests::new_database_address());
        const auto first = shared.new_store();
        const auto second = shared.new_store();
        std::vector<std::unique_ptr<Courier>> couriers;
        for (int i = 0; i < 6; ++i) {
            couriers.push_back(std::make_unique<Courier>(shared, *first, 2));
        }
        const std::atomic<bool> stop = false;
        std::vector<std::thread> threads;
        for (std::size_t i = 0; i < couriers.size(); ++i) {
            threads.emplace_back([&, one = couriers[i].get(), store = i % 2 == 0 ? first.get() : second.get()] {
                one->deliver({store}, stop);
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        for (const auto& courier : couriers) {
            CHECK(courier->refusals() == 0);
        }
        CHECK(tests::ask_last_schema("SELECT count(*) FROM batch_other") == "0");
    }
}

TEST_CASE("Each campaign has a table of its own until there are too many and a detached one stays detached") {
    StoreFixture store;
    auto kiosk = store.enrolled_kiosk();
    const auto send = [&](const std::string& campaign) {
        return store.upload(kiosk.log_id(), {kiosk.next({make_item(1)}, campaign)}).status;
    };
    const auto in_schema = [](const std::string& sql) { return tests::ask_last_schema(sql); };
    CHECK(send("first") == 200);
    CHECK(send("first") == 200);
    CHECK(send(std::string(64, 'x')) == 200);
    CHECK(in_schema("SELECT count(*) FROM pg_inherits WHERE inhparent = 'batch'::regclass") == "3");
    CHECK(in_schema("SELECT count(*) FROM batch_other") == "0");
    const std::string table = in_schema("SELECT tableoid::regclass FROM batch WHERE campaign = 'first' LIMIT 1");
    CHECK(in_schema("SELECT reloptions FROM pg_class WHERE oid = '" + table + "'::regclass") ==
          "{toast_tuple_target=4080}");
    CHECK(in_schema("SELECT attstorage FROM pg_attribute WHERE attname = 'content' AND attrelid = '" + table +
                    "'::regclass") == "e");
    for (int number = 0; number < 70; ++number) {
        REQUIRE(send("campaign-" + std::to_string(number)) == 200);
    }
    CHECK(in_schema("SELECT count(*) FROM pg_inherits WHERE inhparent = 'batch'::regclass") == "65");
    CHECK(in_schema("SELECT count(*) FROM batch_other") == "8");
    in_schema("ALTER TABLE batch DETACH PARTITION " + table);
    store.open();
    CHECK(send("first") == 200);
    CHECK(in_schema("SELECT count(*) FROM batch_other WHERE campaign = 'first'") == "1");
    CHECK(in_schema("SELECT count(*) FROM " + table) == "2");
}

TEST_CASE("A database of a newer version or of something else is refused and left as it is") {
    const std::string address = *tests::new_database_address();
    REQUIRE(store::create_database(address, {tests::store_name}).has_value());
    tests::run_in_last_schema("UPDATE schema_version SET version = 1000");
    const auto newer = store::open_database(address);
    REQUIRE_FALSE(newer.has_value());
    CHECK(newer.error().code == base::ErrorCode::unsupported);
    CHECK(newer.error().remedy == "Update this program.");
    const std::string other = *tests::new_database_address();
    tests::run_in_last_schema("CREATE TABLE precious (value text)");
    CHECK(store::open_database(other).error().code == base::ErrorCode::unsupported);
    CHECK(store::create_database(other, {tests::store_name}).error().code == base::ErrorCode::unsupported);
    CHECK(tests::ask_last_schema(
              "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace") == "1");
}

TEST_CASE("Stores that make the tables of one database at once make them once") {
    const std::string address = *tests::new_database_address();
    std::atomic<int> made = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back(
            [&] { made += store::create_database(address, {tests::store_name}).has_value() ? 1 : 0; });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    CHECK(made == 1);
    CHECK(store::open_database(address).has_value());
}

TEST_CASE("An address with a password is refused and the password is not repeated") {
    for (const std::string address : {"postgres://user:canary@host/name", "postgres://host/name?password=canary",
                                      "host=somewhere password=canary", "mysql://host", "sqlite:", ""}) {
        const auto checked = store::check_address(address);
        REQUIRE_FALSE(checked.has_value());
        CHECK(checked.error().code == base::ErrorCode::usage);
        CHECK(checked.error().describe().find("canary") == std::string::npos);
    }
    CHECK(store::check_address("postgresql://user@one,two/name?sslmode=verify-full").has_value());
}

TEST_CASE("A server whose disk is full keeps what it has and the store answers 503 and goes on when there is room") {
    const std::filesystem::path folder = postgres_server().socket_folder() / "small";
    std::filesystem::create_directory(folder);
    if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=12m,mode=0777") != 0) {
        WARN("SKIPPED: full disk: mounting a small file system is not permitted here");
        return;
    }
    std::filesystem::create_directory(folder / "space");
    tests::give_to_postgres(folder / "space");
    postgres_server().sql("CREATE TABLESPACE small LOCATION '" + (folder / "space").string() + "'");
    postgres_server().sql("CREATE DATABASE small TABLESPACE small");
    {
        SharedDatabase shared(postgres_server().address("small"));
        const auto store = shared.new_store();
        Courier courier(shared, *store, 40, 400'000);
        std::atomic<bool> stop = false;
        std::thread enough([&stop] {
            std::this_thread::sleep_for(std::chrono::seconds(6));
            stop = true;
        });
        courier.deliver({store.get()}, stop);
        enough.join();
        CHECK(store->log_text.str().find("error=no space reason=\"The database server's disk is full.") !=
              std::string::npos);
        CHECK(courier.stored() < courier.batches());
        const auto database = store::open_database_of(shared.data());
        // Without room even a read may fail: it may have to write out another page first.
        REQUIRE(::mount(nullptr, folder.c_str(), nullptr, MS_REMOUNT, "size=100m,mode=0777") == 0);
        CHECK(courier.lost_in(**database) == "");
        stop = false;
        courier.deliver({store.get()}, stop);
        CHECK(courier.stored() == courier.batches());
        CHECK(courier.lost_in(**database) == "");
    }
    postgres_server().sql("DROP DATABASE small WITH (FORCE)");
    postgres_server().sql("DROP TABLESPACE small");
    ::umount2(folder.c_str(), MNT_DETACH);
}
