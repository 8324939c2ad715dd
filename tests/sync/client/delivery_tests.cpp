// SPDX-License-Identifier: GPL-3.0-or-later
//
// The way of a response from the outbox to the store, with the real programs over real TLS, and every way to break
// it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <iostream>
#include <sstream>
#include <thread>

#include "core/base/file.hpp"
#include "core/station/station.hpp"
#include "sync/client/folder_lock.hpp"
#include "tests/sync/client/cutting_proxy.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::CuttingProxy;
using tests::StoreProcess;
using tests::World;

TEST_CASE("Responses arrive once and leave the kiosk when the store is a declared sole copy") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(7);
    const auto outcome = world.sync({"run"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 0);
    CHECK(outcome.output.find("sent 7 responses in 1 batches") != std::string::npos);
    CHECK(world.counts().waiting == 0);
    CHECK(world.counts().batched == 0);
    CHECK(world.counts().acknowledged == 7);
    REQUIRE(world.kiosks().size() == 1);
    CHECK(world.kiosks().front().responses == 7);
    CHECK(world.sync({"run"}).output.find("sent 0 responses") != std::string::npos);
    CHECK(store.stop() == 0);
}

TEST_CASE("Nothing is purged before a verified backup covers it and everything is after") {
    World world(store::Copies::backed_up);
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(3);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.counts().batched == 3);
    CHECK(world.counts().acknowledged == 0);
    const auto backup = world.store({"backup", "--to", (world.folder / "backup.db").string()});
    INFO(backup.errors);
    REQUIRE(backup.exit_code == 0);
    CHECK(backup.errors.find("same disk") != std::string::npos);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.counts().batched == 0);
    CHECK(world.counts().acknowledged == 3);
}

TEST_CASE("Responses given while the network is off arrive when it is on") {
    World world;
    std::uint16_t port = 0;
    {
        StoreProcess store(world.data());
        port = store.port();
        world.enrol(store.url());
        CHECK(store.stop() == 0);
    }
    world.answer(4);
    const auto off = world.sync({"run"});
    CHECK(off.exit_code == 6);
    CHECK(off.errors.find("nothing is lost") != std::string::npos);
    CHECK(world.counts().waiting == 4);
    StoreProcess store(world.data(), "127.0.0.1:" + std::to_string(port));
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.kiosks().front().responses == 4);
}

TEST_CASE("An upload cut anywhere arrives exactly once after a retry") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    std::uint64_t given = 0;
    int cut_rounds = 0;
    // From inside the TLS handshake, over every part of the two requests, to after the last byte and before the
    // answer.
    for (std::size_t cut_after = 200; cut_after < 24'000; cut_after += 2'100) {
        world.answer(8, 1'900);
        given += 8;
        {
            const CuttingProxy proxy(store.port(), cut_after);
            world.point_station_at(proxy.port());
            const auto outcome = world.sync({"run"});
            CHECK((outcome.exit_code == 6 || outcome.exit_code == 0));
            cut_rounds += outcome.exit_code == 6 ? 1 : 0;
        }
        const auto counts = world.counts();
        CHECK(counts.waiting + counts.batched + counts.acknowledged == given);
        world.point_station_at(store.port());
        CHECK(world.sync({"run"}).exit_code == 0);
        CHECK(world.kiosks().front().responses == given);
        CHECK(world.counts().acknowledged == given);
    }
    CHECK(cut_rounds >= 5);
}

TEST_CASE("A store killed at any moment of an upload ends with each response once") {
    World world;
    std::uint64_t given = 0;
    std::uint16_t port = 0;
    {
        StoreProcess store(world.data());
        port = store.port();
        world.enrol(store.url());
    }
    for (int delay_ms = 0; delay_ms < 60; delay_ms += 6) {
        world.answer(40, 4'000);
        given += 40;
        {
            StoreProcess store(world.data(), "127.0.0.1:" + std::to_string(port));
            std::thread syncing([&world] { (void)world.sync({"run"}); });
            std::this_thread::sleep_for(std::chrono::milliseconds(delay_ms));
            store.kill();
            syncing.join();
        }
        const auto counts = world.counts();
        CHECK(counts.waiting + counts.batched + counts.acknowledged == given);
        StoreProcess store(world.data(), "127.0.0.1:" + std::to_string(port));
        CHECK(world.sync({"run"}).exit_code == 0);
        CHECK(world.kiosks().front().responses == given);
        store.stop();
    }
}

TEST_CASE("More than fits one batch goes in several") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(12, 450'000);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.kiosks().front().responses == 12);
    CHECK(world.kiosks().front().stored >= 3);
    CHECK(world.counts().acknowledged == 12);
}

TEST_CASE("Fewer responses than the least batch wait") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(2);
    CHECK(world.sync({"run", "--min-batch", "3"}).exit_code == 0);
    CHECK(world.counts().waiting == 2);
    world.answer(1);
    CHECK(world.sync({"run", "--min-batch", "3"}).exit_code == 0);
    CHECK(world.counts().acknowledged == 3);
}

TEST_CASE("A second sync on the same station is told to wait") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    const auto lock = client::FolderLock::take(world.station());
    REQUIRE(lock.has_value());
    const auto outcome = world.sync({"run"});
    CHECK(outcome.exit_code == 4);
    CHECK(outcome.errors.find("Another pillarbox-sync") != std::string::npos);
}

TEST_CASE("What the system refuses is told as such and not as another sync at work or as damage") {
    if (!tests::is_installed("strace")) {
        std::cout << "SKIPPED: what the system refuses: strace is not installed\n";
        return;
    }
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    const auto run_with = [&world](const std::string& refused) {
        return tests::run_program(
            {"strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=" + refused,
             tests::built_program("pillarbox-sync"), "run", "--station", world.station().string()},
            {"ASAN_OPTIONS=detect_leaks=0"});
    };
    const auto no_lock = run_with("flock:error=EIO");
    CHECK(no_lock.exit_code == 4);
    CHECK(no_lock.errors.find("sync.lock: Could not be locked: Input/output error.") != std::string::npos);
    const auto no_page = run_with("pread64:error=EIO:when=100+");  // in the midst of the outbox's integrity check
    CHECK(no_page.exit_code == 4);
    CHECK(no_page.errors.find("outbox.db: The integrity check could not read it: ") != std::string::npos);
    CHECK(std::ranges::count(no_page.errors, '\n') == 1);
    CHECK(world.sync({"run"}).exit_code == 0);
}

TEST_CASE("No file of store or kiosk holds the plaintext of an answer") {
    World world(store::Copies::backed_up);
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(5);
    CHECK(world.sync({"run"}).exit_code == 0);
    world.answer(2);
    REQUIRE(world.store({"backup", "--to", (world.folder / "backup.db").string()}).exit_code == 0);
    REQUIRE(world.store({"export", "--out", (world.folder / "export").string()}).exit_code == 0);
    // In clear, and in the encodings that a careless log would use.
    const auto found =
        tests::run_program({"grep", "-rlaE", "canary-7f3a9b|63616e6172792d37|Y2FuYXJ5LTdm|ambulance never",
                            world.folder.path().string()});
    CHECK(found.exit_code == 1);
    CHECK(found.output.empty());
    // The search would find it: a planted file does show.
    std::filesystem::create_directory(world.folder / "planted");
    const auto planted = base::write_file(world.folder / "planted/answer", base::view_of(tests::canary));
    REQUIRE(planted.has_value());
    CHECK(tests::run_program({"grep", "-rlaE", "canary-7f3a9b", world.folder.path().string()}).exit_code == 0);
}

TEST_CASE("Export and status tell what was received") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(2);
    CHECK(world.sync({"run", "--today", "2026-01-05"}).exit_code == 0);
    const auto status = world.store({"status"});
    CHECK(status.exit_code == 0);
    CHECK(status.output.find("\"Brixton Library\" stored 1 safe 1 responses 2") != std::string::npos);
    const auto out = world.folder / "export";
    CHECK(world.store({"export", "--out", out.string()}).exit_code == 0);
    CHECK(std::filesystem::exists(out / base::to_hex(world.head().log_id) / "000001.batch"));
    CHECK(world.store({"export", "--out", out.string()}).exit_code == 4);
    const auto station = world.sync({"status"});
    CHECK(station.exit_code == 0);
    CHECK(station.output.find("waiting 0 batched 0 acknowledged 2") != std::string::npos);
}

TEST_CASE("A test response is delivered and in no figure of kiosk or store") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    {
        auto outbox = outbox::Outbox::open(station::outbox_path(world.station()), world.random).value();
        const auto sealed = envelope::seal(base::view_of("a test"), {world.committee.recipient()}, world.random);
        REQUIRE(outbox.add({batch::test_tag(), sealed.value()}).has_value());
    }
    CHECK(world.counts().tests == 1);
    // No response waits, so it may leave at once also where several are to leave together.
    CHECK(world.sync({"run", "--min-batch", "5"}).exit_code == 0);
    CHECK(world.counts().tests == 0);
    CHECK(world.counts().acknowledged == 0);
    CHECK(world.kiosks().front().stored == 1);
    CHECK(world.store({"status"}).output.find("stored 1 safe 1 responses 0 ") != std::string::npos);
    const auto exported = world.store({"export", "--out", world.folder / "export"});
    CHECK(exported.output.find("exported 0 responses in 1 batches") != std::string::npos);
}

TEST_CASE("A test response does not make up the number that waits for company") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(1);
    {
        auto outbox = outbox::Outbox::open(station::outbox_path(world.station()), world.random).value();
        REQUIRE(outbox.add({batch::test_tag(), base::Bytes(300, 1)}).has_value());
    }
    CHECK(world.sync({"run", "--min-batch", "2"}).exit_code == 0);
    CHECK(world.counts().waiting == 1);
    CHECK(world.kiosks().front().stored == 0);
}

TEST_CASE("With progress a round prints records for a program to read") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(3, 40'000);
    const auto done = world.sync({"run", "--progress"});
    CHECK(done.exit_code == 0);
    std::istringstream lines(done.output);
    std::string line;
    std::string last;
    bool uploaded = false;
    while (std::getline(lines, line)) {
        const bool is_progress = line.starts_with("progress ");
        CHECK((is_progress || line.starts_with("result ")));
        std::istringstream words(line.substr(line.find(' ')));
        std::uint64_t sent = 0;
        std::uint64_t total = 0;
        if (is_progress) {
            words >> sent >> total;
            CHECK(sent <= total);
            uploaded = uploaded || (total > 120'000 && sent == total);
        }
        last = line;
    }
    CHECK(uploaded);
    CHECK(last == "result sent 3 kept 0");
    CHECK(world.sync({"run", "--progress", "--daemon"}).exit_code == 2);
}
