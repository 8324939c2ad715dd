// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole journeys through the demo campaign, without a screen.
#include "tests/kiosk/flow/scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::flow;
using tests::Scenario;

namespace {

const std::vector<std::string> full_path = {"/data/answering_as", "/data/your_link", "/data/themes",   "/data/q1",
                                            "/data/q2",           "/data/q3",        "/data/q4",       "/data/q5",
                                            "/data/about_you",    "/data/contact",   "/data/quotation"};

}  // namespace

TEST_CASE("the full path asks every page in order and seals what was answered") {
    Scenario person;
    person.reaches_the_form().ticks("/data/answering_as/respondent", "myself");
    for (std::size_t index = 0; index + 1 < full_path.size(); ++index) {
        CHECK(person.page() == full_path[index]);
        CHECK(person.page_view().number == index + 1);
        CHECK(person.page_view().total == full_path.size());
        if (person.page() == "/data/q1")
            person.ticks("/data/q1/q1_rating", "badly").answers("/data/q1/q1_text", "Shorter waits.\n  Please! ");
        person.does(Next{});
    }
    person.ticks("/data/quotation/quote", "do_not_quote").does(Next{});
    REQUIRE(person.screen() == Screen::check);
    person.does(Send{});
    CHECK(person.screen() == Screen::sending);

    const auto sealed = person.all_effects<SealAndKeep>();
    REQUIRE(sealed.size() == 1);
    const auto& submission = sealed.front()->submission;
    CHECK(submission.campaign_id == "las-strategy-2023-28");
    CHECK(submission.day == tests::inside_the_call);
    CHECK(submission.language == "en");
    CHECK_FALSE(submission.assisted);
    CHECK(tests::value_of(submission, "/data/q1/q1_text") == "Shorter waits.\n  Please! ");
    CHECK(tests::value_of(submission, "/data/q1/q1_rating") == "badly");
    CHECK(tests::value_of(submission, "/data/quotation/quote") == "do_not_quote");
}

TEST_CASE("the short path asks one open question and the quotation choice") {
    Scenario person;
    person.reaches_the_form().ticks("/data/answering_as/path", "short");
    CHECK(person.page_view().total == 4);
    person.does(Next{}).does(Next{});
    CHECK(person.page() == "/data/short");
    person.does(Next{});
    CHECK(person.page() == "/data/quotation");
}

TEST_CASE("the organisation's name is asked only of organisations") {
    Scenario person;
    person.reaches_the_form();
    CHECK_FALSE(person.asks("/data/answering_as/organisation_name"));
    person.ticks("/data/answering_as/respondent", "organisation");
    CHECK(person.asks("/data/answering_as/organisation_name"));
}

TEST_CASE("helping someone else marks the submission as assisted") {
    Scenario person;
    person.reaches_the_check_page().does(Change{"/data/answering_as/respondent"});
    person.ticks("/data/answering_as/respondent", "helping").does(Next{}).does(Send{});
    REQUIRE(person.all_effects<SealAndKeep>().size() == 1);
    CHECK(person.all_effects<SealAndKeep>().front()->submission.assisted);
}

TEST_CASE("staff of the service see their note and no receipt until they ask for it") {
    Scenario person;
    person.reaches_the_form().ticks("/data/answering_as/path", "short").does(Next{});
    CHECK_FALSE(person.asks("/data/your_link/staff_note"));
    person.ticks("/data/your_link/link", "las_staff");
    CHECK(person.question("/data/your_link/staff_note").kind == QuestionKind::notice);
    person.does(Next{}).does(Next{}).ticks("/data/quotation/quote", "do_not_quote").does(Next{}).does(Send{});
    person.does(Saved{"K7QM-2F9D-XW3T-0000"});
    CHECK(std::get<ReceiptView>(person.view().body).code.empty());
    person.does(ShowReceipt{});
    CHECK(std::get<ReceiptView>(person.view().body).code == "K7QM-2F9D-XW3T-0000");
}

TEST_CASE("a person under 18 reads the plainer notice and is asked for no contact and no name") {
    Scenario person;
    person.does(Start{}).does(Next{}).does(Under18{});
    CHECK(person.screen() == Screen::under_18_notice);
    person.does(Understand{});
    std::vector<std::string> seen;
    while (person.page() != "/data/quotation" && seen.size() < 20) {
        seen.push_back(person.page());
        person.does(Next{});
    }
    CHECK(std::find(seen.begin(), seen.end(), "/data/contact") == seen.end());
    CHECK(seen.size() == full_path.size() - 2);
    for (const auto& choice : person.question("/data/quotation/quote").choices)
        CHECK(choice.name != "by_name");
}

TEST_CASE("going back to the first notice and continuing there lifts the under-18 path") {
    Scenario person;
    person.does(Start{}).does(Next{}).does(Under18{}).does(Understand{}).does(Back{});
    CHECK(person.screen() == Screen::under_18_notice);
    person.does(Back{}).does(Understand{});
    CHECK(person.answer("/data/answering_as/under_18").empty());
}

TEST_CASE("Back walks the same pages the other way") {
    Scenario person;
    person.reaches_the_form().goes_on_to("/data/quotation");
    for (auto index = full_path.size() - 1; index-- > 0;) {
        person.does(Back{});
        CHECK(person.page() == full_path[index]);
    }
    person.does(Back{});
    CHECK(person.screen() == Screen::notice);
    person.does(Back{});
    CHECK(person.screen() == Screen::language);
}

TEST_CASE("Next is refused with a summary where the one required answer is missing") {
    Scenario person;
    person.reaches_the_form().goes_on_to("/data/quotation");
    CHECK(person.page_view().problems.empty());
    person.does(Next{});
    CHECK(person.page() == "/data/quotation");
    REQUIRE(person.page_view().problems.size() == 1);
    CHECK(person.page_view().problems.front().path == "/data/quotation/quote");
    CHECK(person.page_view().problems.front().text.ready == "Choose whether the committee may quote you.");
    CHECK_FALSE(person.question("/data/quotation/quote").problem.empty());
    person.ticks("/data/quotation/quote", "without_name");
    CHECK(person.page_view().problems.empty());
    person.does(Next{});
    CHECK(person.screen() == Screen::check);
}

TEST_CASE("Change opens the answer's page and Next returns to the check page") {
    Scenario person;
    person.reaches_the_check_page().does(Change{"/data/short/short_text"});
    CHECK(person.page() == "/data/short");
    person.answers("/data/short/short_text", "Waits were long").does(Next{});
    REQUIRE(person.screen() == Screen::check);
    const auto check = std::get<CheckView>(person.view().body);
    bool found = false;
    for (const auto& section : check.sections)
        for (const auto& answer : section.answers)
            found = found || (!answer.answers.empty() && answer.answers.front().ready == "Waits were long");
    CHECK(found);
}

TEST_CASE("a change that breaks an answer elsewhere brings Send to that page") {
    Scenario person;
    person.does(Start{}).does(Next{}).does(Understand{}).ticks("/data/answering_as/path", "short");
    person.goes_on_to("/data/quotation").ticks("/data/quotation/quote", "by_name").does(Next{});
    REQUIRE(person.screen() == Screen::check);
    person.does(Change{"/data/quotation/quote"}).answers("/data/quotation/quote", "").does(Back{}).does(Send{});
    CHECK(person.page() == "/data/quotation");
    CHECK(person.page_view().problems.size() == 1);
    CHECK(person.all_effects<SealAndKeep>().empty());
}

TEST_CASE("a change of language keeps answers and page and changes the form's words") {
    Scenario person;
    person.reaches_the_form().ticks("/data/answering_as/respondent", "organisation");
    person.answers("/data/answering_as/organisation_name", "Friends of 111");
    person.does(OpenLanguages{}).does(ChooseLanguage{"ar"});
    CHECK(person.overlay() == Overlay::none);
    CHECK(person.page() == "/data/answering_as");
    CHECK(person.page_view().heading.ready == "باسم مَن تجيب؟");
    CHECK(person.answer("/data/answering_as/organisation_name") == "Friends of 111");
    person.does(OpenLanguages{}).does(ChooseLanguage{"xx"});
    CHECK(person.session().language == "ar");
}

TEST_CASE("the check page warns where a free text may tell who somebody is") {
    Scenario quiet;
    quiet.reaches_the_check_page("Waits are long, 45 minutes at 10 pm");
    CHECK_FALSE(std::get<CheckView>(quiet.view().body).has_warning);
    Scenario person;
    person.reaches_the_check_page("Call me on 020 7946 0958");
    CHECK(std::get<CheckView>(person.view().body).has_warning);
}
