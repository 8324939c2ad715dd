// SPDX-License-Identifier: GPL-3.0-or-later
//
// Choices that come from elsewhere than the choices sheet, or in another order, and loops over choices.
#include <algorithm>

#include "scenario.hpp"

using Catch::Matchers::Contains;
using pillarbox::tests::refusals;
using pillarbox::tests::Scenario;

namespace {

pillarbox::form::Form read(std::string_view markdown) {
    auto form = pillarbox::form::read_workbook(pillarbox::tests::workbook_of(markdown), "test.xlsx");
    INFO((form ? std::string() : form.error().describe()));
    REQUIRE(form.has_value());
    return *std::move(form);
}

std::string shuffled(const std::string& parameters) {
    std::string letters;
    Scenario scenario(
        "| survey |\n| | type | name | label | parameters |\n| | integer | n | N | |\n| | select_one c | q | Q | " +
        parameters +
        " |\n| choices |\n| | list_name | name | label |\n| | c | A | a |\n| | c | B | b |\n| | c | C | c |\n"
        "| | c | D | d |\n| | c | E | e |\n| | c | F | f |");
    for (const std::string& name : scenario.choices("/data/q")) {
        letters += name;
    }
    return letters;
}

}  // namespace

TEST_CASE("a select from a file keeps the file and the names of its columns") {
    const auto [type, parameters, value, label] = GENERATE(table<std::string, std::string, std::string, std::string>({
        {"select_one_from_file towns.csv", "", "name", "label"},
        {"select multiple from file towns.xml", "value=VAL, label=lBl", "VAL", "lBl"},
        {"select_one_from_file towns.geojson", "", "id", "title"},
    }));
    const auto form = read("| survey |\n| | type | name | label | parameters | choice_filter |\n| | " + type +
                           " | q | Q | " + parameters + " | region = 1 |");
    const auto& node = *form.find("/data/q");
    REQUIRE(node.choice_file.has_value());
    CHECK(node.choice_file->name == type.substr(type.rfind(' ') + 1));
    CHECK(node.choice_file->value_column == value);
    CHECK(node.choice_file->label_column == label);
    CHECK(form.external_files.at("towns") == node.choice_file->name);
}

TEST_CASE("a column of a file of choices is a name") {
    const auto found = refusals(
        "| survey |\n| | type | name | label | parameters |\n"
        "| | select_one_from_file a.csv | q | Q | value=.x |");
    CHECK_THAT(found.at(0), Contains("row 2, column parameters"));
}

TEST_CASE("two files that expressions would call by one name are refused") {
    const std::string head = "| survey |\n| | type | name | label |\n";
    CHECK_THAT(refusals(head + "| | select_one_from_file a.csv | q | Q |\n| | xml-external | a | |").at(0),
               Contains("row 3, column name"));
    CHECK_THAT(refusals(head + "| | csv-external | a | |\n| | csv-external | a | |\n| | text | q | Q |").at(0),
               Contains("Something else is named a already"));
    CHECK(refusals(head + "| | csv-external | a | |\n| | select_one_from_file a.csv | q | Q |").empty());
}

TEST_CASE("choices of the sheet external_choices are offered by its columns, and show their name without a label") {
    Scenario scenario(R"(
        | survey |
        |        | type                     | name  | label | choice_filter    |
        |        | select_one state         | state | State |                  |
        |        | select_one_external city | city  | City  | state = ${state} |
        | choices |
        |         | list_name | name | label |
        |         | state     | nsw  | NSW   |
        |         | state     | vic  | VIC   |
        | external_choices |
        |                  | list_name | name      | state |
        |                  | city      | Sydney    | nsw   |
        |                  | city      | Melbourne | vic   |
    )");
    scenario.answer("/data/state", "vic");
    CHECK(scenario.choices("/data/city") == std::vector<std::string>{"Melbourne"});
    CHECK(scenario.instance().choices_of("/data/city").at(0)->label.in("") == "Melbourne");
    CHECK_THAT(refusals("| survey |\n| | type | name | label |\n| | select_one_external c | q | Q |").at(0),
               Contains("external_choices has no list named c"));
}

TEST_CASE("a seed means the order that it means in every client of the standard") {
    // The orders that the suites of openrosa-xpath-evaluator and ODK Web Forms state for these seeds.
    CHECK(shuffled("randomize=true seed=42") == "AFCBDE");
    CHECK(shuffled("randomize=true seed=-42") == "EDAFBC");
    CHECK(shuffled("randomize=True seed=1.1") == "BFEACD");
    CHECK(shuffled("randomize=true seed=11111111") == "ACDBFE");
    CHECK(shuffled("randomize=true seed=0") == "CBEAFD");
    CHECK(shuffled("randomize=true seed=${n}") == "CBEAFD");  // not yet answered: no number
    CHECK(shuffled("randomize=false") == "ABCDEF");
}

TEST_CASE("choices in random order without a seed keep their order for one person") {
    const std::string first = shuffled("randomize=true");
    CHECK(shuffled("randomize=true") == first);
    std::string sorted = first;
    std::ranges::sort(sorted);
    CHECK(sorted == "ABCDEF");
}

TEST_CASE("a seed is a number or a reference, and goes with randomize") {
    const std::string parameters = GENERATE("seed=42", "randomize=true seed=green", "randomize=true seed=int(${q})");
    CHECK_THAT(refusals("| survey |\n| | type | name | label | parameters |\n| | select_one c | q | Q | " +
                        parameters + " |\n| choices |\n| | list_name | name | label |\n| | c | a | A |")
                   .at(0),
               Contains("row 2, column parameters"));
}

TEST_CASE("a filter of no leaves no choice") {
    Scenario scenario(
        "| survey |\n| | type | name | label | choice_filter |\n| | select_one c | q | Q | false() |\n"
        "| choices |\n| | list_name | name | label |\n| | c | a | A |");
    CHECK(scenario.choices("/data/q").empty());
}

TEST_CASE("tick labels stand at ticks of the range") {
    const auto [name, parameters, sound] = GENERATE(table<std::string, std::string, bool>({
        {"5", "start=3 end=13 step=2", true},
        {"5.0", "start=3 end=13 step=2", true},
        {"6", "start=3 end=13 step=2", false},
        {"15", "start=3 end=13 step=2", false},
        {"5", "start=3 end=13 step=2 tick_interval=4", false},
        {"7", "start=3 end=13 step=2 tick_interval=4", true},
        {"low", "", false},
    }));
    INFO(name + " " + parameters);
    CHECK(refusals("| survey |\n| | type | name | label | parameters |\n| | range | q | Q | tick_labelset=c " +
                   parameters + " |\n| choices |\n| | list_name | name | label |\n| | c | " + name + " | L |")
              .empty() == sound);
    CHECK_THAT(
        refusals("| survey |\n| | type | name | label | parameters |\n| | range | q | Q | tick_labelset=d |").at(0),
        Contains("no list named d"));
}

TEST_CASE("a loop asks its questions for each choice, with the choice's words in their texts") {
    const auto form = read(R"(
        | survey |
        |        | type              | name | label::English (en)     | label::French (fr)       |
        |        | begin loop over c | l    | All                     | Tout                     |
        |        | integer           | n    | How many %(label)s (%(name)s)? | Combien de %(label)s ? |
        |        | end loop          |      |                         |                          |
        | choices |
        |         | list_name | name | label::English (en) | label::French (fr) |
        |         | c         | cat  | cats                | chats              |
        |         | c         | dog  | dogs                | chiens             |
    )");
    REQUIRE(form.find("/data/l/dog/n") != nullptr);
    CHECK(form.find("/data/l/cat")->label.in("fr") == "chats");
    CHECK(form.find("/data/l/dog/n")->label.in("en") == "How many dogs (dog)?");
    CHECK(form.find("/data/l/cat/n")->label.in("fr") == "Combien de chats ?");
}

TEST_CASE("a loop that can't be written out is refused") {
    const auto [rows, expected] = GENERATE(table<std::string, std::string>({
        {"| | begin loop over c | l | L |\n| | text | q | Q |", "The loop is never ended"},
        {"| | begin loop over d | l | L |\n| | text | q | Q |\n| | end loop | | |", "no list named d"},
        {"| | text | q | Q |\n| | end loop | | |", "This end loop has no begin loop"},
        {"| | begin loop over c | l | L |\n| | begin repeat | r | R |\n| | text | q | Q |\n| | end repeat | | |\n"
         "| | end loop | | |",
         "A repeat in a loop is not supported"},
        {"| | begin loop over c | l | L |\n| | begin group | g | G |\n| | text | q | Q |\n| | end loop | | |\n"
         "| | end group | | |",
         "Groups begin in the loop and end outside"},
        {"| | begin loop over c | l | L |\n| | text | q | Q |\n| | note | n | ${q} |\n| | end loop | | |",
         "Several rows of the survey sheet are named q"},
    }));
    const auto found = refusals("| survey |\n| | type | name | label |\n" + rows +
                                "\n| choices |\n| | list_name | name | label |\n| | c | a | A |\n| | c | b | B |");
    INFO(rows);
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Contains(expected));
}

TEST_CASE("settings for other clients are kept with the form") {
    const auto form = read(
        "| survey |\n| | type | name | label | instance::ex:mark |\n| | text | q | Q | 7 |\n| settings |\n"
        "| | auto_send | submission_url | omit_instanceID | attribute::ex:xyz | namespaces |\n"
        "| | true | https://example.org/s | yes | 12 | ex=\"http://example.org\" |");
    CHECK(form.further_settings.at("auto_send") == "true");
    CHECK(form.further_settings.at("submission_url") == "https://example.org/s");
    CHECK(form.further_settings.at("omit_instanceid") == "yes");
    CHECK(form.further_settings.at("attribute::ex:xyz") == "12");
    CHECK(form.find("/data/q")->attributes.at("instance::ex:mark") == "7");
}

TEST_CASE("settings that contradict each other or that cells can't keep are refused") {
    const auto [settings, expected] = GENERATE(table<std::string, std::string>({
        {"| | omit_instanceID | public_key |\n| | yes | abc |", "Encryption needs the instanceID"},
        {"| | clean_text_values |\n| | no |", "Cells are always trimmed"},
    }));
    CHECK_THAT(refusals("| survey |\n| | type | name | label |\n| | text | q | Q |\n| settings |\n" + settings).at(0),
               Contains(expected));
}

TEST_CASE("a loop that stands for too much is refused before it fills the memory") {
    std::string label = "| survey |\n| | type | name | label |\n| | begin loop over c | l | L |\n| | note | n | ";
    for (int times = 0; times < 3'000; ++times) {
        label += "%(label)s";
    }
    label += " |\n| | end loop | | |\n| choices |\n| | list_name | name | label |\n| | c | a | " +
             std::string(20'000, 'x') + " |";
    CHECK_THAT(refusals(label).at(0), Contains("row 2, column type") && Contains("The form's loops stand for more"));
}

TEST_CASE("a text shows what a path into a list of choices means") {
    Scenario scenario(
        "| survey |\n| | type | name | label |\n| | select_one c | q | Q |\n"
        "| | note | n | (instance('c')/root/item[name = ${q}]/label) for ${q}. |\n"
        "| choices |\n| | list_name | name | label |\n| | c | a | Ann |\n| | c | b | Bob |");
    scenario.answer("/data/q", "b");
    CHECK(scenario.instance().label_of("/data/n", "") == "(Bob) for b.");
    CHECK_THAT(
        refusals("| survey |\n| | type | name | label |\n| | note | n | See instance('d')/root/item/label |").at(0),
        Contains("row 2, column label") && Contains("no list named d"));
}
