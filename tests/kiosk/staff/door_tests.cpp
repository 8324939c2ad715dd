// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/staff/staff_scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::staff;
using namespace std::chrono_literals;
using tests::StaffScenario;
namespace fx = pillarbox::staff::effects;

TEST_CASE("nothing behind the door happens before somebody is admitted") {
    for (const bool at_the_door : {false, true}) {
        StaffScenario anybody;
        if (at_the_door) {
            anybody.comes_to_the_door();
        }
        const auto asked_before = anybody.effects().size();
        for (const Event& event :
             {Event(Open{Page::closing}), Event(KeepTest{}), Event(AcceptDay{}), Event(StartSending{}),
              Event(StopSending{}), Event(ReadStick{}), Event(InstallCampaign{}), Event(StartAssisted{Help::paper}),
              Event(SetBrightness{50}), Event(SignTally{}), Event(Restart{}), Event(EndProgram{}), Event(Back{})}) {
            anybody.does(event);
        }
        CHECK(anybody.effects().size() == asked_before);
        CHECK(anybody.session().place == (at_the_door ? Place::door : Place::away));
        // Nor can it be read there.
        anybody.does(FactsRead{tests::good_facts(), {}});
        CHECK(anybody.view().blocks.empty());
        CHECK(anybody.view().station.empty());
    }
}

TEST_CASE("the PIN goes to the lock once and its digits are gone from the session") {
    StaffScenario member;
    member.comes_to_the_door().types("480215");
    CHECK(member.view().door->digits == 6);
    member.does(EraseDigit{}).types("5").does(Unlock{});
    CHECK(member.view().door->digits == 0);
    REQUIRE(member.asked_for<fx::TryPin>() == 1);
    CHECK(std::get<fx::TryPin>(member.effects().back()).pin == "480215");
    member.does(Unlock{});  // a second tap
    CHECK(member.asked_for<fx::TryPin>() == 1);
    member.does(Admitted{});
    CHECK(member.session().place == Place::inside);
}

TEST_CASE("only digits are taken and no more than a PIN may have") {
    StaffScenario member;
    member.comes_to_the_door().types("4a8 0-2").types("123456789012345");
    CHECK(member.view().door->digits == digits_max);
}

TEST_CASE("while the lock waits no digit is taken and a countdown runs") {
    StaffScenario member;
    member.comes_to_the_door().types("111111").does(Unlock{}).does(WrongPin{30s});
    CHECK(member.view().door->wait_seconds == 30);
    CHECK_FALSE(member.view().door->problem.empty());
    member.types("480215").does(Unlock{});
    CHECK(member.asked_for<fx::TryPin>() == 1);
    member.wait(29s);
    CHECK(member.view().door->wait_seconds == 1);
    CHECK(next_tick(member.session()) == member.session().now + 1s);
    member.wait(1s).types("480215").does(Unlock{});
    CHECK(member.asked_for<fx::TryPin>() == 2);
}

TEST_CASE("without a PIN the door says how one is set") {
    StaffScenario member;
    member.does(Enter{"en"}).does(DoorSeen{DoorSeen::Pin::missing, 0s});
    CHECK(member.tells(BlockKind::info, "No staff PIN is set on this kiosk"));
    member.types("480215").does(Unlock{});
    CHECK(member.asked_for<fx::TryPin>() == 0);
    member.does(UseStickKey{}).does(NoStickKey{});
    CHECK(member.asked_for<fx::TryStickKey>() == 1);
    CHECK_FALSE(member.view().door->problem.empty());
}

TEST_CASE("staff mode left alone ends by itself and the next one starts at the door") {
    StaffScenario member;
    member.comes_in().wait(119s);
    CHECK(is_on(member.session()));
    member.does(Activity{}).wait(119s);
    CHECK(is_on(member.session()));
    member.wait(1s);
    CHECK_FALSE(is_on(member.session()));
    CHECK(member.asked_for<fx::Left>() == 1);
    CHECK_FALSE(next_tick(member.session()).has_value());
    member.comes_to_the_door();
    CHECK(member.session().place == Place::door);
    CHECK_FALSE(member.session().facts.figures.has_value());
}
