// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/staff/staff_scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::staff;
using tests::day;
using tests::good_facts;
using tests::StaffScenario;

namespace {

StaffScenario checked(const Facts& facts) {
    StaffScenario member;
    member.comes_in(facts).opens(Page::check, facts);
    return member;
}

std::size_t attentions(const StaffScenario& member) {
    std::size_t count = 0;
    for (const auto& block : member.view().blocks) {
        count += block.kind == BlockKind::attention ? 1U : 0U;
        if (block.kind == BlockKind::attention) {
            CHECK_FALSE(block.text.empty());  // each says what to do
        }
    }
    return count;
}

}  // namespace

TEST_CASE("a station in order has nothing to attend to") {
    CHECK(attentions(checked(good_facts())) == 0);
}

TEST_CASE("each thing out of order is told with what to do") {
    std::vector<Facts> wrong(10, good_facts());
    wrong[0].today = day("2022-12-31");
    wrong[0].last_known_day = day("2022-12-30");
    wrong[1].campaign.closes = day("2023-01-19");
    wrong[2].campaign.closes = day("2023-01-22");  // three days left
    wrong[3].last_known_day = day("2023-01-21");   // the clock went back
    wrong[4].last_known_day = day("2022-11-20");   // or far ahead
    wrong[5].disk_free_mib = 150;
    wrong[6].battery = Battery{.percent = 20};
    wrong[7].figures->damaged = 1;
    wrong[8].figures.reset();
    wrong[9].enrolment = Facts::Enrolment::missing;
    for (std::size_t index = 0; index < wrong.size(); ++index) {
        INFO("fact " << index);
        CHECK(attentions(checked(wrong[index])) == 1);
    }
}

TEST_CASE("a low battery on the charger and a long empty outbox are in order") {
    Facts facts = good_facts();
    facts.battery = Battery{.percent = 20, .supply = Battery::Supply::mains};
    facts.figures->unsent_days = 40;
    CHECK(attentions(checked(facts)) == 0);
    facts.figures->saved = 1;
    CHECK(attentions(checked(facts)) == 1);
}

TEST_CASE("a doubtful date can be accepted and a sound one needs no accepting") {
    CHECK_FALSE(checked(good_facts()).offers("accept_day"));
    Facts facts = good_facts();
    facts.last_known_day = day("2023-03-01");
    auto member = checked(facts);
    CHECK(member.offers("accept_day"));
    member.does(AcceptDay{});
    CHECK(member.asked_for<effects::AcceptDay>() == 1);
}

TEST_CASE("the test response is asked for on its page and its result told") {
    StaffScenario member;
    member.comes_in().does(KeepTest{});
    CHECK(member.asked_for<effects::KeepTest>() == 0);
    member.opens(Page::check).does(KeepTest{}).does(TestDone{TestResult::kept});
    CHECK(member.asked_for<effects::KeepTest>() == 1);
    CHECK(member.tells(BlockKind::good, "A test response was sealed and saved"));
    member.does(TestDone{TestResult::failed});
    CHECK(member.tells(BlockKind::attention, "The test response could not be saved"));
}
