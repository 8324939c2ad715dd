// SPDX-License-Identifier: GPL-3.0-or-later
//
// /fleet in Debian's chromium: fleet.py does what a manager does, over a store with kiosks in every state that is
// made here, served by the real pillarbox-store; the real pillarbox-sync enrols with a token from the browser.
#include <map>

#include "core/base/file.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"
#include "sync/protocol/attestation.hpp"
#include "sync/protocol/kiosk_report.hpp"
#include "sync/store/fleet/accounts.hpp"
#include "sync/store/mending.hpp"
#include "sync/store/revoking.hpp"
#include "tests/browser/scenes.hpp"
#include "tests/support/program.hpp"
#include "tests/sync/store/store_fixture.hpp"

namespace pillarbox::tests {
namespace {

namespace fs = std::filesystem;

const std::string passphrase = "four quiet words here";
constexpr std::uint64_t gigabyte = 1'000'000'000;

class Fleet : public StoreFixture {
  public:
    Fleet() {
        const auto opened = database();
        REQUIRE(fleet::put_account(*opened, {"anna", fleet::Role::manager}, base::view_of(passphrase)).has_value());
        REQUIRE(fleet::put_account(*opened, {"ben", fleet::Role::viewer}, base::view_of(passphrase)).has_value());
        today = base::SystemClock().today();
        responses_of_days();
        kiosks_in_need();
        store_that_was_put_back();
        prepare_station();
    }

    [[nodiscard]] Outcome play(const std::string& scene, const std::string& last) const {
        return run_program({"/usr/bin/python3", "-B", std::string(PILLARBOX_SOURCE_DIR) + "/tests/browser/fleet.py",
                            scene, built_program("pillarbox-store"), built_program("pillarbox-sync"), data().string(),
                            station.string(), folder.path().string(), last});
    }

  private:
    ChainMaker add(const std::string& name) {
        ChainMaker kiosk(random);
        REQUIRE(enrol(kiosk, new_secret(name)).status == 200);
        return kiosk;
    }
    void send(ChainMaker& kiosk, std::size_t responses) {
        REQUIRE(
            upload(kiosk.log_id(), {kiosk.next(std::vector<batch::Item>(responses, make_item(++seed_)))}).status ==
            200);
    }
    void report(const ChainMaker& kiosk, const std::string& name, protocol::KioskReport said = well(),
                std::chrono::minutes clock_ahead = {}) {
        said.station = name;
        const auto body =
            protocol::make_report(std::move(said), kiosk.log_id(), clock.now() + clock_ahead, kiosk.key());
        REQUIRE(post(protocol::report_path(kiosk.log_id()), body).status == 200);
    }
    static protocol::KioskReport well() {
        return {PILLARBOX_VERSION, {}, "test-campaign", 3, 0, 41 * gigabyte, 64 * gigabyte, std::nullopt};
    }

    void responses_of_days() {
        const std::vector<std::string> names = {"Brixton Library", "Stratford Market", "Camden Town Hall"};
        std::vector<ChainMaker> kiosks;
        for (const std::string& name : names) {
            kiosks.push_back(add(name));
        }
        for (int days = 9; days >= 0; --days) {
            clock.set_day(today - std::chrono::days(days));
            for (std::size_t i = 0; i < kiosks.size(); ++i) {
                send(kiosks[i], static_cast<std::size_t>(days * 7) % 11 + 3 * i + 2);
            }
        }
        report(kiosks[0], names[0]);
        auto waits = well();
        waits.waiting = 41;
        report(kiosks[1], names[1], waits);
        auto old = well();
        old.program_version = "0.0.9";
        report(kiosks[2], names[2], old);
    }

    void kiosks_in_need() {
        static_cast<void>(add("Wembley Park"));
        clock.set_day(today - std::chrono::days(5));
        auto silent = add("Peckham Pulse");
        send(silent, 6);
        report(silent, "Peckham Pulse");
        clock.set_day(today);
        const std::string long_name = "Ealing Broadway Shopping Centre, first floor, beside the lift";
        auto needy = add(long_name);
        auto said = well();
        said.disk_free_bytes = 2 * gigabyte;
        said.battery_percent = 7;
        report(needy, long_name, said, std::chrono::minutes(95));
        auto stolen = add("Lewisham Library");
        send(stolen, 7);
        const auto opened = database();
        REQUIRE(store::revoke(*opened, base::to_hex(stolen.log_id()), std::nullopt).has_value());
        auto cloned = add("Hackney Central");
        const auto genesis = batch::genesis_hash(cloned.log_id());
        send(cloned, 5);
        cloned.rewind(0, genesis);
        REQUIRE(upload(cloned.log_id(), {cloned.next({make_item(99)})}).status == 409);
        report(cloned, "Hackney Central");
    }

    // The store had five batches of this kiosk, and says so in a receipt; the copy that it was put back to has one.
    void store_that_was_put_back() {
        const std::string name = "Croydon Clocktower";
        auto kiosk = add(name);
        send(kiosk, 5);
        for (int number = 2; number <= 5; ++number) {
            static_cast<void>(kiosk.next({make_item(++seed_)}));
        }
        batch::Receipt newer = head_of(kiosk.log_id());
        newer.stored = newer.safe = 5;
        newer.stored_hash = kiosk.hash();
        {
            const auto opened = database();
            REQUIRE(store::raise_epoch(*opened) == 2);
        }
        open();
        const auto keys = store::read_keys(data());
        const auto note = batch::sign_receipt(newer, store_name, keys->store_key);
        REQUIRE(post(protocol::gaps_path(kiosk.log_id()),
                     protocol::make_attestation({note, 5, kiosk.hash(), {}}, kiosk.log_id(), kiosk.key()))
                    .status == 200);
        report(kiosk, name);
    }

    // What `pillarbox kiosk enrol` makes, but for the token, which is to come from the browser.
    void prepare_station() {
        const Outcome made = run_program({built_program("pillarbox-store"), "token", "--station", "Deptford Lounge",
                                          "--url", "https://127.0.0.1:1", "--data", data().string()});
        REQUIRE(made.exit_code == 0);
        const auto token = station::parse_token(made.output.substr(0, made.output.size() - 1));
        REQUIRE(token.has_value());
        REQUIRE(base::make_folder(station).has_value());
        station::Station written;
        written.name = token->station_name;
        written.campaign_id = "test-campaign";
        written.pack_version_min = 1;
        written.committee_key = crypto::SigningKey::generate(random).verify_key();
        written.store = token->store;
        REQUIRE(station::write_station(station, written).has_value());
        REQUIRE(base::write_file(station::pack_path(station), base::view_of("a pack")).has_value());
        auto outbox = outbox::Outbox::open(station::outbox_path(station), random);
        REQUIRE(outbox.has_value());
        REQUIRE(outbox->add(make_item(1)).has_value());
    }

    base::Day today{};
    fs::path station = folder / "station";
    std::uint8_t seed_ = 0;
};

TEST_CASE("A kiosk is enrolled with a token from the browser and revoked there and then refused", "[sqlite]") {
    check_scene<Fleet>("enrol");
}

TEST_CASE("A kiosk is enrolled and revoked by keyboard alone and the focus always shows", "[sqlite]") {
    check_scene<Fleet>("keys");
}

TEST_CASE("A wrong passphrase is told and a name waits in the browser after five", "[sqlite]") {
    check_scene<Fleet>("lock");
}

TEST_CASE("The fleet page enrols and revokes where no script runs", "[sqlite]") {
    check_scene<Fleet>("script");
}

TEST_CASE("axe-core finds no serious barrier on a page of the fleet that is wide or narrow or light or dark",
          "[sqlite]") {
    check_barriers<Fleet>();
}

}  // namespace
}  // namespace pillarbox::tests
