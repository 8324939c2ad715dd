// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/file.hpp"
#include "core/station/station.hpp"
#include "sync/store/service.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

TEST_CASE("Enrolment makes an owner-only key and removes the used token and a second one changes nothing") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    struct stat status{};
    REQUIRE(::stat(station::device_key_path(world.station()).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600);
    CHECK_FALSE(std::filesystem::exists(station::token_path(world.station())));
    CHECK(world.kiosks().front().log_id == world.head().log_id);
    const auto again = world.sync({"enrol"});
    CHECK(again.exit_code == 0);
    CHECK(again.output.find("enrolled before") != std::string::npos);
    CHECK(world.kiosks().size() == 1);
}

TEST_CASE("Enrolment whose reply is lost works at the second try with the same token") {
    World world;
    const auto keys = world.store_keys();
    // The real service does its work; the answer is lost on the way.
    auto database = store::open_database_of(world.data());
    const base::SystemClock clock;
    store::EventLog log(store::make_error_logger(), clock);
    store::Service service(std::move(*database), world.store_keys().store_key, {}, clock, log);
    std::atomic<bool> lose = true;  // read by the server's threads
    auto server = world.serve(
        [&](const http::Request& request) {
            const auto answer = service.handle(request);
            return lose ? http::Response{502, "text/html", base::bytes_of("<html>bad gateway</html>")} : answer;
        },
        keys);
    world.prepare_station(world.new_token("https://127.0.0.1:" + std::to_string(server.port())));
    CHECK(world.sync({"enrol"}).exit_code == 6);
    CHECK(std::filesystem::exists(station::token_path(world.station())));
    CHECK(world.kiosks().size() == 1);
    lose = false;
    CHECK(world.sync({"enrol"}).exit_code == 0);
    CHECK(world.kiosks().size() == 1);
    CHECK(world.head().log_id == world.kiosks().front().log_id);
}

TEST_CASE("A token used by one kiosk is refused to another") {
    World world;
    StoreProcess store(world.data());
    const auto token = world.new_token(store.url());
    world.prepare_station(token);
    REQUIRE(world.sync({"enrol"}).exit_code == 0);
    std::filesystem::remove_all(world.station());
    world.prepare_station(token);
    const auto outcome = world.sync({"enrol"});
    CHECK(outcome.exit_code == 6);
    CHECK(outcome.errors.find("new token") != std::string::npos);
    CHECK(world.kiosks().size() == 1);
    world.enrol(store.url());
    CHECK(world.kiosks().size() == 2);
}

TEST_CASE("A station without token or enrolment is told which step is missing") {
    World world;
    StoreProcess store(world.data());
    world.prepare_station(world.new_token(store.url()));
    const auto run = world.sync({"run"});
    CHECK(run.exit_code == 4);
    CHECK(run.errors.find("pillarbox-sync enrol") != std::string::npos);
    std::filesystem::remove(station::token_path(world.station()));
    const auto enrol = world.sync({"enrol"});
    CHECK(enrol.exit_code == 4);
    CHECK(enrol.errors.find("pillarbox kiosk enrol") != std::string::npos);
}

TEST_CASE("A device key that is not the enrolled one sends nothing that is kept") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(1);
    const auto other = crypto::SigningKey::generate(world.random);
    const std::string text = base::to_base64(other.seed()) + "\n";
    REQUIRE(base::write_file(station::device_key_path(world.station()), base::view_of(text)).has_value());
    const auto outcome = world.sync({"run"});
    CHECK(outcome.exit_code != 0);
    CHECK(world.kiosks().front().responses == 0);
    CHECK(world.counts().waiting + world.counts().batched == 1);
}

TEST_CASE("A store that does not know the kiosk gets nothing and says so", "[sqlite]") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(1);
    store.stop();
    // The store was set up anew with the same keys: same pins, another database.
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(world.data() / (std::string("store.db") + suffix));
    }
    REQUIRE(store::create_database(store::sqlite_address(store::database_path(world.data())),
                                   {"store.example.org", 1, store::Copies::sole})
                .has_value());
    StoreProcess emptied(world.data());
    world.point_station_at(emptied.port());
    const auto outcome = world.sync({"run"});
    CHECK(outcome.exit_code == 6);
    CHECK(outcome.errors.find("No kiosk has this log") != std::string::npos);
    CHECK(world.counts().waiting + world.counts().batched == 1);
}
