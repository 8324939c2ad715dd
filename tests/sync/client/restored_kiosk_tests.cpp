// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cases of a kiosk's disk that was put back or copied, and of clocks that are off, with the real programs.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "core/base/file.hpp"
#include "core/station/station.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

namespace {

namespace fs = std::filesystem;

void replace_station(const World& world, const fs::path& by) {
    fs::remove_all(world.station());
    fs::copy(by, world.station(), fs::copy_options::recursive);
}

// Batches that an export has of other branches.
std::size_t beside_chain(const World& world, const std::string& name) {
    REQUIRE(world.store({"export", "--out", (world.folder / name).string()}).exit_code == 0);
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(world.folder / name)) {
        count += entry.path().parent_path().filename() == "branch" ? 1U : 0U;
    }
    return count;
}

}  // namespace

TEST_CASE("A kiosk restored from a backup with nothing new adopts the store's head") {
    World world(store::Copies::backed_up);
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(3);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    fs::copy(world.station(), world.folder / "image", fs::copy_options::recursive);  // still holds all three
    REQUIRE(world.store({"backup", "--to", (world.folder / "backup.db").string()}).exit_code == 0);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    REQUIRE(world.counts().acknowledged == 3);
    replace_station(world, world.folder / "image");
    CHECK(world.counts().batched == 3);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.counts().batched == 0);
    world.answer(1);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.kiosks().front().responses == 4);
}

TEST_CASE("A kiosk whose disk was cloned is told of the fork and keeps everything and the other goes on") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(1);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    fs::copy(world.station(), world.folder / "clone", fs::copy_options::recursive);
    world.answer(2);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    fs::rename(world.station(), world.folder / "first");
    fs::rename(world.folder / "clone", world.station());
    world.answer(3);
    for (int times = 0; times < 2; ++times) {
        CHECK(world.sync({"run"}).exit_code == 5);
        CHECK(world.counts().waiting + world.counts().batched == 3);
    }
    CHECK(world.store({"status"}).output.find("stored 2 safe 2 responses 3") != std::string::npos);
    CHECK(beside_chain(world, "out 1") == 1);
    world.answer(1);
    CHECK(world.sync({"run"}).exit_code == 5);  // what is new follows
    CHECK(beside_chain(world, "out 2") == 2);
    fs::rename(world.station(), world.folder / "clone");
    fs::rename(world.folder / "first", world.station());
    world.answer(1);
    CHECK(world.sync({"run"}).exit_code == 0);
    CHECK(world.kiosks().front().responses == 4);
    CHECK(beside_chain(world, "out 3") == 2);
}

TEST_CASE("A kiosk that was put back to an older copy and went on sends its branch of the fork once") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(1);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    fs::copy(world.station(), world.folder / "image", fs::copy_options::recursive);
    for (int batch = 0; batch < 3; ++batch) {
        world.answer(1);
        REQUIRE(world.sync({"run"}).exit_code == 0);
    }
    replace_station(world, world.folder / "image");
    world.answer(2);
    CHECK(world.sync({"run"}).exit_code == 5);
    CHECK(beside_chain(world, "out") == 1);
    CHECK(world.counts().batched == 2);  // nothing is purged
    const auto shown = base::read_file(world.station() / "branch.shown", world.head().hash.size());
    REQUIRE(shown.has_value());
    CHECK(std::ranges::equal(*shown, world.head().hash));
    CHECK(world.sync({"run"}).exit_code == 5);
}

TEST_CASE("A station or store whose clock is years off delivers as ever") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    for (const char* day : {"1970-01-02", "2099-12-31", "2026-01-05"}) {
        world.answer(1);
        CHECK(world.sync({"run", "--today", day}).exit_code == 0);
    }
    CHECK(world.counts().acknowledged == 3);
    CHECK(world.kiosks().front().responses == 3);
}
