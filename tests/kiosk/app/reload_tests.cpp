// SPDX-License-Identifier: GPL-3.0-or-later
//
// A real kiosk in a real window takes a new pack out of its folder while it runs.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>

#include "core/base/clock.hpp"
#include "desk/packs/preview_station.hpp"
#include "kiosk/app/kiosk.hpp"
#include "kiosk/app/pack_watch.hpp"
#include "tests/core/form/workbook_builder.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/x_display.hpp"

using namespace pillarbox;

namespace {

base::Bytes workbook_inviting(const std::string& invitation, const std::string& type = "text") {
    std::string sheets = "| survey |\n| | type | name | label::English (en) |\n| | " + type +
                         " | first | First? |\n"
                         "| campaign |\n| | name | value | label::English (en) |\n"
                         "| | campaign_id | test | |\n| | opens | 2023-01-01 | |\n| | closes | 2023-01-27 | |\n"
                         "| | withdraw_until | 2023-01-31 | |\n";
    for (const std::string_view name : {"title", "committee", "purpose", "safety_notice", "use_notice",
                                        "quotation_notice", "withdrawal_notice", "others_notice", "complaints"}) {
        sheets += "| | " + std::string(name) + " | | " + std::string(name) + " |\n";
    }
    return tests::workbook_of(sheets + "| | invitation | | " + invitation + " |\n");
}

bool shows(app::Kiosk& kiosk, const std::string& name) {
    for (int frames = 0; frames < 50; ++frames) {
        REQUIRE(kiosk.run_frame(std::chrono::milliseconds(10)));
        const auto tree = kiosk.stage().tree();
        if (std::ranges::find(tree->nodes, name, &semantics::Node::name) != tree->nodes.end()) {
            return true;
        }
    }
    return false;
}

}  // namespace

TEST_CASE("a running kiosk shows a new pack from its folder and keeps its own when the new one is bad") {
    const auto display = tests::XDisplay::start();
    if (!display) {
        std::cout << "SKIPPED: a new pack on a running kiosk: Xvfb is not installed\n";
        return;
    }
    crypto::SystemRandom random;
    auto station = packs::PreviewStation::make(random).value();
    REQUIRE(station.install(workbook_inviting("Come in"), "form.xlsx").has_value());
    app::KioskSettings settings;
    settings.station = station.folder();
    settings.stage.assets = std::filesystem::path(PILLARBOX_SOURCE_DIR) / "assets";
    settings.stage.window = {.width = 540, .height = 960, .title = "Pillarbox"};
    const base::FixedDayClock clock(tests::demo_day);
    platform::EventQueue events;
    auto kiosk = app::Kiosk::open(settings, clock, random, events).value();
    app::PackWatch watch(station.folder());
    CHECK(shows(*kiosk, "Come in"));
    CHECK_FALSE(watch.has_changed());

    REQUIRE(station.install(workbook_inviting("Come in, all of you"), "form.xlsx").has_value());
    CHECK(watch.has_changed());
    CHECK_FALSE(watch.has_changed());
    REQUIRE(kiosk->reload().has_value());
    CHECK(shows(*kiosk, "Come in, all of you"));

    REQUIRE(base::write_file(station::pack_path(station.folder()), base::Bytes(100, 1)).has_value());
    CHECK(watch.has_changed());
    CHECK_FALSE(kiosk->reload().has_value());
    CHECK(shows(*kiosk, "Come in, all of you"));
}

TEST_CASE("a station keeps its campaign when the new one asks what a kiosk can't ask") {
    crypto::SystemRandom random;
    auto preview = packs::PreviewStation::make(random).value();
    REQUIRE(preview.install(workbook_inviting("Come in"), "form.xlsx").has_value());
    auto station = app::KeptStation::open(preview.folder(), tests::demo_day, random).value();
    const auto before = station.campaign();
    REQUIRE(preview.install(workbook_inviting("Come in", "image"), "form.xlsx").has_value());
    CHECK(station.reload(preview.folder(), tests::demo_day).error().code == base::ErrorCode::unsupported);
    CHECK(station.campaign() == before);
}

TEST_CASE("a preview's folder is private and goes with it") {
    crypto::SystemRandom random;
    std::filesystem::path folder;
    {
        const auto station = packs::PreviewStation::make(random).value();
        folder = station.folder();
        CHECK(std::filesystem::status(folder).permissions() == std::filesystem::perms::owner_all);
    }
    CHECK_FALSE(std::filesystem::exists(folder));
}
