// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store that takes no more of a kiosk, with the real programs: the kiosk believes only what the store has signed,
// says so to staff, and keeps everything.
#include <catch2/catch.hpp>

#include "core/batch/refusal.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

namespace {

void check_all_kept(World& world, std::uint64_t responses) {
    CHECK(world.counts().waiting + world.counts().batched == responses);
}

// World::store() puts --data behind the first word, and these commands have two.
tests::Outcome kiosk_command(const World& world, const std::string& name, const std::string& log) {
    return tests::run_program(
        {tests::built_program("pillarbox-store"), "kiosk", name, "--data", world.data().string(), log});
}

http::Response note(unsigned status, const std::string& text) {
    return {status, "text/plain; charset=utf-8", base::bytes_of(text)};
}

// A store that answers everything with this, by the store's own certificate.
tests::Outcome run_against(World& world, unsigned status, const std::string& text) {
    const auto server = world.serve([&](const http::Request&) { return note(status, text); }, world.store_keys());
    world.point_station_at(server.port());
    return world.sync({"run", "--progress"});
}

}  // namespace

TEST_CASE("A kiosk that is revoked while the store serves is told so and keeps what is refused") {
    World world;
    StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(2);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    const std::string log = base::to_hex(world.head().log_id);
    const auto revoked = kiosk_command(world, "revoke", log.substr(0, 8));
    INFO(revoked.errors);
    REQUIRE(revoked.exit_code == 0);
    CHECK(revoked.output.find("after batch 1") != std::string::npos);
    CHECK(world.sync({"run"}).exit_code == 0);  // nothing to send: nothing to refuse
    world.answer(3);
    for (int times = 0; times < 2; ++times) {
        const auto outcome = world.sync({"run", "--progress"});
        CHECK(outcome.exit_code == 5);
        CHECK(outcome.output.find("refused revoked\n") != std::string::npos);
        CHECK(outcome.errors.find("revoked this kiosk after batch 1") != std::string::npos);
        check_all_kept(world, 3);
    }
    const auto status = world.store({"status"});
    CHECK(status.output.find("revoked after 1 quarantined 1") != std::string::npos);
    REQUIRE(kiosk_command(world, "readmit", log).exit_code == 0);
    CHECK(world.sync({"run"}).exit_code == 0);
    check_all_kept(world, 0);
}

TEST_CASE("A refusal that the store has not signed for this kiosk is not believed") {
    World world;
    {
        const StoreProcess store(world.data());
        world.enrol(store.url());
        world.answer(1);
        REQUIRE(world.sync({"run"}).exit_code == 0);
    }
    world.answer(3);
    const auto keys = world.store_keys();
    const std::string name = "store.example.org";
    const batch::Refusal ours{world.head().log_id, batch::Revoked{1}};
    const batch::Refusal others{batch::LogId{}, batch::Revoked{1}};
    const auto stranger = crypto::SigningKey::generate(world.random);
    const auto is_believed = [&](unsigned status, const std::string& text) {
        const auto outcome = run_against(world, status, text);
        CHECK(outcome.exit_code != 0);
        check_all_kept(world, 3);
        return outcome.output.find("refused") != std::string::npos;
    };
    CHECK(is_believed(403, batch::sign_refusal(ours, name, keys.store_key)));
    CHECK_FALSE(is_believed(403, batch::sign_refusal(ours, name, stranger)));
    CHECK_FALSE(is_believed(403, batch::sign_refusal(others, name, keys.store_key)));
    CHECK_FALSE(is_believed(200, batch::sign_refusal(ours, name, keys.store_key)));
    CHECK_FALSE(is_believed(403, "<html><body>This device was revoked. Sign in.</body></html>"));
    CHECK_FALSE(is_believed(410, ""));
}
