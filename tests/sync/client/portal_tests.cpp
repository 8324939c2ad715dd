// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answers that are not the store's: captive portals, filters, other stores, forged and replayed receipts. Whatever
// comes back, nothing is purged and nothing is taken for delivered.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "core/station/station.hpp"
#include "sync/store/service.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

namespace {

constexpr int kept = 3;

// An enrolled station with three responses in a batch that the store has and has not called safe.
void prepare(World& world) {
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(kept);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    REQUIRE(world.counts().batched == kept);
}

void check_all_kept(World& world) {
    CHECK(world.counts().batched == kept);
    CHECK(world.counts().acknowledged == 0);
}

http::Response page(unsigned status, const std::string& body, const std::string& type = "text/html") {
    return {status, type, base::bytes_of(body)};
}

batch::Receipt honest_receipt(World& world) {
    batch::Receipt receipt;
    const auto head = world.head();
    receipt.log_id = head.log_id;
    receipt.stored = head.number;
    receipt.stored_hash = head.hash;
    receipt.safe = head.number;
    return receipt;
}

tests::Outcome run_against(World& world, const std::string& note, unsigned status = 200) {
    const auto server = world.serve(
        [&](const http::Request&) { return page(status, note, "text/plain; charset=utf-8"); }, world.store_keys());
    world.point_station_at(server.port());
    return world.sync({"run"});
}

// Answers anything on a plain TCP port with a fixed text, as a portal without a certificate does.
class PlainPortal {
  public:
    explicit PlainPortal(std::string answer)
        : answer_(std::move(answer)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
        REQUIRE(::listen(listener_, 4) == 0);
        REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] {
            int client = -1;
            while ((client = ::accept(listener_, nullptr, nullptr)) >= 0) {
                (void)::send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL);
                ::close(client);
            }
        });
    }
    ~PlainPortal() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    PlainPortal(const PlainPortal&) = delete;
    PlainPortal& operator=(const PlainPortal&) = delete;
    [[nodiscard]] std::uint16_t port() const { return port_; }

  private:
    std::string answer_;
    int listener_;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace

TEST_CASE("No answer of a captive portal is taken for delivery even behind the store's own certificate") {
    World world(store::Copies::backed_up);
    prepare(world);
    world.answer(1);
    const std::vector<http::Response> answers = {
        page(200, "<html>Welcome to the library's Wi-Fi</html>"),
        page(200, "", "text/plain; charset=utf-8"),
        page(200, "ok\n", "text/plain; charset=utf-8"),
        page(200, std::string(100'000, 'x')),
        page(302, "moved"),
        page(307, "moved"),
        page(204, "", ""),
        page(511, "<html>Network authentication required</html>"),
        page(403, "<html>blocked by policy</html>"),
        page(404, "not found"),
        page(409, "<html>conflict</html>"),
        page(500, ""),
        page(503, "busy"),
        page(200, std::string("\x82\x69malformed\x61x"), "application/vnd.pillarbox.problem+cbor"),
    };
    for (const http::Response& answer : answers) {
        std::atomic<int> requests = 0;
        const auto server = world.serve(
            [&](const http::Request&) {
                ++requests;
                return answer;
            },
            world.store_keys());
        world.point_station_at(server.port());
        const auto outcome = world.sync({"run"});
        INFO(answer.status << " " << outcome.errors);
        CHECK(outcome.exit_code == 6);
        CHECK_FALSE(outcome.errors.empty());
        CHECK(requests == 1);
        check_all_kept(world);
        CHECK(world.counts().waiting == 1);
    }
}

TEST_CASE("A portal that does not speak TLS is a network error") {
    World world(store::Copies::backed_up);
    prepare(world);
    for (const char* answer :
         {"HTTP/1.1 302 Found\r\nLocation: http://portal/\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 511 Network Authentication Required\r\nContent-Length: 0\r\n\r\n", "", "garbage"}) {
        const PlainPortal portal(answer);
        world.point_station_at(portal.port());
        CHECK(world.sync({"run"}).exit_code == 6);
        check_all_kept(world);
    }
}

TEST_CASE("A server with another certificate receives no request and the exit code says trust") {
    World world(store::Copies::backed_up);
    prepare(world);
    const World other;
    std::atomic<int> requests = 0;
    const auto impostor = world.serve(
        [&](const http::Request&) {
            ++requests;
            return page(200, "");
        },
        other.store_keys());
    world.point_station_at(impostor.port());
    const auto outcome = world.sync({"run"});
    CHECK(outcome.exit_code == 5);
    CHECK(outcome.errors.find("nothing was sent") != std::string::npos);
    CHECK(requests == 0);
    check_all_kept(world);
}

TEST_CASE("An honest receipt from the same server does purge so that the refusals below are about the receipts") {
    World world(store::Copies::backed_up);
    prepare(world);
    const auto note = batch::sign_receipt(honest_receipt(world), "store.example.org", world.store_keys().store_key);
    CHECK(run_against(world, note).exit_code == 0);
    CHECK(world.counts().acknowledged == kept);
}

TEST_CASE("A receipt of another hash or another kiosk or beyond the own head purges nothing") {
    World world(store::Copies::backed_up);
    prepare(world);
    const auto keys = world.store_keys();
    auto other_hash = honest_receipt(world);
    other_hash.stored_hash[0] ^= 1U;
    auto other_kiosk = honest_receipt(world);
    other_kiosk.log_id[0] ^= 1U;
    auto beyond = honest_receipt(world);
    beyond.stored += 1;
    beyond.safe += 1;
    for (const auto& receipt : {other_hash, other_kiosk, beyond}) {
        for (const unsigned status : {200U, 409U}) {
            const auto outcome =
                run_against(world, batch::sign_receipt(receipt, "store.example.org", keys.store_key), status);
            CHECK(outcome.exit_code == 5);
            check_all_kept(world);
        }
    }
}

TEST_CASE("A forged or edited receipt purges nothing") {
    World world(store::Copies::backed_up);
    prepare(world);
    const auto keys = world.store_keys();
    const auto receipt = honest_receipt(world);
    const auto rogue = crypto::SigningKey::generate(world.random);
    CHECK(run_against(world, batch::sign_receipt(receipt, "store.example.org", rogue)).exit_code == 5);
    check_all_kept(world);
    CHECK(run_against(world, batch::sign_receipt(receipt, "elsewhere.example.org", keys.store_key)).exit_code == 5);
    check_all_kept(world);

    auto unsafe = receipt;
    unsafe.safe = 0;
    const std::string note = batch::sign_receipt(unsafe, "store.example.org", keys.store_key);
    const std::string raised = batch::sign_receipt(receipt, "store.example.org", keys.store_key);
    // The text of one receipt over the signature of another: `safe` raised by hand.
    const auto split = note.find("\n\n");
    const std::string edited = raised.substr(0, raised.find("\n\n")) + note.substr(split);
    CHECK(edited != note);
    CHECK(run_against(world, edited).exit_code == 5);
    check_all_kept(world);
}

TEST_CASE("A store that lost purged batches is reported and gets nothing more") {
    World world(store::Copies::backed_up);
    prepare(world);
    const auto keys = world.store_keys();
    const auto full = batch::sign_receipt(honest_receipt(world), "store.example.org", keys.store_key);
    REQUIRE(run_against(world, full).exit_code == 0);
    world.answer(1);
    auto empty = honest_receipt(world);
    empty.stored = 0;
    empty.safe = 0;
    empty.stored_hash = batch::genesis_hash(empty.log_id);
    const auto outcome = run_against(world, batch::sign_receipt(empty, "store.example.org", keys.store_key));
    CHECK(outcome.exit_code == 5);
    CHECK(outcome.errors.find("restored from an old backup") != std::string::npos);
    CHECK(world.counts().waiting + world.counts().batched == 1);
}
