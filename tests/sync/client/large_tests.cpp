// SPDX-License-Identifier: GPL-3.0-or-later
//
// Envelopes that are too large for a batch, with the real programs: over the network, cut anywhere, with a store that
// is killed, and on a stick.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "core/base/file.hpp"
#include "core/batch/part.hpp"
#include "core/station/station.hpp"
#include "tests/sync/client/cutting_proxy.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::CuttingProxy;
using tests::StoreProcess;
using tests::World;

namespace {

constexpr std::size_t large_size_bytes = 1'700'000;                           // four parts
constexpr std::size_t largest_size_bytes = (std::size_t{16} << 20U) - 8'192;  // with age's header and tags: 32 parts

std::filesystem::path only_file_of(const std::filesystem::path& folder, const std::string& extension) {
    std::filesystem::path found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == extension) {
            REQUIRE(found.empty());
            found = entry.path();
        }
    }
    REQUIRE_FALSE(found.empty());
    return found;
}

std::vector<std::filesystem::path> part_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".part") {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

std::size_t peak_kib_of(pid_t process) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    std::string word;
    while (status >> word && word != "VmHWM:") {
    }
    std::size_t kib = 0;
    status >> kib;
    return kib;
}

}  // namespace

TEST_CASE("A large response arrives in parts beside small ones and leaves the kiosk and any age tool opens it") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(2);
    world.answer(1, large_size_bytes);
    const auto run = world.sync({"run"});
    INFO(run.errors);
    CHECK(run.exit_code == 0);
    CHECK(world.counts().acknowledged == 3);
    CHECK(world.kiosks().front().responses == 3);
    CHECK(world.store({"status"}).output.find("incomplete") == std::string::npos);
    const auto out = world.folder / "export";
    REQUIRE(world.store({"export", "--out", out.string()}).exit_code == 0);
    const auto file = only_file_of(out / base::to_hex(world.head().log_id), ".envelope");
    const auto sealed = base::read_file(file, std::size_t{16} << 20U);
    REQUIRE(sealed.has_value());
    std::vector<envelope::Identity> keys;
    keys.push_back(std::move(world.committee));
    const auto opened = envelope::open(*sealed, keys, large_size_bytes);
    REQUIRE(opened.has_value());
    CHECK(opened->view().size() == large_size_bytes);
    CHECK(base::text_of(opened->view().first(tests::canary.size())) == tests::canary);
}

TEST_CASE("A large envelope cut at any part goes on from that part and arrives once") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    std::uint64_t given = 0;
    for (std::size_t cut_after = 300'000; cut_after < large_size_bytes; cut_after += 400'000) {
        world.answer(1, large_size_bytes);
        ++given;
        {
            const CuttingProxy proxy(store.port(), cut_after, tests::Cut::road);
            world.point_station_at(proxy.port());
            CHECK(world.sync({"run"}).exit_code == 6);
        }
        CHECK(world.counts().acknowledged == given - 1);
        CHECK(world.kiosks().front().responses == given - 1);
        const std::size_t whole_parts = cut_after / (batch::part_size_bytes_max + 4'096);
        const auto status = world.store({"status"}).output;
        CAPTURE(cut_after, status);
        CHECK((status.find(" incomplete 1 (" + std::to_string(whole_parts * batch::part_size_bytes_max) +
                           " bytes)") != std::string::npos) == (whole_parts > 0));
        const CuttingProxy counting(store.port(), 8 * large_size_bytes);
        world.point_station_at(counting.port());
        CHECK(world.sync({"run"}).exit_code == 0);
        const std::size_t left = large_size_bytes - whole_parts * batch::part_size_bytes_max;
        CHECK(counting.carried_bytes() > left);
        CHECK(counting.carried_bytes() < left + 40'000);  // nothing that was held is sent again
        CHECK(world.counts().acknowledged == given);
        CHECK(world.kiosks().front().responses == given);
    }
}

TEST_CASE("A store killed between parts ends with the large response once") {
    World world;
    std::uint16_t port = 0;
    {
        StoreProcess store(world.data());
        port = store.port();
        world.enrol(store.url());
    }
    world.answer(1, large_size_bytes);
    for (const std::size_t cut_after : {700'000U, 700'000U}) {
        StoreProcess store(world.data(), "127.0.0.1:" + std::to_string(port));
        const CuttingProxy proxy(port, cut_after, tests::Cut::road);
        world.point_station_at(proxy.port());
        CHECK(world.sync({"run"}).exit_code == 6);
        store.kill();
        CHECK(world.counts().batched == 1);
    }
    CHECK(world.store({"status"}).output.find(" incomplete 1 (") != std::string::npos);
    StoreProcess store(world.data(), "127.0.0.1:" + std::to_string(port));
    world.point_station_at(port);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.counts().acknowledged == 1);
    CHECK(world.kiosks().front().responses == 1);
}

TEST_CASE("A captive portal that answers every part delivers none") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(1, large_size_bytes);
    const auto keys = world.store_keys();
    {
        // The head is the store's own; what is asked about parts is answered by somebody else.
        batch::Receipt receipt;
        receipt.log_id = world.head().log_id;
        receipt.stored_hash = batch::genesis_hash(receipt.log_id);
        const auto real_head = batch::sign_receipt(receipt, "store.example.org", keys.store_key);
        const auto portal = world.serve(
            [&real_head](const http::Request& request) {
                const bool of_parts = request.path.find("/parts") != std::string::npos;
                return http::Response{200, "text/plain; charset=utf-8",
                                      base::bytes_of(of_parts ? std::string("welcome") : real_head)};
            },
            keys);
        world.point_station_at(portal.port());
        CHECK(world.sync({"run"}).exit_code == 6);
    }
    CHECK(world.counts().batched == 1);
    world.point_station_at(store.port());
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.counts().acknowledged == 1);
}

TEST_CASE("The largest envelope passes through kiosk and store with both under 32 MiB of memory") {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    std::puts("SKIPPED: a sanitizer takes memory of its own");
    return;
#endif
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(2, largest_size_bytes);
    // The system refuses more data than this to the program, so that it would end with an error.
    const std::string command = "ulimit -d 32768; exec " + tests::built_program("pillarbox-sync") +
                                " run --station " + world.station().string();
    const auto run = tests::run_program({"sh", "-c", command});
    INFO(run.errors);
    CHECK(run.exit_code == 0);
    CHECK(peak_kib_of(store.process()) < std::size_t{32} * 1024);
    CHECK(world.counts().acknowledged == 2);
    CHECK(world.kiosks().front().responses == 2);
}

TEST_CASE("An envelope over the largest is refused by the outbox and nothing is kept of it") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    auto outbox = outbox::Outbox::open(station::outbox_path(world.station()), world.random);
    batch::Item item;
    item.envelope.resize((std::size_t{16} << 20U) + 1);
    CHECK(outbox->add(item).error().code == base::ErrorCode::limit_exceeded);
    CHECK(outbox->counts()->waiting == 0);
}

TEST_CASE("A large response goes to the store on a stick and a stick that lacks a part confirms nothing of it") {
    World world;
    {
        StoreProcess store(world.data());
        world.enrol(store.url());
    }
    world.answer(2);
    world.answer(1, large_size_bytes);
    const auto stick = world.folder / "stick";
    const auto folder = stick / base::to_hex(world.head().log_id);
    REQUIRE(world.sync({"export", "--to", stick}).exit_code == 0);
    const auto parts = part_files(folder);
    REQUIRE(parts.size() == 4);

    SECTION("a part is missing") {
        std::filesystem::remove(parts[2]);
    }
    SECTION("a part was changed") {
        auto bytes = base::read_file(parts[2], std::size_t{1} << 20U).value();
        bytes[bytes.size() / 2] ^= 1U;
        REQUIRE(base::write_file(parts[2], bytes).has_value());
    }
    SECTION("parts have each other's names") {
        std::filesystem::rename(parts[2], folder / "aside");
        std::filesystem::rename(parts[3], parts[2]);
        std::filesystem::rename(folder / "aside", parts[3]);
    }
    const auto lacking = world.store({"import", "--from", stick});
    CHECK(lacking.exit_code != 0);
    CHECK(world.kiosks().front().responses == 0);
    CHECK(world.store({"status"}).output.find(" incomplete 1 (1048576 bytes)") != std::string::npos);
    CHECK(world.counts().batched == 3);

    REQUIRE(world.sync({"export", "--to", stick}).exit_code == 0);
    CHECK(part_files(folder) == parts);
    const auto whole = world.store({"import", "--from", stick});
    INFO(whole.errors);
    CHECK(whole.output.find(" 3 new responses, stored 1") != std::string::npos);
    CHECK(world.store({"import", "--from", stick}).exit_code == 0);
    CHECK(world.kiosks().front().responses == 3);
    CHECK(world.sync({"import-receipts", "--from", stick}).output ==
          "confirmed 3 responses; 0 responses are still kept here\n");
}
