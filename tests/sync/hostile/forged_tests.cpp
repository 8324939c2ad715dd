// SPDX-License-Identifier: GPL-3.0-or-later
//
// A flood of forged batches over a few connections. PILLARBOX_FORGED_BATCHES says how many; `run` takes 100000.
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <map>
#include <set>
#include <thread>

#include "core/http/client.hpp"
#include "sync/protocol/enrolment.hpp"
#include "sync/protocol/upload.hpp"
#include "tests/sync/hostile/watched_store.hpp"

using namespace pillarbox;

namespace {

constexpr std::size_t connections = 4;
constexpr std::size_t log_lines_max = 400;
constexpr std::uint64_t quick_count = 2'000;

enum class Kind { other_signer, other_log, no_such_kiosk, replay, other_items, one_bit, noise, no_such_token };
constexpr std::array kinds = {Kind::other_signer, Kind::other_log, Kind::no_such_kiosk, Kind::replay,
                              Kind::other_items,  Kind::one_bit,   Kind::noise,         Kind::no_such_token};
constexpr std::array names = {"signed by another key", "of another log",  "for no kiosk", "replayed",
                              "with other items",      "one bit flipped", "noise",        "enrolment without token"};

const std::set<unsigned>& statuses_of(Kind kind) {
    static const std::map<Kind, std::set<unsigned>> all = {
        {Kind::other_signer, {403}}, {Kind::other_log, {400}},    {Kind::no_such_kiosk, {404}},
        {Kind::replay, {200}},       {Kind::other_items, {400}},  {Kind::one_bit, {400, 403, 413}},
        {Kind::noise, {400, 413}},   {Kind::no_such_token, {403}}};
    return all.at(kind);
}

// Knows everything but the kiosk's key: its log id, its head and a batch that it sent.
class Forger {
  public:
    Forger(batch::Header next, base::Bytes genuine)
        : next_(std::move(next)), genuine_(std::move(genuine)), key_(crypto::SigningKey::generate(random_)) {}

    http::Request forge(Kind kind, std::uint64_t index) {
        http::Request request{
            http::Method::post, protocol::batches_path(next_.log_id), std::string(protocol::upload_type), {}};
        batch::Header header = next_;
        base::Bytes batch;
        switch (kind) {
            case Kind::other_signer:
                batch = batch::make_batch(header, {item(index)}, key_, {}).value();
                break;
            case Kind::no_such_kiosk:
                request.path = protocol::batches_path(batch::log_id_of(key_.verify_key(), {}));
                [[fallthrough]];
            case Kind::other_log:
                header.log_id = batch::log_id_of(key_.verify_key(), {});
                batch = batch::make_batch(header, {item(index)}, key_, {}).value();
                break;
            case Kind::replay:
                batch = genuine_;
                break;
            case Kind::other_items: {
                batch::Batch parsed = batch::parse_batch(genuine_, {}).value();
                parsed.items.front() = item(index);
                batch = batch::encode_batch(parsed);
                break;
            }
            case Kind::one_bit:
                batch = genuine_;
                batch[index / 8 % batch.size()] ^= static_cast<std::uint8_t>(1U << index % 8);
                break;
            case Kind::noise:
                request.body.resize(400);
                random_.fill(request.body);
                return request;
            case Kind::no_such_token: {
                protocol::EnrolmentSecret secret{};
                random_.fill(secret);
                request.path = protocol::enrol_path;
                request.body = protocol::make_enrolment(secret, {}, key_);
                return request;
            }
        }
        request.body = protocol::make_upload({batch});
        return request;
    }

  private:
    batch::Item item(std::uint64_t index) {
        batch::Item made;
        made.tag.fill(static_cast<std::uint8_t>(index));
        made.envelope.resize(600);
        random_.fill(made.envelope);
        return made;
    }

    batch::Header next_;
    base::Bytes genuine_;
    crypto::SystemRandom random_;
    crypto::SigningKey key_;
};

Forger forger_against(tests::WatchedStore& store) {
    const auto database = store::open_database_of(store.world.data());
    REQUIRE(database.has_value());
    const auto kiosks = store::all_kiosks(**database);
    REQUIRE(kiosks.has_value());
    const store::Kiosk& kiosk = kiosks->front();
    base::Bytes genuine;
    const auto walked = store::walk_batches(**database, kiosk, [&](std::uint64_t, base::ByteView content) {
        genuine.assign(content.begin(), content.end());
        return base::Result<void>{};
    });
    REQUIRE(walked.has_value());
    batch::Header next = batch::parse_batch(genuine, {})->header;
    ++next.number;
    next.previous = kiosk.stored_hash;
    return {next, genuine};
}

using Tally = std::map<Kind, std::map<unsigned, std::uint64_t>>;  // by kind, how often each status; 0: no answer

// One connection's share of the flood.
Tally flood(const tests::WatchedStore& store, const http::CertificatePin& pin, Forger& forger, std::uint64_t first,
            std::uint64_t count) {
    http::ClientSettings settings;
    settings.base_url = store.store.url();
    settings.certificate_pin = pin;
    auto client = http::Client::create(settings);
    Tally tally;
    for (std::uint64_t index = first; index < count; index += connections) {
        const Kind kind = kinds[index / connections % kinds.size()];
        const auto response = client->send(forger.forge(kind, index));
        ++tally[kind][response.has_value() ? response->status : 0];
    }
    return tally;
}

}  // namespace

TEST_CASE("Forged batches are refused by the thousand while a kiosk goes on delivering") {
    const char* wanted = std::getenv("PILLARBOX_FORGED_BATCHES");
    const std::uint64_t count = wanted == nullptr ? quick_count : std::strtoull(wanted, nullptr, 10);
    tests::WatchedStore store;
    const auto before = store.footprint();
    const auto pin = http::pin_of(store.world.store_keys().certificate.certificate_pem).value();
    std::array<Tally, connections> tallies;
    std::array<std::jthread, connections> threads;
    std::atomic<std::size_t> running = connections;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < connections; ++i) {
        threads[i] = std::jthread([&, i, forger = forger_against(store)]() mutable {
            tallies[i] = flood(store, pin, forger, i, count);
            --running;
        });
    }
    std::chrono::milliseconds worst{0};
    int rounds = 0;
    while (running > 0) {
        worst = std::max(worst, store.deliver());
        ++rounds;
    }
    for (std::jthread& thread : threads) {
        thread.join();
    }
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    Tally all;
    for (const Tally& tally : tallies) {
        for (const auto& [kind, statuses] : tally) {
            for (const auto& [status, times] : statuses) {
                all[kind][status] += times;
            }
        }
    }
    for (const auto& [kind, statuses] : all) {
        std::printf("%-26s", names[static_cast<std::size_t>(kind)]);
        for (const auto& [status, times] : statuses) {
            INFO(names[static_cast<std::size_t>(kind)] << " " << status);
            CHECK(statuses_of(kind).contains(status));
            std::printf(" %u: %lu", status, times);
        }
        std::printf("\n");
    }
    const auto after = store.footprint();
    const std::string log = store.log();
    const auto lines = std::ranges::count(log, '\n');
    std::printf("%lu forged in %.1f s (%.0f/s); %d honest rounds, worst %ld ms; peak %zu KiB; %ld log lines\n", count,
                seconds, static_cast<double>(count) / seconds, rounds, static_cast<long>(worst.count()),
                after.peak_kib, static_cast<long>(lines));
    store.check_memory();
    CHECK(after.threads == before.threads);
    // An honest round has a line; all forgeries together have a few dozen.
    CHECK(static_cast<std::size_t>(lines) < log_lines_max + static_cast<std::size_t>(rounds));
    CHECK(store.store.stop() == 0);
    store.check_contents();
}
