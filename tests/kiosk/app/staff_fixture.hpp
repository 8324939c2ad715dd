// SPDX-License-Identifier: GPL-3.0-or-later
//
// Staff mode over a real station folder, without a window: the desk, the outbox, a folder of sticks.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/station/staff_access.hpp"
#include "kiosk/app/kept_station.hpp"
#include "kiosk/app/staff_desk.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

inline constexpr std::string_view staff_pin = "480215";
inline constexpr std::string_view staff_canary = "canary-51e8: the ambulance came after ninety minutes";

class StaffFixture {
  public:
    StaffFixture() : demo(make_demo_station(folder / "station")), clock(demo_day) {
        REQUIRE(station::set_pin(demo.folder, staff_pin).has_value());
        std::filesystem::create_directories(stick());
        start();
    }

    // As if the program were started anew.
    void start() {
        desk.reset();
        kept.reset();
        kept.emplace(app::KeptStation::open(demo.folder, clock.today(), random).value());
        app::StaffHost host;
        host.station = [this]() -> const station::Station& { return kept->station(); };
        host.campaign = [this]() -> const campaign::Campaign& { return *kept->campaign(); };
        host.counts = [this] { return kept->counts(); };
        host.tally = [] { return staff::RunTally{}; };
        host.keep_test = [this] { return keep(submission::Kind::test); };
        host.adopt_campaign = [this]() -> base::Result<void> {
            kept.emplace(app::KeptStation::open(demo.folder, clock.today(), random).value());
            return {};
        };
        host.assist = [](staff::Help) {};
        host.renew = [] {};
        desk = std::make_unique<app::StaffDesk>(app::StaffSettings{.station = demo.folder,
                                                                   .sticks = folder / "sticks",
                                                                   .sync_program = built_program("pillarbox-sync"),
                                                                   .sys = folder / "sys"},
                                                std::move(host), clock);
        desk->note_day();
    }

    [[nodiscard]] std::filesystem::path stick() const { return folder / "sticks/user/STICK"; }

    base::Result<void> keep(submission::Kind kind) {
        submission::Submission submission;
        submission.campaign_id = "las-strategy-2023-28";
        submission.form_version = "1";
        submission.day = clock.today();
        submission.kind = kind;
        submission.language = "en";
        if (kind == submission::Kind::response) {
            submission.answers = {{"/data/q1/q1_text", std::string(staff_canary)}};
        }
        return kept->keep(std::move(submission), kept->draw_ticket());
    }

    // Takes all that waits and confirms it, as a sending would.
    void acknowledge_all() {
        auto outbox = outbox::Outbox::open(station::outbox_path(demo.folder), random).value();
        const auto device_key = crypto::SigningKey::generate(random);
        const auto log_id = batch::log_id_of(device_key.verify_key(), {});
        REQUIRE(outbox.start_log(log_id).has_value());
        const auto bytes = outbox.draw_batch("las-strategy-2023-28", {}, device_key, {}).value().value();
        batch::Receipt receipt;
        receipt.log_id = log_id;
        receipt.stored = 1;
        receipt.stored_hash = batch::hash_of(batch::parse_batch(bytes, {}).value().header);
        receipt.safe = 1;
        REQUIRE(outbox.purge(receipt).has_value());
    }

    [[nodiscard]] base::Bytes make_pack(std::uint64_t version, const crypto::SigningKey& key) const {
        const auto workbook = base::read_file(demo_workbook, campaign::pack_size_bytes_max).value();
        const auto unsigned_pack =
            campaign::build_pack(workbook, "form.xlsx", version, base::parse_day("2023-12-31").value(),
                                 {demo.committee_identity.recipient()})
                .value();
        return campaign::sign_pack(unsigned_pack, key).value();
    }
    void put_on_stick(std::string_view name, base::ByteView bytes) const {
        REQUIRE(base::write_file(stick() / name, bytes).has_value());
    }

    void passes(std::chrono::milliseconds time) {
        clock.advance(time);
        desk->follow();
    }
    void comes_to_the_door() {
        desk->follow();
        desk->apply(staff::Enter{"en"});
    }
    void tries(std::string_view pin) {
        for (const char digit : pin) {
            desk->apply(staff::TypeDigit{digit});
        }
        desk->apply(staff::Unlock{});
    }
    void comes_in() {
        comes_to_the_door();
        tries(staff_pin);
        REQUIRE_FALSE(desk->view().door.has_value());
    }

    [[nodiscard]] bool is_inside() const { return desk->is_on() && !desk->view().door.has_value(); }
    [[nodiscard]] std::uint64_t wait_seconds() const { return desk->view().door->wait_seconds; }
    // The figure with this name; "-" where the page has none.
    [[nodiscard]] std::string figure(const std::string& name) const {
        for (const auto& block : desk->view().blocks) {
            if (block.kind == staff::BlockKind::figure && block.title.message == name) {
                return std::to_string(std::get<std::uint64_t>(block.text.values.front().second));
            }
        }
        return "-";
    }
    [[nodiscard]] bool tells(const std::string& message) const {
        for (const auto& block : desk->view().blocks) {
            if (block.title.message == message) {
                return true;
            }
        }
        return false;
    }

    TemporaryFolder folder;
    DemoStation demo;
    crypto::SystemRandom random;
    base::ManualClock clock;
    std::optional<app::KeptStation> kept;
    std::unique_ptr<app::StaffDesk> desk;
};

}  // namespace pillarbox::tests
