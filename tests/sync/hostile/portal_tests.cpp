// SPDX-License-Identifier: GPL-3.0-or-later
//
// The other way round: pillarbox-sync before a store that holds the right certificate and answers without end. What
// the client library does with drips is in tests/core/http; tests/sync/client has the portals that do end.
#include <catch2/catch.hpp>
#include <chrono>

#include "tests/core/http/raw_server.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::RawServer;
using tests::Speech;

TEST_CASE("A kiosk before a store whose answer never ends gives up soon and keeps everything") {
    tests::World world(store::Copies::backed_up);
    {
        const tests::StoreProcess store(world.data());
        world.enrol(store.url());
        world.answer(3);
        REQUIRE(world.sync({"run"}).exit_code == 0);
    }
    const std::string ok = "HTTP/1.1 200 OK\r\n";
    const std::string page = "<html>" + std::string(10'000, ' ') + "</html>";
    for (const Speech& speech : {
             Speech{ok, "A: b\r\n"},
             Speech{"", "HTTP/1.1 100 Continue\r\n\r\n"},
             Speech{ok + "Content-Type: text/html\r\n\r\n", page},
             Speech{ok + "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 99999999999\r\n\r\n", page},
             Speech{ok + "Transfer-Encoding: chunked\r\n\r\nfffffff\r\n", page},
             Speech{"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", ""},
         }) {
        INFO(speech.first << " then " << speech.repeated.substr(0, 30));
        const RawServer server(world.store_keys().certificate, speech);
        world.point_station_at(server.port());
        const auto start = std::chrono::steady_clock::now();
        const auto outcome = world.sync({"run"});
        CHECK(outcome.exit_code == 6);
        CHECK_FALSE(outcome.errors.empty());
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
        CHECK(world.counts().batched == 3);
        CHECK(world.counts().acknowledged == 0);
    }
}
