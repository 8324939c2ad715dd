// SPDX-License-Identifier: GPL-3.0-or-later
//
// The case "rotation of committee, store and kiosk keys", with the real programs from end to end.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <set>

#include "core/base/file.hpp"
#include "core/batch/succession.hpp"
#include "core/station/station.hpp"
#include "sync/protocol/seed_file.hpp"
#include "sync/store/service.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

namespace {

namespace fs = std::filesystem;

// What a test does at the store while it does not serve.
class Rotating : public World {
  public:
    explicit Rotating(store::Copies copies = store::Copies::sole) : World(copies) {
        serve_again();
        enrol(server->url());
    }

    void serve_again() {
        server.reset();
        server = std::make_unique<StoreProcess>(data(), listen);
        listen = "127.0.0.1:" + std::to_string(server->port());
    }
    crypto::VerifyKey rotate() {
        REQUIRE(server->stop() == 0);
        const auto outcome = store({"key", "rotate"});
        INFO(outcome.errors);
        REQUIRE(outcome.exit_code == 0);
        serve_again();
        return store_keys().store_key.verify_key();
    }
    void deliver(int responses) {
        answer(responses);
        const auto outcome = sync({"run"});
        INFO(outcome.errors);
        REQUIRE(outcome.exit_code == 0);
    }
    // What `pillarbox kiosk renew` does.
    void renew() const {
        const std::string line = new_token(server->url()) + "\n";
        REQUIRE(
            base::write_file(station::renewal_token_path(station()), base::view_of(line), base::FileMode::owner_only)
                .has_value());
    }
    [[nodiscard]] station::StorePin pin() const { return station::read_station(station())->store; }
    [[nodiscard]] crypto::VerifyKey device_key() const {
        return protocol::read_seed_file(station::device_key_path(station()))->verify_key();
    }
    [[nodiscard]] fs::path stick() const { return folder / "stick"; }
    [[nodiscard]] fs::path on_stick(const std::string& name) { return stick() / base::to_hex(head().log_id) / name; }

    // Different envelopes that are in the store and count, and how many there are in all.
    struct Arrived {
        std::size_t different = 0;
        std::size_t all = 0;
    };
    Arrived arrived() {
        const auto target = folder / ("export-" + std::to_string(++exports_));
        REQUIRE(store({"export", "--out", target}).exit_code == 0);
        std::set<crypto::Digest> digests;
        Arrived found;
        for (const auto& entry : fs::recursive_directory_iterator(target)) {
            if (entry.path().extension() == ".batch") {
                const auto bytes = base::read_file(entry.path(), std::size_t{8} << 20U);
                const auto batch = batch::parse_batch(bytes.value(), {});
                for (const batch::Item& item : batch->items) {
                    digests.insert(crypto::sha256(item.envelope));
                    ++found.all;
                }
            }
        }
        found.different = digests.size();
        return found;
    }

    std::string listen = "127.0.0.1:0";
    std::unique_ptr<StoreProcess> server;

  private:
    int exports_ = 0;
};

bool has(const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A kiosk takes up a store's new key by the word of the one that it has pinned") {
    Rotating world;
    world.deliver(2);
    const auto first = world.pin().key;
    const auto second = world.rotate();
    world.deliver(1);
    CHECK(world.counts().acknowledged == 3);
    CHECK(world.pin().key == second);
    CHECK(world.pin().earlier_keys == std::vector{first});
    CHECK(world.kiosks().front().responses == 3);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.pin().earlier_keys.size() == 1);
}

TEST_CASE("A kiosk that was away for several rotations of the store's key follows them all") {
    Rotating world;
    world.rotate();
    world.rotate();
    const auto last = world.rotate();
    world.deliver(2);
    CHECK(world.counts().acknowledged == 2);
    CHECK(world.pin().key == last);
    CHECK(world.pin().earlier_keys.size() == 3);
}

TEST_CASE("A store key that the pinned one has not introduced is believed by no kiosk") {
    Rotating world;
    world.answer(2);
    REQUIRE(world.server->stop() == 0);
    const auto old_key = world.store_keys().store_key.verify_key();
    const auto strange = crypto::SigningKey::generate(world.random);
    REQUIRE(protocol::write_seed_file(store::signing_key_path(world.data()), strange).has_value());
    SECTION("without a word") {}
    SECTION("with a word that another key has signed") {
        const auto liar = crypto::SigningKey::generate(world.random);
        const std::string text = batch::sign_succession("store.example.org", liar, strange);
        REQUIRE(base::write_file(store::successions_path(world.data()), base::view_of(text)).has_value());
    }
    world.serve_again();
    const auto outcome = world.sync({"run"});
    CHECK(outcome.exit_code == 5);
    CHECK(world.counts().waiting == 2);
    CHECK(world.counts().acknowledged == 0);
    CHECK(world.pin().key == old_key);
}

TEST_CASE(
    "A forged introduction of a store key is believed by no kiosk though it comes from behind the right "
    "certificate") {
    Rotating world;
    world.answer(2);
    REQUIRE(world.server->stop() == 0);
    const auto pinned = world.pin().key;
    const auto strange = crypto::SigningKey::generate(world.random);
    const auto liar = crypto::SigningKey::generate(world.random);
    std::string forged = batch::sign_succession("store.example.org", liar, strange);
    const std::string liars = base::to_hex(liar.verify_key().bytes);
    forged.replace(forged.find(liars), liars.size(), base::to_hex(pinned.bytes));
    std::atomic<int> asked = 0;
    auto server = world.serve(
        [&](const http::Request& request) {
            const bool for_key = request.path == protocol::successor_path(pinned);
            asked += for_key ? 1 : 0;
            batch::Receipt receipt;
            receipt.log_id = world.head().log_id;
            receipt.stored_hash = world.head().hash;
            const std::string note = for_key ? forged : batch::sign_receipt(receipt, "store.example.org", strange);
            return http::Response{200, std::string(protocol::note_type), base::bytes_of(note)};
        },
        world.store_keys());
    world.point_station_at(server.port());
    CHECK(world.sync({"run"}).exit_code == 5);
    CHECK(asked == 1);
    CHECK(world.pin().key == pinned);
    CHECK(world.counts().waiting == 2);
}

TEST_CASE("A stick brings the store's new key together with the first receipt that it signed") {
    Rotating world;
    world.answer(2);
    REQUIRE(world.sync({"export", "--to", world.stick()}).exit_code == 0);
    const auto second = world.rotate();
    REQUIRE(world.store({"import", "--from", world.stick()}).exit_code == 0);
    SECTION("whole") {
        CHECK(world.sync({"import-receipts", "--from", world.stick()}).exit_code == 0);
        CHECK(world.counts().acknowledged == 2);
        CHECK(world.pin().key == second);
    }
    SECTION("without the succession") {
        fs::remove(world.on_stick("successions.txt"));
        CHECK(world.sync({"import-receipts", "--from", world.stick()}).exit_code == 5);
        CHECK(world.counts().acknowledged == 0);
    }
    SECTION("with an edited succession") {
        auto text = base::read_file(world.on_stick("successions.txt"), 1U << 16U).value();
        auto& letter = text[text.size() - 10];  // of the signature, in base64
        letter = letter == 'A' ? 'B' : 'A';
        REQUIRE(base::write_file(world.on_stick("successions.txt"), text).has_value());
        CHECK(world.sync({"import-receipts", "--from", world.stick()}).exit_code == 5);
        CHECK(world.counts().acknowledged == 0);
    }
}

TEST_CASE("A receipt by a store key that was given up deletes nothing any more") {
    Rotating world;
    world.answer(2);
    REQUIRE(world.sync({"export", "--to", world.stick()}).exit_code == 0);
    REQUIRE(world.store({"import", "--from", world.stick()}).exit_code == 0);  // signed by the first key
    world.rotate();
    auto station = station::read_station(world.station()).value();
    REQUIRE(station::pin_store_key(station.store, world.store_keys().store_key.verify_key()).has_value());
    REQUIRE(station::write_station(world.station(), station).has_value());
    CHECK(world.sync({"import-receipts", "--from", world.stick()}).exit_code == 5);
    CHECK(world.counts().acknowledged == 0);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.counts().acknowledged == 2);
}

TEST_CASE("A token that was made before the rotation of the store's key enrols a kiosk after it") {
    Rotating world;
    const auto token = world.new_token(world.server->url());
    const auto second = world.rotate();
    fs::remove_all(world.station());
    world.prepare_station(token);
    CHECK(world.sync({"enrol"}).exit_code == 0);
    CHECK(world.pin().key == second);
    world.deliver(1);
    CHECK(world.kiosks().size() == 2);
}

TEST_CASE("A rotation that was cut short is told and brought to its end by the same command") {
    Rotating world;
    REQUIRE(world.server->stop() == 0);
    const auto old_key = world.store_keys().store_key;
    const auto next = crypto::SigningKey::generate(world.random);
    REQUIRE(protocol::write_seed_file(world.data() / "store.key.next", next).has_value());
    SECTION("before the word") {
        world.serve_again();  // the old key serves as ever
        world.deliver(1);
        REQUIRE(world.server->stop() == 0);
    }
    SECTION("after the word") {
        const std::string text = batch::sign_succession("store.example.org", old_key, next);
        REQUIRE(base::write_file(store::successions_path(world.data()), base::view_of(text)).has_value());
        const auto served = world.store({"serve", "--listen", world.listen});
        CHECK(served.exit_code == 4);
        CHECK(has(served.errors, "cut short"));
    }
    SECTION("after the new key was in place") {
        const std::string text = batch::sign_succession("store.example.org", old_key, next);
        REQUIRE(base::write_file(store::successions_path(world.data()), base::view_of(text)).has_value());
        REQUIRE(protocol::write_seed_file(store::signing_key_path(world.data()), next).has_value());
    }
    CHECK(world.store({"key", "rotate"}).exit_code == 0);
    CHECK_FALSE(fs::exists(world.data() / "store.key.next"));
    CHECK(world.store_keys().store_key.verify_key() == next.verify_key());
    world.serve_again();
    world.deliver(1);
    CHECK(world.pin().key == next.verify_key());
    CHECK(world.pin().earlier_keys.size() == 1);
}

TEST_CASE("The store's key is not rotated while the store serves") {
    const Rotating world;
    CHECK(world.store({"key", "rotate"}).exit_code != 0);
    CHECK_FALSE(fs::exists(store::successions_path(world.data())));
}

TEST_CASE("A kiosk that is enrolled again goes on under a new key without loss and without being taken for a copy") {
    Rotating world(store::Copies::backed_up);  // nothing is safe yet: everything is in the old log and on the kiosk
    world.deliver(3);
    world.answer(2);
    const auto old_log = world.head().log_id;
    const auto old_key = world.device_key();
    world.renew();
    const auto renewed = world.sync({"enrol"});
    INFO(renewed.errors);
    CHECK(renewed.exit_code == 0);
    CHECK(world.device_key() != old_key);
    CHECK(world.head().log_id == batch::log_id_of(world.device_key(), old_log));
    for (const char* left : {"renewal.token", "renewal.request", "device.next.key"}) {
        CHECK_FALSE(fs::exists(world.station() / left));
    }
    CHECK(world.counts().waiting == 5);
    world.deliver(1);
    const auto arrived = world.arrived();
    CHECK(arrived.different == 6);
    CHECK(arrived.all == 9);  // three have come in both logs, which the desk counts once
    const auto status = world.store({"status"}).output;
    CHECK(has(status, " forks 0 follows " + base::to_hex(old_log).substr(0, 8)));
    CHECK(has(status, " forks 0 revoked after 1 quarantined 0"));
    REQUIRE(world.store({"backup", "--to", (world.folder / "copy.db").string()}).exit_code == 0);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.counts().acknowledged == 6);
    CHECK(world.sync({"enrol"}).exit_code == 0);  // once more without a token
    CHECK(world.kiosks().size() == 2);
}

TEST_CASE("What the old key of a kiosk signs after its renewal counts for nothing") {
    Rotating world;
    world.deliver(2);
    fs::copy(world.station(), world.folder / "copied", fs::copy_options::recursive);
    world.renew();
    REQUIRE(world.sync({"enrol"}).exit_code == 0);
    world.deliver(1);
    fs::rename(world.station(), world.folder / "own");
    fs::rename(world.folder / "copied", world.station());  // whoever copied the disk goes on with the old key
    world.answer(1);
    const auto outcome = world.sync({"run"});
    CHECK(outcome.exit_code == 5);
    CHECK(has(outcome.errors, "has revoked this kiosk after batch 1"));
    CHECK(world.counts().waiting + world.counts().batched == 1);
    CHECK(world.arrived().all == 3);
}

TEST_CASE("A renewal whose reply is lost is the same renewal at the next try") {
    Rotating world;
    world.deliver(2);
    world.answer(1);
    REQUIRE(world.server->stop() == 0);
    auto database = store::open_database_of(world.data());
    const base::SystemClock clock;
    store::EventLog log(store::make_error_logger(), clock);
    store::Service service(std::move(*database), world.store_keys().store_key, {}, clock, log);
    std::atomic<bool> lose = true;  // read by the server's threads
    auto lossy = world.serve(
        [&](const http::Request& request) {
            const auto answer = service.handle(request);
            return lose ? http::Response{502, "text/html", base::bytes_of("<html>bad gateway</html>")} : answer;
        },
        world.store_keys());
    world.point_station_at(lossy.port());
    const std::string line = world.new_token(world.pin().url) + "\n";
    REQUIRE(base::write_file(station::renewal_token_path(world.station()), base::view_of(line)).has_value());
    const auto old_log = world.head().log_id;
    CHECK(world.sync({"enrol"}).exit_code == 6);
    CHECK(world.head().log_id == old_log);
    CHECK(world.kiosks().size() == 2);  // the store has it already
    lose = false;
    SECTION("at once") {}
    SECTION("after a round in the old log which the store refuses and the kiosk keeps") {
        CHECK(world.sync({"run"}).exit_code == 5);
        CHECK(world.counts().batched == 1);
    }
    SECTION("with another token") {
        const std::string other = world.new_token(world.pin().url) + "\n";
        REQUIRE(base::write_file(station::renewal_token_path(world.station()), base::view_of(other)).has_value());
    }
    CHECK(world.sync({"enrol"}).exit_code == 0);
    CHECK(world.head().log_id != old_log);
    world.deliver(1);
    CHECK(world.counts().acknowledged == 4);
    CHECK(world.arrived().different == 4);
}

TEST_CASE("A renewal that was killed behind the outbox's change of log is brought to its end by the next round") {
    Rotating world;
    world.deliver(1);
    const auto old_seed = base::read_file(station::device_key_path(world.station()), 64).value();
    world.renew();
    const auto token = base::read_file(station::renewal_token_path(world.station()), 4096).value();
    // Everything up to the point of no return, by a store that answers and a kiosk that is then put back there.
    REQUIRE(world.server->stop() == 0);
    CHECK(world.sync({"enrol"}).exit_code == 6);
    const auto next_seed = base::read_file(world.station() / "device.next.key", 64).value();
    const auto request = base::read_file(world.station() / "renewal.request", 512).value();
    world.serve_again();
    REQUIRE(world.sync({"enrol"}).exit_code == 0);
    for (const auto& [name, bytes] : {std::pair("device.key", old_seed), std::pair("device.next.key", next_seed),
                                      std::pair("renewal.request", request), std::pair("renewal.token", token)}) {
        REQUIRE(base::write_file(world.station() / name, bytes, base::FileMode::owner_only).has_value());
    }
    SECTION("by the network") {
        world.deliver(2);
    }
    SECTION("by a stick") {
        world.answer(2);
        CHECK(world.sync({"export", "--to", world.stick()}).exit_code == 0);
        CHECK(world.store({"import", "--from", world.stick()}).exit_code == 0);
        CHECK(world.sync({"import-receipts", "--from", world.stick()}).exit_code == 0);
    }
    CHECK(world.counts().acknowledged == 3);
    CHECK(base::read_file(station::device_key_path(world.station()), 64).value() == next_seed);
    CHECK_FALSE(fs::exists(world.station() / "renewal.request"));
}

TEST_CASE("Rotations and renewals that are killed at any moment go on where they were and lose nothing") {
    Rotating world;
    std::size_t answered = 0;
    int cut_short = 0;
    for (int milliseconds = 1; milliseconds <= 49; milliseconds += 8) {
        INFO("killed after " << milliseconds << " ms");
        const auto killed = [&](std::vector<std::string> arguments) {
            const std::string time =
                "0." + std::string(milliseconds < 10 ? "00" : "0") + std::to_string(milliseconds);
            // In the foreground it waits for the killed one's end, whose locks are gone then.
            arguments.insert(arguments.begin(), {"timeout", "--foreground", "-s", "KILL", time});
            cut_short += tests::run_program(arguments).exit_code == 0 ? 0 : 1;
        };
        world.answer(1);
        ++answered;
        world.renew();
        killed({tests::built_program("pillarbox-sync"), "enrol", "--station", world.station()});
        if (milliseconds % 3 == 0) {
            static_cast<void>(world.sync({"run"}));  // whatever it may do now
        }
        REQUIRE(world.sync({"enrol"}).exit_code == 0);
        REQUIRE(world.server->stop() == 0);
        killed({tests::built_program("pillarbox-store"), "key", "rotate", "--data", world.data()});
        if (fs::exists(world.data() / "store.key.next")) {
            REQUIRE(world.store({"key", "rotate"}).exit_code == 0);
        }
        world.serve_again();
        world.deliver(1);
        ++answered;
    }
    CHECK(cut_short > 0);
    CHECK(world.counts().acknowledged == answered);
    CHECK(world.arrived().different == answered);
    CHECK(world.arrived().all == answered);
    CHECK(world.pin().key == world.store_keys().store_key.verify_key());
}

TEST_CASE("A kiosk that has lost its key is enrolled again and keeps every response") {
    Rotating world;
    world.deliver(1);
    world.answer(2);
    fs::remove(station::device_key_path(world.station()));
    CHECK(world.sync({"run"}).exit_code == 4);
    world.renew();
    REQUIRE(world.sync({"enrol"}).exit_code == 0);
    world.deliver(1);
    CHECK(world.counts().acknowledged == 4);
    CHECK(world.arrived().different == 4);
}

TEST_CASE("Envelopes sealed before and after a rotation of the committee's key arrive and open each by its own") {
    Rotating world;
    world.answer(2);
    std::vector<envelope::Identity> before;
    before.push_back(std::move(world.committee));
    world.committee = envelope::Identity::generate(world.random);  // whom the newer pack names
    REQUIRE(base::write_file(station::pack_path(world.station()), base::view_of("a newer pack")).has_value());
    world.answer(3);
    REQUIRE(world.sync({"export", "--to", world.stick()}).exit_code == 0);
    std::vector<envelope::Identity> both;
    both.push_back(std::move(world.committee));
    const auto opened_by = [&](const std::vector<envelope::Identity>& keys) {
        const auto bytes = base::read_file(world.on_stick("000001.batch"), std::size_t{8} << 20U);
        const auto batch = batch::parse_batch(bytes.value(), {});
        return std::ranges::count_if(batch->items, [&](const batch::Item& item) {
            return envelope::open(item.envelope, keys, std::size_t{1} << 16U).has_value();
        });
    };
    CHECK(opened_by(before) == 2);
    CHECK(opened_by(both) == 3);
    both.push_back(std::move(before.front()));
    CHECK(opened_by(both) == 5);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    CHECK(world.kiosks().front().responses == 5);
    CHECK(world.counts().acknowledged == 5);
}
