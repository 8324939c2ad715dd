// SPDX-License-Identifier: GPL-3.0-or-later
//
// What staff type for others: recorded with the answers, said on the screen, and over when it is.
#include "tests/kiosk/flow/scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::flow;
using namespace std::chrono_literals;
using tests::Scenario;

namespace {

// From the assisted start to Send; the person starts on the language page.
Scenario& sends_assisted(Scenario& person) {
    person.does(Next{}).does(Understand{}).ticks("/data/answering_as/path", "short").goes_on_to("/data/short");
    person.answers("/data/short/short_text", "Waits are long").does(Next{});
    person.ticks("/data/quotation/quote", "without_name").does(Next{}).does(Send{});
    REQUIRE(person.screen() == Screen::sending);
    return person;
}

const submission::Submission& sent(const Scenario& person) {
    return person.all_effects<SealAndKeep>().back()->submission;
}

}  // namespace

TEST_CASE("staff who read out or type start the next session and it is recorded as assisted") {
    Scenario person;
    person.does(Assist{Assistance::reading_or_typing});
    CHECK(person.screen() == Screen::language);
    CHECK(person.view().assistance == Assistance::reading_or_typing);
    sends_assisted(person);
    CHECK(sent(person).assisted);
    CHECK(tests::value_of(sent(person), "/data/meta/medium").empty());
    person.does(Saved{"K7QM-2F9D-XW3T-8RHB"}).does(Finish{});
    CHECK(person.view().assistance == Assistance::none);
    person.reaches_the_check_page().does(Send{});
    CHECK_FALSE(sent(person).assisted);
}

TEST_CASE("paper forms are copied one after another and each is recorded as from paper") {
    Scenario person;
    person.does(Assist{Assistance::from_paper});
    for (int forms = 0; forms < 2; ++forms) {
        sends_assisted(person).does(Saved{"K7QM-2F9D-XW3T-8RHB"}).does(Finish{});
        CHECK(sent(person).assisted);
        CHECK(tests::value_of(sent(person), "/data/meta/medium") == "paper");
        CHECK(person.screen() == Screen::attract);
        CHECK(person.view().assistance == Assistance::from_paper);
        person.does(Start{});
    }
}

TEST_CASE("copying ends where a form is stopped or the kiosk is left alone") {
    Scenario stopped;
    stopped.does(Assist{Assistance::from_paper}).does(AskStop{}).does(ConfirmStop{});
    CHECK(stopped.view().assistance == Assistance::none);

    Scenario left;
    left.does(Tick{1000s}).does(Assist{Assistance::from_paper});
    sends_assisted(left).does(Saved{"K7QM-2F9D-XW3T-8RHB"}).does(Finish{});
    CHECK(next_tick(left.session()).has_value());
    left.wait(89s);
    CHECK(left.view().assistance == Assistance::from_paper);
    left.wait(1s);
    CHECK(left.view().assistance == Assistance::none);
    CHECK_FALSE(next_tick(left.session()).has_value());

    Scenario idle;
    idle.does(Tick{1000s}).does(Assist{Assistance::from_paper}).wait(200s);
    CHECK(idle.screen() == Screen::attract);
    CHECK(idle.view().assistance == Assistance::none);
}

TEST_CASE("nobody's session can be turned into an assisted one") {
    Scenario person;
    person.reaches_the_form().does(Assist{Assistance::from_paper});
    CHECK(person.view().assistance == Assistance::none);
    CHECK(person.page() == "/data/answering_as");
    Scenario closed(Setup{.campaign = tests::demo_campaign(), .today = base::parse_day("2023-02-01").value()});
    closed.does(Assist{Assistance::from_paper});
    CHECK(closed.screen() == Screen::closed);
    CHECK(closed.view().assistance == Assistance::none);
}
