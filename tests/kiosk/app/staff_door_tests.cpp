// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/staff_gesture.hpp"
#include "tests/kiosk/app/staff_fixture.hpp"

using namespace pillarbox;
using namespace std::chrono_literals;
using tests::staff_pin;
using tests::StaffFixture;

TEST_CASE("three wrong PINs are free and then each doubles the wait up to a quarter of an hour") {
    CHECK(app::wait_after(0) == 0s);
    CHECK(app::wait_after(2) == 0s);
    CHECK(app::wait_after(3) == 30s);
    CHECK(app::wait_after(4) == 60s);
    CHECK(app::wait_after(7) == 480s);
    CHECK(app::wait_after(8) == 900s);
    CHECK(app::wait_after(UINT64_MAX) == 900s);
}

TEST_CASE("the right PIN opens and forgets the wrong ones before it") {
    StaffFixture station;
    station.comes_to_the_door();
    station.tries("111111");
    CHECK_FALSE(station.is_inside());
    station.tries(staff_pin);
    CHECK(station.is_inside());
    CHECK_FALSE(std::filesystem::exists(station.demo.folder / "staff.tries"));
}

TEST_CASE("a lock-out outlasts a restart and a clock set back and the right PIN in between") {
    StaffFixture station;
    station.comes_to_the_door();
    for (int count = 0; count < 4; ++count) {
        station.tries("111111");
        station.passes(31s);  // only the fourth is told to wait longer
    }
    CHECK(station.wait_seconds() == 29);
    station.tries(staff_pin);
    CHECK_FALSE(station.is_inside());

    station.clock.set_day(tests::demo_day - std::chrono::days{300});
    station.start();
    station.clock.set_day(tests::demo_day + std::chrono::days{3});
    station.comes_to_the_door();
    CHECK(station.wait_seconds() == 60);  // the whole of it again
    station.tries(staff_pin);
    CHECK_FALSE(station.is_inside());
    station.passes(60s);
    station.tries("111111");
    CHECK(station.wait_seconds() == 120);
    station.passes(119s);
    station.tries(staff_pin);
    CHECK_FALSE(station.is_inside());
    station.passes(1s);
    station.tries(staff_pin);
    CHECK(station.is_inside());
}

TEST_CASE("a guess is on record before it is judged and a damaged record frees nobody") {
    StaffFixture station;
    REQUIRE(base::write_file(station.demo.folder / "staff.tries", base::view_of("no number")).has_value());
    station.start();
    station.comes_to_the_door();
    CHECK(station.wait_seconds() == 30);
    station.passes(30s);
    station.tries("111111");
    const auto record = base::read_file(station.demo.folder / "staff.tries", 100).value();
    CHECK(base::text_of(record) == "4\n");
}

TEST_CASE("the station's own key file on a stick opens and any other does not") {
    StaffFixture station;
    const auto key = station::make_staff_key(station.demo.folder, station.random).value();
    station.comes_to_the_door();
    station.desk->apply(staff::UseStickKey{});
    CHECK_FALSE(station.is_inside());  // no stick

    const tests::TemporaryFolder other;
    const auto foreign = station::make_staff_key(other.path(), station.random).value();
    for (const std::string& wrong : {foreign, std::string(), std::string(100'000, 'x'), key.substr(0, 30)}) {
        station.put_on_stick(station::staff_key_file_name, base::view_of(wrong));
        station.desk->apply(staff::UseStickKey{});
        CHECK_FALSE(station.is_inside());
    }
    // Guessing PINs must not keep out who has the key.
    for (int count = 0; count < 3; ++count) {
        station.tries("111111");
    }
    CHECK(station.wait_seconds() > 0);
    station.put_on_stick(station::staff_key_file_name, base::view_of(key));
    station.desk->apply(staff::UseStickKey{});
    CHECK(station.is_inside());
}

TEST_CASE("a link on a stick is not followed") {
    StaffFixture station;
    const auto key = station::make_staff_key(station.demo.folder, station.random).value();
    REQUIRE(base::write_file(station.folder / "elsewhere", base::view_of(key)).has_value());
    std::filesystem::create_symlink(station.folder / "elsewhere", station.stick() / station::staff_key_file_name);
    station.comes_to_the_door();
    station.desk->apply(staff::UseStickKey{});
    CHECK_FALSE(station.is_inside());
}

TEST_CASE("the brand held for three seconds asks for staff mode and nothing shorter does") {
    using platform::EventKind;
    const semantics::Rect brand{10, 10, 100, 40};
    const auto finger = [](EventKind kind, platform::Point at) {
        return platform::Event{.kind = kind, .position = at};
    };
    const std::vector<platform::Event> none;
    const std::vector down{finger(EventKind::pointer_down, {20, 20})};
    using Made = app::StaffGesture::Made;
    for (const auto& after :
         {finger(EventKind::pointer_up, {20, 20}), finger(EventKind::pointer_cancel, {20, 20}),
          finger(EventKind::pointer_move, {200, 20}), finger(EventKind::pointer_down, {200, 20})}) {
        app::StaffGesture gesture;
        CHECK(gesture.read(down, brand, 1000ms) == Made::no);
        CHECK(gesture.due() == 4000ms);
        CHECK(gesture.read(std::vector{after}, brand, 2000ms) == Made::no);
        CHECK(gesture.read(none, brand, 9000ms) == Made::no);
        CHECK_FALSE(gesture.due().has_value());
    }
    app::StaffGesture gesture;
    CHECK(gesture.read(down, brand, 1000ms) == Made::no);
    CHECK(gesture.read(std::vector{finger(EventKind::pointer_move, {22, 21})}, brand, 2000ms) == Made::no);
    CHECK(gesture.read(none, brand, 3999ms) == Made::no);
    CHECK(gesture.read(none, brand, 4000ms) == Made::yes);
    CHECK(gesture.read(none, brand, 4001ms) == Made::no);
    CHECK(gesture.read(down, {}, 5000ms) == Made::no);  // a page without a brand
    CHECK(gesture.read(none, {}, 9000ms) == Made::no);
}
