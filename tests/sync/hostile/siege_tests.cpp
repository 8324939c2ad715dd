// SPDX-License-Identifier: GPL-3.0-or-later
//
// One store under every attack in turn, while a kiosk goes on delivering through it.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <thread>

#include "sync/protocol/routes.hpp"
#include "sync/protocol/upload.hpp"
#include "tests/sync/hostile/swarm.hpp"
#include "tests/sync/hostile/watched_store.hpp"

using namespace pillarbox;
using namespace std::chrono_literals;
using tests::Ears;
using tests::Farewell;
using tests::Layer;
using tests::Swarm;
using tests::Tactics;

namespace {

constexpr auto round_time_max = 30s;

struct Attack {
    std::string name;
    Tactics tactics;
};

std::string post(const std::string& path, const std::string& fields) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
}

// An upload that is all it has to be, but for its signature.
std::string forged_upload(std::size_t items) {
    crypto::SystemRandom random;
    batch::Header header;
    header.campaign_id = "test-campaign";
    header.number = 1;
    std::vector<batch::Item> made(items);
    for (batch::Item& item : made) {
        item.envelope.resize(std::size_t{1} << 20U);
    }
    const auto batch = batch::make_batch(header, made, crypto::SigningKey::generate(random), {});
    REQUIRE(batch.has_value());
    const base::Bytes upload = protocol::make_upload({*batch});
    return std::string(base::text_of(upload));
}

// `kiosk_path`: of the honest kiosk itself, which somebody might have seen. `crowd`: connections of an attack that is
// not about their number.
std::vector<Attack> attacks(const std::string& kiosk_path, std::size_t crowd) {
    const std::string stranger_path = protocol::batches_path(batch::LogId{});
    const std::string get = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
    const std::string megabytes = "Content-Length: 8000000\r\n";
    const std::string lump(16'000, 'a');
    const std::string great = forged_upload(7);
    return {
        {"slow handshake", {.layer = Layer::tcp, .opening = "\x16\x03\x01\x02", .repeated = "\x01"}},
        {"slow header", {.opening = get, .repeated = "X-A: b\r\n"}},
        {"slow body for this kiosk", {.opening = post(kiosk_path, megabytes), .repeated = "a"}},
        {"slow header from elsewhere", {.opening = get, .repeated = "X-A: b\r\n", .address = "127.0.0.9"}},
        {"slow body for no kiosk",
         {.connections = crowd, .opening = post(stranger_path, megabytes), .repeated = "a"}},
        {"slow enrolment",
         {.connections = crowd, .opening = post("/v1/enrol", "Content-Length: 500\r\n"), .repeated = "a"}},
        {"silence", {.layer = Layer::tcp, .connections = crowd}},
        {"silence after the handshake", {.connections = crowd}},
        {"endless header", {.connections = crowd, .opening = get, .repeated = "X-A: " + lump, .interval = 0ms}},
        {"great bodies for this kiosk, never ended",
         {.connections = 100,
          .opening = post(kiosk_path, megabytes) + std::string(7'900'000, 'a'),
          .repeated = "a",
          .interval = 1s}},
        {"great forged batches for this kiosk",
         {.connections = 32,
          .opening = post(kiosk_path, "Content-Length: " + std::to_string(great.size()) + "\r\n") + great,
          .interval = 10s}},
        {"great bodies for no kiosk",
         {.connections = crowd, .opening = post(stranger_path, megabytes), .repeated = lump, .interval = 0ms}},
        {"endless chunks",
         {.connections = crowd,
          .opening = post(kiosk_path, "Transfer-Encoding: chunked\r\n"),
          .repeated = "3e80\r\n" + lump + "\r\n",
          .interval = 0ms}},
        {"endless pipeline, deaf", {.connections = crowd, .repeated = get + "\r\n", .interval = 0ms}},
        {"questions without end",
         {.connections = crowd, .repeated = get + "\r\n", .interval = 100ms, .ears = Ears::listening}},
        {"reset in the middle of a body",
         {.connections = crowd,
          .opening = post(kiosk_path, megabytes) + lump,
          .repeated = "a",
          .interval = 20ms,
          .repeats_max = 5,
          .farewell = Farewell::reset}},
        {"connections that come and go",
         {.layer = Layer::tcp, .connections = crowd, .opening = "x", .repeats_max = 0}},
    };
}

// As long as one round takes, or what `run` asks for.
std::chrono::milliseconds time_for_each() {
    const char* text = std::getenv("PILLARBOX_SIEGE_MS");
    return std::chrono::milliseconds(text == nullptr ? 0 : std::atoi(text));
}

}  // namespace

TEST_CASE("The store serves an honest kiosk and stays small while hundreds of hostile clients hold on to it") {
    // The store takes 128 at once. The quick version has some more than that, and 300 where they are slow.
    const std::size_t crowd = time_for_each().count() == 0 ? 150 : 300;
    tests::WatchedStore store;
    const tests::Footprint before = store.footprint_at_rest();
    std::printf("%-42s %6s %8s %8s %9s %7s %8s\n", "attack", "rounds", "worst ms", "opened", "dropped", "MB sent",
                "peak KiB");
    for (const auto& [name, tactics] : attacks(store.batches_path(), crowd)) {
        INFO(name);
        const Swarm swarm(store.port(), tactics);
        std::this_thread::sleep_for(100ms);  // let the crowd be there first
        const auto start = std::chrono::steady_clock::now();
        std::chrono::milliseconds worst{0};
        int rounds = 0;
        do {
            worst = std::max(worst, store.deliver());
            ++rounds;
        } while (std::chrono::steady_clock::now() - start < time_for_each());
        CHECK(worst < round_time_max);
        std::printf("%-42s %6d %8ld %8lu %9lu %7lu %8zu\n", name.c_str(), rounds, static_cast<long>(worst.count()),
                    swarm.opened(), swarm.dropped(), swarm.sent_bytes() / 1'000'000, store.footprint().peak_kib);
        std::fflush(stdout);
    }
    for (int tries = 0; tries < 100 && store.footprint().descriptors > before.descriptors; ++tries) {
        std::this_thread::sleep_for(100ms);
    }
    const tests::Footprint after = store.footprint();
    CHECK(after.descriptors == before.descriptors);
    CHECK(after.threads == before.threads);
    store.check_memory();
    store.deliver();
    CHECK(store.store.stop() == 0);
    store.check_contents();
}
