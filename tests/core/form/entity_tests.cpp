// SPDX-License-Identifier: GPL-3.0-or-later
//
// The entities sheet and the save_to column: what a submission tells a server to remember.
#include "scenario.hpp"

using Catch::Matchers::Contains;
using pillarbox::form::EntityChange;
using pillarbox::tests::refusals;
using pillarbox::tests::Scenario;

namespace {

std::string survey(const std::string& rows, const std::string& columns, const std::string& entities) {
    return "| survey |\n| | type | name | label | save_to |\n" + rows + "\n| entities |\n| | " + columns + " |\n" +
           entities;
}

std::string place_of(const std::string& rows, const std::string& entities, std::string_view list) {
    const auto form = pillarbox::form::read_workbook(
        pillarbox::tests::workbook_of(survey(rows, "list_name | label", entities)), "test.xlsx");
    INFO((form ? std::string() : form.error().describe()));
    REQUIRE(form.has_value());
    for (const auto& entity : form->entities) {
        if (entity.list_name == list) {
            return entity.path;
        }
    }
    return "none";
}

}  // namespace

TEST_CASE("an entity is created with its label and properties from the answers") {
    Scenario scenario(survey("| | text | name | N | |\n| | integer | age | A | age |\n| | text | town | T | home |",
                             "list_name | label | create_if", "| | people | concat('Mx ', ${name}) | ${age} > 17 |"));
    scenario.answer("/data/name", "Kim");
    scenario.answer("/data/age", "17");
    CHECK(scenario.instance().entities().empty());
    scenario.answer("/data/age", "18");
    scenario.answer("/data/town", "Ulm");
    const auto changes = scenario.instance().entities();
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].kind == EntityChange::Kind::create);
    CHECK(changes[0].list_name == "people");
    CHECK(changes[0].id.empty());
    CHECK(changes[0].label == "Mx Kim");
    CHECK(changes[0].properties == decltype(changes[0].properties){{"age", "18"}, {"home", "Ulm"}});
}

TEST_CASE("an entity with an id is updated, and where it has a create_if created otherwise") {
    const auto [when, kind] = GENERATE(table<std::string, EntityChange::Kind>({
        {"old", EntityChange::Kind::update},
        {"new", EntityChange::Kind::create},
        {"any", EntityChange::Kind::create_or_update},
    }));
    Scenario scenario(survey("| | csv-external | people | | |\n| | text | who | W | |\n| | text | when | W | |",
                             "list_name | entity_id | label | create_if | update_if",
                             "| | people | ${who} | ${who} | ${when} != 'old' | ${when} != 'new' |"));
    scenario.answer("/data/who", "u7");
    scenario.answer("/data/when", when);
    const auto changes = scenario.instance().entities();
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].kind == kind);
    CHECK(changes[0].id == "u7");
}

TEST_CASE("an entity in a repeat comes once a repetition") {
    Scenario scenario(survey("| | begin repeat | r | R | |\n| | text | q | Q | p |\n| | end repeat | | | |",
                             "list_name | label", "| | things | ${q} |"));
    REQUIRE(scenario.instance().add_repetition("/data/r").has_value());
    scenario.answer("/data/r[1]/q", "one");
    scenario.answer("/data/r[2]/q", "two");
    const auto changes = scenario.instance().entities();
    REQUIRE(changes.size() == 2);
    CHECK(changes[0].label == "one");
    CHECK(changes[1].properties.at("p") == "two");
}

TEST_CASE("an entity belongs to the innermost container of its properties") {
    const std::string group = "| | begin group | g | G | |\n| | text | q | Q | a#p |\n| | end group | | | |\n";
    const std::string repeat = "| | begin repeat | r | R | |\n" + group + "| | end repeat | | | |\n";
    const std::string last = "| | text | z | Z | b#p |";
    CHECK(place_of(group, "| | a | ${q} |", "a") == "/data");
    CHECK(place_of(group + last, "| | a | ${q} |\n| | b | ${z} |", "a") == "/data/g");
    CHECK(place_of(group + last, "| | a | ${q} |\n| | b | ${z} |", "b") == "/data");
    CHECK(place_of(repeat, "| | a | ${q} |", "a") == "/data/r/g");
    CHECK(place_of(group + "| | text | z | Z | |", "| | a | ${q} |\n| | b | ${q} |", "b") == "/data");
}

TEST_CASE("entities that can't each have a container are refused") {
    const std::string two =
        "| | begin repeat | r | R | |\n| | text | q | Q | |\n| | end repeat | | | |\n"
        "| | begin repeat | s | S | |\n| | text | t | T | |\n| | end repeat | | | |";
    const auto [rows, entities, expected] = GENERATE_COPY(table<std::string, std::string, std::string>({
        {two, "| | a | concat(${q}, ${t}) |", "takes answers from two repeats"},
        {"| | text | q | Q | |", "| | a | ${q} |\n| | b | ${q} |", "no group, repeat or form to itself"},
        {"| | begin group | g | G | |\n| | text | q | Q | a#p |\n| | text | t | T | b#p |\n| | end group | | | |",
         "| | a | ${q} |\n| | b | ${t} |", "no group, repeat or form to itself"},
        {"| | begin group | g | G | |\n| | text | q | Q | a#p |\n| | begin group | h | H | |\n| | text | t | T | b#p "
         "|\n"
         "| | end group | | | |\n| | begin group | i | I | |\n| | text | u | U | b#o |\n| | end group | | | |\n"
         "| | end group | | | |\n| | text | v | V | a#o |",
         "| | a | ${q} |\n| | b | ${t} |", "lies in a group or repeat of another entity"},
    }));
    const auto found = refusals(survey(rows, "list_name | label", entities));
    INFO(rows + entities);
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Contains("sheet entities") && Contains(expected));
}

TEST_CASE("bad rows of the entities sheet are refused at their cell") {
    const auto [columns, row, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"list_name | label", "| | __a | ${q} |", "column list_name | Names that begin with two underscores"},
        {"list_name | label", "| | a.b | ${q} |", "column list_name | Lists of entities have no period"},
        {"list_name | label", "| | | ${q} |", "column list_name | This is not a valid name"},
        {"list_name | label", "| | a | ${q} |\n| | a | ${q} |",
         "row 3, column list_name | Two rows have the same list"},
        {"list_name | label", "| | a | ${nobody} |", "column label | No row of the survey sheet is named nobody"},
        {"list_name | create_if", "| | a | ${q} = 1 |", "column label | An entity that is created needs a label"},
        {"list_name | label | update_if", "| | a | ${q} | ${q} = 1 |",
         "column entity_id | An entity that is updated"},
        {"list_name | entity_id | create_if", "| | towns | ${q} | ${q} = 1 |", "column update_if"},
        {"list_name | entity_id", "| | a | ${q} |", "column list_name | The form does not read the list a"},
        {"list_name | label | colour", "| | a | ${q} | red |", "row 1, column colour"},
    }));
    const auto found = refusals(survey("| | csv-external | towns | | |\n| | text | q | Q | |", columns, row));
    INFO(row);
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Contains("sheet entities") && Contains(expected));
}

TEST_CASE("a save_to that names no property is refused at its cell") {
    const auto [type, save_to, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"text", "Name", "a name and a label of their own"},
        {"text", "__p", "two underscores"},
        {"text", "a b", "not a valid name"},
        {"text", "a#", "not a valid name"},
        {"text", "a##p", "not a valid name"},
        {"text", "b#p", "no such list"},
        {"begin group", "p", "no meaning for the row's type"},
    }));
    const auto found = refusals(survey("| | " + type + " | x | X | " + save_to + " |\n| | text | q | Q | |" +
                                           (type == "text" ? "" : "\n| | end group | | | |"),
                                       "list_name | label", "| | a | ${q} |"));
    INFO(save_to);
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Contains("sheet survey, row 2, column save_to") && Contains(expected));
    CHECK_THAT(refusals("| survey |\n| | type | name | label | save_to |\n| | text | q | Q | p |").at(0),
               Contains("no such list"));
}
