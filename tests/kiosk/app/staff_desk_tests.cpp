// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <fstream>

#include "core/crypto/fingerprint.hpp"
#include "kiosk/app/machine.hpp"
#include "tests/kiosk/app/staff_fixture.hpp"

using namespace pillarbox;
using namespace std::chrono_literals;
using staff::Page;
using tests::StaffFixture;

namespace {

std::string all_texts_of(const staff::StaffView& view) {
    std::string all = view.heading.message + view.heading.ready + view.station;
    const auto add = [&all](const flow::Text& text) {
        all += text.message + text.ready;
        for (const auto& [name, value] : text.values) {
            all += std::holds_alternative<std::string>(value) ? std::get<std::string>(value) : "";
        }
    };
    for (const auto& block : view.blocks) {
        add(block.title);
        add(block.text);
    }
    for (const auto& action : view.actions) {
        add(action.label);
        add(action.hint);
    }
    return all;
}

void write(const std::filesystem::path& path, std::string_view text) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
}

}  // namespace

TEST_CASE("a test response is kept sealed and in no figure of staff") {
    StaffFixture station;
    REQUIRE(station.keep(submission::Kind::response).has_value());
    station.comes_in();
    CHECK(station.figure("Saved here, not yet sent") == "1");
    station.desk->apply(staff::Open{Page::check});
    station.desk->apply(staff::KeepTest{});
    CHECK(station.tells("A test response was sealed and saved"));
    CHECK(station.figure("Saved here, not yet sent") == "1");
    CHECK(station.kept->counts().value().tests == 1);
    station.acknowledge_all();
    station.desk->apply(staff::Back{});
    CHECK(station.figure("Saved here, not yet sent") == "0");
    CHECK(station.figure("Confirmed by the store, deleted here") == "1");
    CHECK(station.kept->counts().value().tests == 0);
}

TEST_CASE("the check shows the words and the fingerprint of the key that the station has pinned") {
    StaffFixture station;
    station.comes_in();
    station.desk->apply(staff::Open{Page::check});
    const crypto::VerifyKey pinned = station.demo.committee_key.verify_key();
    for (const auto& expected : {crypto::key_words_of(pinned), crypto::fingerprint_of(pinned)}) {
        const auto& blocks = station.desk->view().blocks;
        CHECK(std::ranges::count_if(blocks, [&](const staff::Block& block) {
                  return block.kind == staff::BlockKind::code && block.text.ready == expected;
              }) == 1);
    }
}

TEST_CASE("no staff page shows anything of an answer") {
    StaffFixture station;
    REQUIRE(station.keep(submission::Kind::response).has_value());
    station.comes_in();
    std::string all;
    for (int page = 0; page <= static_cast<int>(Page::ending); ++page) {
        station.desk->apply(staff::Open{static_cast<Page>(page)});
        all += all_texts_of(station.desk->view());
        station.passes(static_cast<Page>(page) == Page::cleaning ? 60s : 1s);
    }
    CHECK(all.find("Test Library") != std::string::npos);  // the search does find what is there
    CHECK(all.find("canary") == std::string::npos);
    CHECK(all.find("ninety minutes") == std::string::npos);
}

TEST_CASE("the oldest response's age counts days and is over when all is acknowledged") {
    StaffFixture station;
    REQUIRE(station.keep(submission::Kind::response).has_value());
    for (int days = 1; days <= 3; ++days) {
        station.clock.set_day(tests::demo_day + std::chrono::days{days});
        station.desk->note_day();
    }
    station.start();
    station.comes_in();
    CHECK(station.figure("Days that the oldest has waited, at most") == "3");
    station.acknowledge_all();
    station.desk->apply(staff::Open{Page::home});
    CHECK(station.figure("Days that the oldest has waited, at most") == "-");
    REQUIRE(station.keep(submission::Kind::response).has_value());
    station.desk->apply(staff::Open{Page::home});
    CHECK(station.figure("Days that the oldest has waited, at most") == "0");
}

TEST_CASE("a clock that went back is told until staff say that the date is right") {
    StaffFixture station;
    station.clock.set_day(tests::demo_day - std::chrono::days{3});
    station.start();
    station.comes_in();
    station.desk->apply(staff::Open{Page::check});
    const auto offers_accept = [&] {
        return std::ranges::any_of(station.desk->view().actions,
                                   [](const auto& action) { return action.key == "accept_day"; });
    };
    CHECK(offers_accept());
    station.desk->apply(staff::AcceptDay{});
    CHECK_FALSE(offers_accept());
    station.start();
    station.comes_in();
    station.desk->apply(staff::Open{Page::check});
    CHECK_FALSE(offers_accept());
}

TEST_CASE("only a newer pack of this campaign under the pinned key is taken from a stick") {
    StaffFixture station;
    crypto::SystemRandom random;
    const auto verdict_on = [&](base::ByteView pack) {
        station.put_on_stick("campaign.pack", pack);
        station.desk->apply(staff::Open{Page::campaign});
        station.desk->apply(staff::ReadStick{});
        station.desk->apply(staff::InstallCampaign{});
        return station.kept->campaign()->version;
    };
    const auto second = station.make_pack(2, station.demo.committee_key);
    station.comes_in();
    station.desk->apply(staff::Open{Page::campaign});
    station.desk->apply(staff::ReadStick{});
    CHECK(station.tells("There is no campaign on a USB stick"));

    CHECK(verdict_on(station.make_pack(2, crypto::SigningKey::generate(random))) == 1);
    CHECK(station.tells("The campaign on the stick is not from your committee"));
    CHECK(verdict_on(station.make_pack(1, station.demo.committee_key)) == 1);
    CHECK(station.tells("This campaign is in use already"));
    CHECK(verdict_on(base::ByteView(second).first(second.size() / 2)) == 1);
    CHECK((station.tells("The campaign file on the stick is damaged") ||
           station.tells("The campaign on the stick is not from your committee")));
    auto changed = second;
    changed[changed.size() / 2] ^= 1U;
    CHECK(verdict_on(changed) == 1);
    CHECK(station.tells("The campaign on the stick is not from your committee"));
    station.clock.set_day(base::parse_day("2024-01-01").value());
    CHECK(verdict_on(second) == 1);
    CHECK(station.tells("The campaign on the stick has expired"));
    station.clock.set_day(tests::demo_day);

    CHECK(verdict_on(second) == 2);
    CHECK(station.tells("The new campaign is in use"));
    CHECK(station::read_station(station.demo.folder).value().pack_version_min == 2);
    CHECK(verdict_on(station.make_pack(1, station.demo.committee_key)) == 2);
    CHECK(station.tells("The campaign on the stick is older"));
}

TEST_CASE("the campaign is kept while a response is unacknowledged also where it came after the page was drawn") {
    StaffFixture station;
    station.put_on_stick("campaign.pack", station.make_pack(2, station.demo.committee_key));
    station.comes_in();
    station.desk->apply(staff::Open{Page::campaign});
    station.desk->apply(staff::ReadStick{});
    REQUIRE(station.keep(submission::Kind::response).has_value());
    station.desk->apply(staff::InstallCampaign{});
    CHECK(station.kept->campaign()->version == 1);
    CHECK(station.tells("The campaign cannot be changed now"));
    CHECK(station::read_station(station.demo.folder).value().pack_version_min == 1);
    station.acknowledge_all();
    station.desk->apply(staff::Open{Page::campaign});
    station.desk->apply(staff::ReadStick{});
    station.desk->apply(staff::InstallCampaign{});
    CHECK(station.kept->campaign()->version == 2);
}

TEST_CASE("battery and brightness are read from the system's folder and written within its range") {
    const tests::TemporaryFolder sys;
    CHECK_FALSE(app::read_battery(sys.path()).has_value());
    CHECK_FALSE(app::read_brightness(sys.path()).has_value());
    write(sys / "class/power_supply/AC/type", "Mains\n");
    write(sys / "class/power_supply/AC/online", "0\n");
    write(sys / "class/power_supply/BAT0/type", "Battery\n");
    write(sys / "class/power_supply/BAT0/capacity", "37\n");
    CHECK(app::read_battery(sys.path())->percent == 37);
    CHECK(app::read_battery(sys.path())->supply == staff::Battery::Supply::battery);
    write(sys / "class/power_supply/AC/online", "1\n");
    CHECK(app::read_battery(sys.path())->supply == staff::Battery::Supply::mains);

    write(sys / "class/backlight/intel/brightness", "120\n");
    write(sys / "class/backlight/intel/max_brightness", "240\n");
    CHECK(app::read_brightness(sys.path()) == 50U);
    app::write_brightness(sys.path(), 10);
    CHECK(app::read_brightness(sys.path()) == 10U);
}
