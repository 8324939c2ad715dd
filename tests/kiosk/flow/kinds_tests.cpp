// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every kind of question, from what a person does to what the form keeps.
#include "kiosk/flow/date_parts.hpp"
#include "tests/kiosk/flow/all_kinds.hpp"
#include "tests/kiosk/flow/scenario.hpp"
#include "tests/kiosk/flow/walker.hpp"

using namespace pillarbox;
using namespace pillarbox::flow;
using tests::Scenario;

namespace {

Scenario asked(std::string_view markdown) {
    Scenario person(Setup{.campaign = tests::campaign_of(markdown), .today = tests::inside_the_call});
    person.does(Start{}).does(Next{}).does(Understand{});
    return person;
}

Scenario at(const std::string& page) {
    Scenario person = asked(tests::all_kinds_markdown());
    person.goes_on_to(page);
    return person;
}

Scenario& types(Scenario& person, const std::string& path, DatePart part, const std::string& typed) {
    return person.does(SetDatePart{path, part, typed});
}

std::string problem_of(const Scenario& person, const std::string& path) {
    const auto text = person.question(path).problem;
    return text.message.empty() ? text.ready : text.message;
}

}  // namespace

TEST_CASE("a ranking is empty until somebody touches it and then names every choice in order") {
    Scenario person = at("/data/order");
    CHECK(person.answer("/data/order").empty());
    CHECK(person.question("/data/order").choices.front().name == "bus");
    person.does(MoveChoice{"/data/order", "walk", Move::up});
    CHECK(person.answer("/data/order") == "bus walk train cycle");
    person.does(MoveChoice{"/data/order", "walk", Move::up}).does(MoveChoice{"/data/order", "walk", Move::up});
    CHECK(person.answer("/data/order") == "walk bus train cycle");
    person.does(MoveChoice{"/data/order", "bus", Move::down}).does(MoveChoice{"/data/order", "cycle", Move::down});
    CHECK(person.answer("/data/order") == "walk train bus cycle");
    CHECK(person.question("/data/order").choices[1].name == "train");
    person.does(MoveChoice{"/data/order", "rocket", Move::up});
    CHECK(person.answer("/data/order") == "walk train bus cycle");
    person.answers("/data/order", "");
    CHECK(person.answer("/data/order").empty());
}

TEST_CASE("the order of a ranking can be taken as it stands") {
    Scenario person = at("/data/order");
    person.does(MoveChoice{"/data/order", "", Move::confirm});
    CHECK(person.answer("/data/order") == "bus train walk cycle");
}

TEST_CASE("a range is unset until somebody chooses and keeps whole steps as the form counts them") {
    Scenario person = at("/data/satisfied");
    CHECK_FALSE(person.question("/data/satisfied").range.step.has_value());
    CHECK(person.question("/data/satisfied").range.last == 10);
    CHECK(person.question("/data/satisfied").range.low_label.ready == "Not at all");
    person.does(SetStep{"/data/satisfied", 7});
    CHECK(person.answer("/data/satisfied") == "7");
    person.does(SetStep{"/data/satisfied", 11});
    CHECK(person.answer("/data/satisfied") == "7");
    person.does(Next{}).does(SetStep{"/data/warmth", 3});
    CHECK(person.answer("/data/warmth") == "17.5");
    CHECK(person.question("/data/warmth").range.chosen == written(Decimal{"17.5"}));
}

TEST_CASE("a range may run downwards") {
    Scenario person = asked(
        "| survey |\n| | type | name | label | parameters |\n| | range | r | R | start=10 end=0 step=2 |\n"
        "| settings |\n| | form_title |\n| | T |");
    const auto range = person.question("/data/r").range;
    CHECK(range.last == 5);
    CHECK(range.low_label == written(Decimal{"10"}));
    person.does(SetStep{"/data/r", 2});
    CHECK(person.answer("/data/r") == "6");
    person.does(Next{});
    CHECK(person.screen() == Screen::check);
}

TEST_CASE("numbers are taken in any script and refused in words where they are none") {
    Scenario person = at("/data/trips");
    person.answers("/data/trips", "\u0661\u0662");
    CHECK(person.answer("/data/trips") == "12");
    person.answers("/data/trips", " \u09ea ");
    CHECK(person.answer("/data/trips") == "4");
    person.answers("/data/trips", "4.5").does(Next{});
    CHECK(problem_of(person, "/data/trips") == "Enter a whole number, for example 12.");
    person.answers("/data/trips", "2").does(Next{});
    REQUIRE(person.page() == "/data/fare");
    person.answers("/data/fare", "2,5");
    CHECK(person.answer("/data/fare") == "2.5");
    person.answers("/data/fare", "1,500").does(Next{});
    CHECK(problem_of(person, "/data/fare") == "Enter a number, for example 12.");
    person.answers("/data/fare", "\u0661\u066b\u0665");
    CHECK(person.answer("/data/fare") == "1.5");
}

TEST_CASE("a date is kept as ODK writes it and read part by part") {
    Scenario person = at("/data/moved");
    types(person, "/data/moved", DatePart::day, "3");
    CHECK(person.question("/data/moved").parts[0].value == "3");
    types(types(person, "/data/moved", DatePart::month, "\u09e7"), "/data/moved", DatePart::year, "2019");
    CHECK(person.answer("/data/moved") == "2019-01-03");
    CHECK(person.question("/data/moved").parts[1].value == "1");
    person.does(Next{});
    REQUIRE(person.page() == "/data/born");
    types(person, "/data/born", DatePart::year, "1970");
    CHECK(person.answer("/data/born") == "1970-01-01");
    CHECK(person.question("/data/born").parts.size() == 1);
    person.does(Next{});
    types(types(person, "/data/since", DatePart::month, "5"), "/data/since", DatePart::year, "2021");
    CHECK(person.answer("/data/since") == "2021-05-01");
    person.does(Next{});
    types(types(person, "/data/leaves", DatePart::hour, "8"), "/data/leaves", DatePart::minute, "5");
    CHECK(person.answer("/data/leaves") == "08:05:00.000+00:00");
    person.does(Next{});
    for (const auto& [part, typed] :
         {std::pair(DatePart::day, "20"), std::pair(DatePart::month, "1"), std::pair(DatePart::year, "2023"),
          std::pair(DatePart::hour, "23"), std::pair(DatePart::minute, "0")})
        types(person, "/data/late", part, typed);
    CHECK(person.answer("/data/late") == "2023-01-20T23:00:00.000+00:00");
}

TEST_CASE("the wrong part of a date is named and marked and nothing typed is lost") {
    const auto [day, month, year, expected, wrong] =
        GENERATE(table<std::string, std::string, std::string, std::string, DatePart>({
            {"", "1", "2020", "Enter the day.", DatePart::day},
            {"1", "", "2020", "Enter the month.", DatePart::month},
            {"1", "1", "", "Enter the year.", DatePart::year},
            {"31", "4", "2020", "The day must be a number from 1 to {last}.", DatePart::day},
            {"29", "2", "2021", "The day must be a number from 1 to {last}.", DatePart::day},
            {"1", "13", "2020", "The month must be a number from 1 to 12.", DatePart::month},
            {"1", "May", "2020", "The month must be a number from 1 to 12.", DatePart::month},
            {"1", "1", "20", "The year must have 4 figures, for example 2023.", DatePart::year},
            {"1", "1", "0020", "The year must have 4 figures, for example 2023.", DatePart::year},
        }));
    Scenario person = at("/data/moved");
    types(types(types(person, "/data/moved", DatePart::day, day), "/data/moved", DatePart::month, month),
          "/data/moved", DatePart::year, year);
    person.does(Next{});
    INFO(day << " " << month << " " << year);
    REQUIRE(person.page() == "/data/moved");
    CHECK(problem_of(person, "/data/moved") == expected);
    for (const auto& part : person.question("/data/moved").parts)
        CHECK(part.wrong == (part.part == wrong));
    CHECK(person.page_view().problems.front().part == wrong);
    person.does(Back{}).does(Next{});
    const auto parts = person.question("/data/moved").parts;
    CHECK(same_part(day, parts[0].value));
    CHECK(same_part(month, parts[1].value));
    CHECK(same_part(year, parts[2].value));
}

TEST_CASE("a date that the form does not want is refused with the form's rule") {
    Scenario person = at("/data/moved");
    types(types(types(person, "/data/moved", DatePart::day, "1"), "/data/moved", DatePart::month, "1"), "/data/moved",
          DatePart::year, "2024");
    person.does(Next{});
    CHECK(problem_of(person, "/data/moved") == "Check this answer.");
}

TEST_CASE("one choice too many is refused with what to do about it") {
    Scenario person = at("/data/choosing");
    const std::string uses = "/data/choosing/uses";
    person.ticks(uses, "work").ticks(uses, "school").ticks(uses, "shopping");
    CHECK(person.answer(uses) == "work school");
    CHECK(person.question(uses).refusal.message ==
          "You have chosen as many as you can. Touch one of them to take it away first.");
    person.ticks(uses, "none");
    CHECK(person.answer(uses) == "none");
    person.ticks(uses, "other");
    CHECK(person.answer(uses) == "other");
    CHECK(person.asks("/data/choosing/other_use"));
}

TEST_CASE("a form that asks for at least two choices lets people come to two") {
    Scenario person = asked(
        "| survey |\n| | type | name | label | constraint |\n"
        "| | select_multiple c | m | M | count-selected(.) >= 2 |\n"
        "| choices |\n| | list_name | name | label |\n| | c | x | X |\n| | c | y | Y |");
    person.ticks("/data/m", "x");
    CHECK(person.answer("/data/m") == "x");
    person.does(Next{});
    CHECK(person.page() == "/data/m");
    person.ticks("/data/m", "y").does(Next{});
    CHECK(person.screen() == Screen::check);
}

TEST_CASE("the labels above a table are shown and never asked") {
    Scenario person = at("/data/table");
    CHECK(person.question("/data/table/header").kind == QuestionKind::notice);
    person.ticks("/data/table/header", "daily").ticks("/data/table/bus", "daily");
    CHECK(person.answer("/data/table/header").empty());
    CHECK(person.answer("/data/table/bus") == "daily");
}

TEST_CASE("what the form computes is shown and can't be changed") {
    Scenario person = at("/data/trips");
    person.answers("/data/trips", "3").goes_on_to("/data/summary");
    CHECK(person.question("/data/summary").read_only);
    CHECK(person.question("/data/summary").answered.front().ready == "6");
    person.answers("/data/summary", "7");
    CHECK(person.answer("/data/summary") == "6");
}

TEST_CASE("one choice and its other words stand on pages of their own where the form says or_other") {
    Scenario person = asked(
        "| survey |\n| | type | name | label |\n| | select_one c or_other | s | S |\n"
        "| choices |\n| | list_name | name | label |\n| | c | x | X |");
    person.ticks("/data/s", "x").does(Next{});
    CHECK(person.screen() == Screen::check);
    person.does(Back{}).ticks("/data/s", "other").does(Next{});
    REQUIRE(person.page() == "/data/s_other");
    person.answers("/data/s_other", "mine").does(Next{});
    CHECK(person.screen() == Screen::check);
}

TEST_CASE("the form of every kind is walked to its end and opened again") {
    const auto walked = tests::walk(tests::campaign_of(tests::all_kinds_markdown()), tests::inside_the_call);
    INFO((walked.has_value() ? "" : walked.error().describe()));
    REQUIRE(walked.has_value());
    CHECK(walked->unanswered.empty());
    CHECK(tests::value_of(walked->opened, "/data/order") == "bus train cycle walk");
    CHECK(tests::value_of(walked->opened, "/data/satisfied") == "5");
    CHECK(tests::value_of(walked->opened, "/data/moved") == "2023-01-20");
    CHECK(tests::value_of(walked->opened, "/data/person[2]/person_name") == "Ada");
    CHECK(tests::value_of(walked->opened, "/data/trip[1]/when") == "14:05:00.000+00:00");
    CHECK(tests::value_of(walked->opened, "/data/twice") == "2");
}

TEST_CASE("a walk that can't come to its end says where") {
    const auto walked =
        tests::walk(tests::campaign_of("| survey |\n| | type | name | label | required | constraint |\n"
                                       "| | text | riddle | Riddle | yes | . = 'what nobody guesses' |"),
                    tests::inside_the_call);
    REQUIRE_FALSE(walked.has_value());
    CHECK(walked.error().where == "/data/riddle");
}
