// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/staff/staff_scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::staff;
using namespace std::chrono_literals;
using tests::good_facts;
using tests::StaffScenario;
namespace fx = pillarbox::staff::effects;

TEST_CASE("sending shows how far it is and every end has its words") {
    for (int result = 0; result <= static_cast<int>(SendingResult::failed); ++result) {
        StaffScenario member;
        member.comes_in().opens(Page::sending).does(StartSending{}).does(StartSending{});
        CHECK(member.asked_for<fx::StartSending>() == 1);
        member.does(SendingProgress{512, 2048});
        REQUIRE(member.view().blocks.front().kind == BlockKind::progress);
        CHECK(member.view().blocks.front().part == Approx(0.25));
        member.does(Back{});  // waits for its end
        CHECK(member.session().page == Page::sending);
        member.does(SendingEnded{static_cast<SendingResult>(result), 2, 1});
        INFO("result " << result);
        CHECK_FALSE(member.view().blocks.front().title.empty());
        CHECK(member.view().blocks.front().kind != BlockKind::progress);
        member.does(Back{});
        CHECK(member.session().page == Page::home);
    }
}

TEST_CASE("a sending under way keeps staff mode open and can be stopped") {
    StaffScenario member;
    member.comes_in().opens(Page::sending).does(StartSending{}).wait(600s);
    CHECK(is_on(member.session()));
    member.does(StopSending{});
    CHECK(member.asked_for<fx::StopSending>() == 1);
    member.does(SendingEnded{SendingResult::cancelled}).wait(120s);
    CHECK_FALSE(is_on(member.session()));
}

TEST_CASE("leaving stops a sending under way") {
    StaffScenario member;
    member.comes_in().opens(Page::sending).does(StartSending{}).does(Leave{});
    CHECK(member.asked_for<fx::StopSending>() == 1);
    CHECK_FALSE(is_on(member.session()));
}

TEST_CASE("the campaign is not changed while anything is unacknowledged") {
    for (const bool unknown : {false, true}) {
        Facts facts = good_facts();
        facts.figures->sent = 2;
        if (unknown) {
            facts.figures.reset();
        }
        StaffScenario member;
        member.comes_in(facts).opens(Page::campaign, facts);
        CHECK(member.tells(BlockKind::attention, "The campaign cannot be changed now"));
        CHECK_FALSE(member.offers("read_stick"));
        member.does(ReadStick{}).does(PackSeen{PackVerdict::newer, {}}).does(InstallCampaign{});
        CHECK(member.asked_for<fx::ReadStick>() == 0);
        CHECK(member.asked_for<fx::InstallCampaign>() == 0);
    }
}

TEST_CASE("only a newer pack can be installed") {
    for (int verdict = 0; verdict <= static_cast<int>(PackVerdict::unaskable); ++verdict) {
        StaffScenario member;
        member.comes_in().opens(Page::campaign).does(ReadStick{});
        CHECK(member.asked_for<fx::ReadStick>() == 1);
        member.does(PackSeen{static_cast<PackVerdict>(verdict), {}}).does(InstallCampaign{});
        const bool newer = static_cast<PackVerdict>(verdict) == PackVerdict::newer;
        CHECK(member.asked_for<fx::InstallCampaign>() == (newer ? 1U : 0U));
        CHECK(member.offers("install") == newer);
    }
}

TEST_CASE("while the screen is cleaned nothing that is touched does anything until a minute has passed") {
    StaffScenario member;
    member.comes_in().opens(Page::cleaning);
    for (const Event& event : {Event(Open{Page::ending}), Event(Leave{}), Event(Back{}), Event(Restart{})}) {
        member.does(event);
    }
    CHECK(member.session().page == Page::cleaning);
    member.wait(59s);
    CHECK(member.session().page == Page::cleaning);
    member.wait(1s);
    CHECK(member.session().page == Page::home);
    CHECK(member.asked_for<fx::Left>() == 0);
}

TEST_CASE("helping somebody leaves staff mode first") {
    StaffScenario member;
    member.comes_in().opens(Page::assist).does(StartAssisted{Help::paper});
    CHECK_FALSE(is_on(member.session()));
    REQUIRE(member.asked_for<fx::BeginAssisted>() == 1);
    CHECK(std::get<fx::BeginAssisted>(member.effects().back()).how == Help::paper);
}

TEST_CASE("nobody can be helped to answer a call that is closed") {
    Facts facts = good_facts();
    facts.today = tests::day("2023-02-01");
    StaffScenario member;
    member.comes_in(facts).opens(Page::assist, facts);
    CHECK(member.view().actions.empty());
}

TEST_CASE("brightness is changed only where it can be and never to nothing") {
    Facts facts = good_facts();
    StaffScenario fixed;
    fixed.comes_in(facts).opens(Page::brightness, facts).does(SetBrightness{50});
    CHECK(fixed.asked_for<fx::SetBrightness>() == 0);
    CHECK(fixed.view().actions.empty());
    facts.brightness = 20;
    StaffScenario member;
    member.comes_in(facts).opens(Page::brightness, facts).does(SetBrightness{5}).does(SetBrightness{101});
    CHECK(member.asked_for<fx::SetBrightness>() == 0);
    for (const auto& action : member.view().actions) {
        member.does(action.event);
    }
    CHECK(member.asked_for<fx::SetBrightness>() == 2);
}

TEST_CASE("the program ends only from the page that asks for it") {
    StaffScenario member;
    member.comes_in().does(Restart{}).does(EndProgram{});
    CHECK(member.asked_for<fx::Restart>() + member.asked_for<fx::EndProgram>() == 0);
    member.opens(Page::ending).does(EndProgram{});
    CHECK(member.asked_for<fx::EndProgram>() == 1);
}

TEST_CASE("a tally that could not be signed says so") {
    StaffScenario member;
    member.comes_in().opens(Page::closing).does(SignTally{}).does(TallySigned{});
    CHECK(member.asked_for<fx::SignTally>() == 1);
    CHECK(member.tells(BlockKind::attention, "The tally could not be signed"));
    member.does(TallySigned{"tally-2023-01-20.txt", "3F9A-11C2"});
    CHECK(member.tells(BlockKind::good, "The tally is signed and saved"));
}

TEST_CASE("the stick is written only by a kiosk that the store knows") {
    Facts facts = good_facts();
    StaffScenario member;
    member.comes_in(facts).does(SaveToStick{}).does(ReadReceipt{});
    CHECK(member.asked_for<fx::SaveToStick>() + member.asked_for<fx::ReadReceipt>() == 0);
    member.opens(Page::hand_over, facts).does(SaveToStick{}).does(ReadReceipt{});
    CHECK(member.asked_for<fx::SaveToStick>() == 1);
    CHECK(member.asked_for<fx::ReadReceipt>() == 1);
    facts.enrolment = Facts::Enrolment::missing;
    member.opens(Page::hand_over, facts).does(SaveToStick{});
    CHECK(member.asked_for<fx::SaveToStick>() == 1);
    CHECK(member.view().actions.empty());
}
