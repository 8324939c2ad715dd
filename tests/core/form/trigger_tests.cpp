// SPDX-License-Identifier: GPL-3.0-or-later
//
// The trigger column: answers that are set when a person changes another.
#include "scenario.hpp"

using Catch::Matchers::Contains;
using pillarbox::tests::refusals;
using pillarbox::tests::Scenario;

namespace {

std::string survey(const std::string& rows) {
    return "| survey |\n| | type | name | label | trigger | calculation |\n" + rows;
}

}  // namespace

TEST_CASE("a triggered answer is set when its trigger changes, and only then") {
    Scenario scenario(
        survey("| | text | a | A | | |\n| | text | b | B | | |\n"
               "| | text | c | C | ${a} | concat(${a}, ${b}) |"));
    CHECK(scenario.answer_of("/data/c").empty());
    scenario.answer("/data/a", "x");
    CHECK(scenario.answer_of("/data/c") == "x");
    scenario.answer("/data/b", "y");
    CHECK(scenario.answer_of("/data/c") == "x");
    scenario.answer("/data/a", "x");  // not a change
    CHECK(scenario.answer_of("/data/c") == "x");
    scenario.answer("/data/a", "z");
    CHECK(scenario.answer_of("/data/c") == "zy");
}

TEST_CASE("a triggered answer may be changed by the person") {
    Scenario scenario(survey("| | text | a | A | | |\n| | text | c | C | ${a} | ${a} |"));
    scenario.answer("/data/a", "x");
    scenario.answer("/data/c", "mine");
    CHECK(scenario.answer_of("/data/c") == "mine");
    CHECK_FALSE(scenario.instance().is_read_only("/data/c"));
}

TEST_CASE("each of several triggers sets the answer") {
    Scenario scenario(
        survey("| | text | a | A | | |\n| | text | b | B | | |\n"
               "| | calculate | c | | ${a},, ${b} , | concat(${a}, '-', ${b}) |"));
    scenario.answer("/data/a", "x");
    CHECK(scenario.answer_of("/data/c") == "x-");
    scenario.answer("/data/b", "y");
    CHECK(scenario.answer_of("/data/c") == "x-y");
}

TEST_CASE("a trigger without a calculation empties the answer") {
    Scenario scenario(survey("| | text | a | A | | |\n| | text | c | C | ${a} | |"));
    scenario.answer("/data/c", "old");
    scenario.answer("/data/a", "x");
    CHECK(scenario.answer_of("/data/c").empty());
}

TEST_CASE("what is triggered triggers in turn, and questions that trigger each other come to rest") {
    Scenario scenario(
        survey("| | text | a | A | ${c} | concat(${c}, 'a') |\n| | text | b | B | ${a} | concat(${a}, 'b') |\n"
               "| | text | c | C | ${b} | concat(${b}, 'c') |"));
    scenario.answer("/data/a", "x");
    CHECK(scenario.answer_of("/data/b") == "xb");
    CHECK(scenario.answer_of("/data/c") == "xbc");
    CHECK(scenario.answer_of("/data/a") == "xbca");
}

TEST_CASE("a trigger in a repeat sets the answer of the same repetition") {
    Scenario scenario(
        survey("| | begin repeat | r | R | | |\n| | text | a | A | | |\n| | text | b | B | ${a} | ${a} |\n"
               "| | end repeat | | | | |"));
    REQUIRE(scenario.instance().add_repetition("/data/r").has_value());
    scenario.answer("/data/r[2]/a", "x");
    CHECK(scenario.answer_of("/data/r[1]/b").empty());
    CHECK(scenario.answer_of("/data/r[2]/b") == "x");
}

TEST_CASE("a triggered answer without a label is never asked for") {
    Scenario scenario(
        "| survey |\n| | type | name | label | trigger | calculation | required |\n| | text | a | A | | | |\n"
        "| | integer | n | | ${a} | string-length(${a}) | yes |");
    CHECK(scenario.problems().empty());
    CHECK(scenario.instance().form().find("/data/n")->is_silent());
    CHECK_FALSE(scenario.instance().form().find("/data/a")->is_silent());
}

TEST_CASE("a trigger that is no question is refused at its cell") {
    const auto [trigger, expected] = GENERATE(table<std::string, std::string>({
        {"6", "not of the form"},
        {"${a}${b}", "not of the form"},
        {"${nobody}", "No row of the survey sheet is named nobody"},
        {"${sum}", "sum is not shown"},
        {"${g}", "g is not shown"},
    }));
    const auto found =
        refusals(survey("| | text | a | A | | |\n| | calculate | sum | | | 1 + 1 |\n"
                        "| | begin group | g | G | | |\n| | text | d | D | | |\n| | end group | | | | |\n"
                        "| | text | c | C | " +
                        trigger + " | 1 |"));
    INFO(trigger);
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Contains("row 7, column trigger") && Contains(expected));
}
