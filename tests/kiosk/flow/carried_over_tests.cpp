// SPDX-License-Identifier: GPL-3.0-or-later
//
// An author saves the workbook while the kiosk shows it.
#include "core/form/workbook.hpp"
#include "kiosk/flow/carried_over.hpp"
#include "scenario.hpp"
#include "tests/core/form/workbook_builder.hpp"

using namespace pillarbox;
using flow::Screen;

namespace {

// Two pages and what else `rows` says.
flow::Setup setup_with(const std::string& rows) {
    auto campaign = std::make_shared<campaign::Campaign>(*tests::demo_campaign());
    auto form = form::read_workbook(
        tests::workbook_of("| survey |\n| | type | name | label::English (en) | label::Polish (pl) |\n" + rows),
        "test.xlsx");
    INFO((form.has_value() ? "" : form.error().describe()));
    REQUIRE(form.has_value());
    campaign->form = std::make_shared<const form::Form>(*std::move(form));
    return {.campaign = campaign, .today = tests::inside_the_call};
}

const std::string first = "| | text | first | First? | Pierwsze? |\n";
const std::string second = "| | text | second | Second? | Drugie? |\n";
const std::string third = "| | text | third | Third? | Trzecie? |\n";

// At the second page, in Polish, with both questions answered.
flow::Session at_the_second_page(const flow::Setup& setup) {
    auto session = flow::begin(setup);
    for (const flow::Event& event : std::vector<flow::Event>{
             flow::Start{}, flow::ChooseLanguage{"pl"}, flow::Next{}, flow::Understand{},
             flow::SetAnswer{"/data/first", "one"}, flow::Next{}, flow::SetAnswer{"/data/second", "two"}}) {
        session = flow::handle(std::move(session), event).session;
    }
    REQUIRE(session.page == "/data/second");
    return session;
}

}  // namespace

TEST_CASE("a new edition shows the same page with its language and answers") {
    const auto next = setup_with(first + third + second);
    const auto session = flow::carried_over(at_the_second_page(setup_with(first + second)), next);
    CHECK(session.screen == Screen::form_page);
    CHECK(session.page == "/data/second");
    CHECK(session.language == "pl");
    CHECK(session.answers->answer("/data/first") == "one");
    CHECK(session.answers->answer("/data/second") == "two");
    CHECK(session.setup.campaign == next.campaign);
}

TEST_CASE("the first page is shown when the new edition lacks the page") {
    const auto session =
        flow::carried_over(at_the_second_page(setup_with(first + second)), setup_with(first + third));
    CHECK(session.screen == Screen::form_page);
    CHECK(session.page == "/data/first");
    CHECK(session.answers->answer("/data/first") == "one");
}

TEST_CASE("a new edition without the language begins anew") {
    auto setup = setup_with(first + second);
    auto session = at_the_second_page(setup);
    auto form = std::make_shared<form::Form>(*setup.campaign->form);
    std::erase(form->languages, "pl");
    auto campaign = std::make_shared<campaign::Campaign>(*setup.campaign);
    campaign->form = form;
    setup.campaign = campaign;
    const auto next = flow::carried_over(std::move(session), setup);
    CHECK(next.screen == Screen::attract);
    CHECK_FALSE(next.answers.has_value());
}

TEST_CASE("answers in repetitions are carried over with them") {
    const std::string people = "| | begin repeat | person | Person | Osoba |\n" + first + "| | end repeat | | | |\n";
    auto session = at_the_second_page(setup_with(first + second));
    auto answers = form::Instance::start(setup_with(people + second).campaign->form, {.today = {}}).value();
    REQUIRE(answers.add_repetition("/data/person").has_value());
    REQUIRE(answers.set_answer("/data/person[2]/first", "zwei").has_value());
    session.answers = std::move(answers);
    const auto next = flow::carried_over(std::move(session), setup_with(people + second + third));
    CHECK(next.answers->answer("/data/person[2]/first") == "zwei");
}
