// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk tells of itself: gathered, sent after a round, and of no weight for the round.
#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>

#include "core/station/station.hpp"
#include "sync/client/reporting.hpp"
#include "sync/client/sync_station.hpp"
#include "sync/protocol/problem.hpp"
#include "sync/protocol/routes.hpp"
#include "sync/store/reports.hpp"
#include "tests/sync/client/world.hpp"

using namespace pillarbox;
using tests::StoreProcess;
using tests::World;

namespace {

void make_supply(const std::filesystem::path& folder, const std::string& type, const std::string& capacity,
                 const std::string& scope = {}) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "type") << type << "\n";
    std::ofstream(folder / "capacity") << capacity << "\n";
    if (!scope.empty()) {
        std::ofstream(folder / "scope") << scope << "\n";
    }
}

}  // namespace

TEST_CASE("The charge is that of the system's battery and none where there is no battery") {
    const tests::TemporaryFolder folder;
    CHECK_FALSE(client::battery_percent(folder / "nowhere").has_value());
    make_supply(folder / "AC", "Mains", "");
    make_supply(folder / "A_mouse", "Battery", "12", "Device");
    CHECK_FALSE(client::battery_percent(folder / ".").has_value());
    make_supply(folder / "BAT0", "Battery", "nonsense");
    CHECK_FALSE(client::battery_percent(folder / ".").has_value());
    make_supply(folder / "BAT1", "Battery", "87");
    CHECK(client::battery_percent(folder / ".") == 87U);
}

TEST_CASE("After a round the store knows what the kiosk says of itself") {
    World world;
    const StoreProcess store(world.data());
    world.enrol(store.url());
    world.answer(3);
    REQUIRE(world.sync({"run"}).exit_code == 0);
    const auto database = store::open_database_of(world.data());
    REQUIRE(database.has_value());
    const auto reports = store::last_reports(**database);
    REQUIRE(reports.has_value());
    REQUIRE(reports->size() == 1);
    const auto& figures = reports->begin()->second.figures;
    CHECK(figures.report.program_version == PILLARBOX_VERSION);
    CHECK(figures.report.station == "Brixton Library");
    CHECK(figures.report.campaign_id == "test-campaign");
    CHECK(figures.report.waiting == 0);
    CHECK(figures.report.disk_total_bytes > 0);
    CHECK(std::abs(figures.clock_offset_minutes) <= 1);
}

TEST_CASE("A revoked kiosk with nothing to send is told so by the answer to its report") {
    World world;
    const StoreProcess store(world.data());
    world.enrol(store.url());
    REQUIRE(world.sync({"run"}).exit_code == 0);
    const std::string log = base::to_hex(world.head().log_id);
    REQUIRE(tests::run_program(
                {tests::built_program("pillarbox-store"), "kiosk", "revoke", "--data", world.data().string(), log})
                .exit_code == 0);
    const auto told = world.sync({"run", "--progress"});
    CHECK(told.exit_code == 0);
    CHECK(told.output.find("revoked") != std::string::npos);
}

TEST_CASE("A store that does not know reports takes a round all the same") {
    World world;
    {
        const StoreProcess store(world.data());
        world.enrol(store.url());
    }
    // The same store without that path, as it was before there were reports.
    const auto keys = world.store_keys();
    std::atomic<int> reports = 0;
    const auto receipt_note = [&] {
        batch::Receipt receipt;
        receipt.log_id = world.head().log_id;
        receipt.stored_hash = world.head().hash;
        receipt.epoch = 1;
        receipt.limits = batch::Limits{};
        return batch::sign_receipt(receipt, "store.example.org", keys.store_key);
    };
    const std::string note = receipt_note();
    const auto server = world.serve(
        [&](const http::Request& request) -> http::Response {
            if (request.path.ends_with("/report")) {
                ++reports;
                return {404, std::string(protocol::problem_type),
                        protocol::make_problem({protocol::ProblemCode::path_unknown, "There is nothing here."})};
            }
            return {200, std::string(protocol::note_type), base::bytes_of(note)};
        },
        keys);
    world.point_station_at(server.port());
    const auto outcome = world.sync({"run"});
    INFO(outcome.errors);
    CHECK(outcome.exit_code == 0);
    CHECK(reports == 1);
}
