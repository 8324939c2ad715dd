// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/choices.hpp"
#include "kiosk/flow/personal_details.hpp"
#include "tests/kiosk/flow/scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::flow;
using tests::Scenario;

TEST_CASE("a third theme is refused visibly and the two stay") {
    Scenario person;
    person.reaches_the_form().goes_on_to("/data/themes");
    const auto themes = person.question("/data/themes/themes_matter").choices;
    REQUIRE(themes.size() == 5);
    for (std::size_t index = 0; index < 3; ++index)
        person.ticks("/data/themes/themes_matter", themes[index].name);
    CHECK(person.answer("/data/themes/themes_matter") == themes[0].name + " " + themes[1].name);
    CHECK(person.question("/data/themes/themes_matter").refusal.ready == "Choose up to two themes.");
    CHECK_FALSE(person.question("/data/themes/themes_matter").choices[2].refusal.empty());
    CHECK(person.question("/data/themes/themes_matter").choices[3].refusal.empty());
    person.ticks("/data/themes/themes_matter", themes[0].name).ticks("/data/themes/themes_matter", themes[2].name);
    CHECK(person.question("/data/themes/themes_matter").refusal.empty());
    CHECK(person.answer("/data/themes/themes_matter") == themes[1].name + " " + themes[2].name);
}

TEST_CASE("none of these and a link take each other's place because the form lets nobody choose both") {
    Scenario person;
    person.reaches_the_form().does(Next{}).ticks("/data/your_link/link", "used_999");
    person.ticks("/data/your_link/link", "none_of_these");
    CHECK(person.answer("/data/your_link/link") == "none_of_these");
    CHECK(person.question("/data/your_link/link").refusal.empty());
    person.ticks("/data/your_link/link", "council");
    CHECK(person.answer("/data/your_link/link") == "council");
}

TEST_CASE("ticks are kept in the workbook's order whatever the order of taps") {
    Scenario person;
    person.reaches_the_form().does(Next{});
    person.ticks("/data/your_link/link", "council").ticks("/data/your_link/link", "used_999");
    CHECK(person.answer("/data/your_link/link") == "used_999 council");
}

TEST_CASE("one choice replaces another and is taken away by a second tap only where it is optional") {
    Scenario person;
    person.reaches_the_form().ticks("/data/answering_as/respondent", "myself");
    person.ticks("/data/answering_as/respondent", "helping");
    CHECK(person.answer("/data/answering_as/respondent") == "helping");
    person.ticks("/data/answering_as/respondent", "helping");
    CHECK(person.answer("/data/answering_as/respondent").empty());
    person.goes_on_to("/data/quotation")
        .ticks("/data/quotation/quote", "by_name")
        .ticks("/data/quotation/quote", "by_name");
    CHECK(person.answer("/data/quotation/quote") == "by_name");
}

TEST_CASE("answers to what is not asked on this page change nothing") {
    Scenario person;
    person.reaches_the_form();
    person.answers("/data/q1/q1_text", "too early").ticks("/data/quotation/quote", "by_name");
    person.answers("/data/answering_as/organisation_name", "not relevant")
        .ticks("/data/answering_as/respondent", "king");
    person.answers("/data/answering_as/under_18", "yes");
    CHECK(person.answer("/data/q1/q1_text").empty());
    CHECK(person.answer("/data/quotation/quote").empty());
    CHECK(person.answer("/data/answering_as/organisation_name").empty());
    CHECK(person.answer("/data/answering_as/respondent").empty());
    CHECK(person.answer("/data/answering_as/under_18").empty());
}

TEST_CASE("a text beyond the longest is not taken") {
    Scenario person;
    person.reaches_the_form().goes_on_to("/data/q1");
    std::string longest;
    for (std::size_t count = 0; count < text_characters_max; ++count)
        longest += "\u099c";  // three bytes, one character
    person.answers("/data/q1/q1_text", longest);
    CHECK(person.answer("/data/q1/q1_text") == longest);
    person.answers("/data/q1/q1_text", longest + "x");
    CHECK(person.answer("/data/q1/q1_text") == longest);
}

TEST_CASE("words that may tell who somebody is are noticed") {
    CHECK(may_tell_who("write to jo.b@example.org, please"));
    CHECK(may_tell_who("ring 020 7946-0958"));
    CHECK(may_tell_who("رقمي ٠٢٠٧٩٤٦٠٩٥٨"));
    CHECK(may_tell_who("ফোন ০২০৭৯৪৬০৯৫৮"));
    CHECK(may_tell_who("Thank Dr Jones for me"));
    CHECK(may_tell_who("and Mrs. Smith"));
}

TEST_CASE("ordinary words and numbers are not taken for personal details") {
    CHECK_FALSE(may_tell_who(""));
    CHECK_FALSE(may_tell_who("999 took 45 minutes on 12 January 2023"));
    CHECK_FALSE(may_tell_who("meet @ noon"));
    CHECK_FALSE(may_tell_who("the dr said no. Missing staff"));
    CHECK_FALSE(may_tell_who("a@b"));
}

TEST_CASE("choice names are compared whole") {
    CHECK(is_chosen("used_999 council", "council"));
    CHECK_FALSE(is_chosen("used_999 council", "used_9"));
    CHECK_FALSE(is_chosen("", ""));
    CHECK(split_choices("a  b c") == std::vector<std::string>{"a", "b", "c"});
}
