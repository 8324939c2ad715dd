// SPDX-License-Identifier: GPL-3.0-or-later
//
// What XLSForm workbooks mean: types, names, languages, lists, settings, and what is refused.
#include "scenario.hpp"

using Catch::Matchers::Contains;
using Catch::Matchers::VectorContains;
using pillarbox::form::Form;
using pillarbox::form::NodeType;
using pillarbox::tests::refusals;
using pillarbox::tests::workbook_of;

namespace {

Form read(std::string_view markdown) {
    auto form = pillarbox::form::read_workbook(workbook_of(markdown), "test.xlsx");
    INFO((form ? std::string() : form.error().describe()));
    REQUIRE(form.has_value());
    return *std::move(form);
}

// A survey sheet of the columns type, name and label.
std::string survey(const std::string& rows) {
    return "| survey |\n| | type | name | label |\n" + rows;
}

}  // namespace

TEST_CASE("a workbook is read with its title, languages, groups, lists and further sheets") {
    const Form form = read(R"(
        | survey |
        |        | type                | name  | label::English (en) | label::Arabic (ar) |
        |        | begin group         | about | About you           | عنك                |
        |        | select_multiple tea | drink | What do you drink?  | ماذا تشرب؟         |
        |        | end group           |       |                     |                    |
        | choices |
        |         | list name | name  | label::English (en) | label::Arabic (ar) | strength |
        |         | tea       | green | Green               | أخضر               | 1        |
        | settings |
        |          | form_title | form_id | version | default_language |
        |          | Tea        | tea_v1  | 7       | Arabic (ar)      |
        | Campaign |
        |          | name   | value      | label::English (en) |
        |          | closes | 2023-01-27 |                     |
    )");
    CHECK(form.title == "Tea");
    CHECK(form.id == "tea_v1");
    CHECK(form.version == "7");
    CHECK(form.default_language == "ar");
    CHECK(form.languages == std::vector<std::string>{"ar", "en"});
    REQUIRE(form.nodes.size() == 1);
    const auto* drink = form.find("/data/about/drink");
    REQUIRE(drink != nullptr);
    CHECK(drink->type == NodeType::select_multiple);
    CHECK(drink->row == 3);
    CHECK(drink->label.in("en") == "What do you drink?");
    REQUIRE(form.choices_of(*drink) != nullptr);
    CHECK(form.choices_of(*drink)->choices.at(0).columns.at("strength") == "1");
    CHECK(form.choices_of(*drink)->choices.at(0).label.in("ar") == "أخضر");
    REQUIRE(form.other_sheets.contains("campaign"));
    CHECK(form.other_sheets.at("campaign").at(0).at("value") == "2023-01-27");
}

TEST_CASE("question types are known by their aliases") {
    const auto [written, type] =
        GENERATE(table<std::string, NodeType>({{"text", NodeType::text},
                                               {"string", NodeType::text},
                                               {"int", NodeType::integer},
                                               {"Integer", NodeType::integer},
                                               {"decimal", NodeType::decimal},
                                               {"date", NodeType::date},
                                               {"time", NodeType::time},
                                               {"dateTime", NodeType::date_time},
                                               {"select one c", NodeType::select_one},
                                               {"select1 c", NodeType::select_one},
                                               {"select_one   c", NodeType::select_one},
                                               {"select one from c", NodeType::select_one},
                                               {"select all that apply from c", NodeType::select_multiple},
                                               {"select_multiple c", NodeType::select_multiple},
                                               {"rank c", NodeType::rank},
                                               {"range", NodeType::range},
                                               {"note", NodeType::note},
                                               {"trigger", NodeType::acknowledge},
                                               {"photo", NodeType::image},
                                               {"audio", NodeType::audio},
                                               {"hidden", NodeType::hidden},
                                               {"start", NodeType::start},
                                               {"end", NodeType::end},
                                               {"today", NodeType::today}}));
    const Form form =
        read(survey("| | " + written + " | q | Q |\n| choices |\n| | list_name | name | label |\n| | c | a | A |"));
    CHECK(form.find("/data/q")->type == type);
}

TEST_CASE("an unsupported type is refused with its sheet, row and column") {
    const std::string type =
        GENERATE("gps", "osm", "begin loop over c", "select_one_from_file a.txt", "select_one_from_file a",
                 "select_one_external c", "begin dancing", "text text", "select_one", "select_one ${q}");
    const auto found = refusals(survey("| | text | first | First |\n| | " + type + " | q | Q |"));
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Contains("test.xlsx, sheet survey, row 3, column type"));
}

TEST_CASE("a column that changes meaning is refused when it is used") {
    const std::string column = GENERATE("relevent", "bind::odk:length", "body::esri:style", "intent", "query",
                                        "instance::", "label::English (en)::x", "required::en");
    const std::string head = "| survey |\n| | type | name | label | " + column + " |\n";
    CHECK_THAT(refusals(head + "| | text | q | Q | x |").at(0), Contains("row 1, column " + column));
    CHECK(refusals(head + "| | text | q | Q |  |").empty());
}

TEST_CASE("an author's remarks may stand in a column named notes") {
    CHECK(
        refusals("| survey |\n| | type | name | label | notes | #todo |\n| | text | q | Q | ask Ann | x |").empty());
}

TEST_CASE("two columns that mean the same are refused") {
    CHECK_THAT(refusals("| survey |\n| | type | name | label | relevant | relevance |\n| | text | q | Q | | |").at(0),
               Contains("column relevance") && Contains("mean the same"));
}

TEST_CASE("bad rows of the survey sheet are refused at their place") {
    const auto [rows, expected] = GENERATE(table<std::string, std::string>({
        {"| | text | q | Q |\n| | text | q | Q |", "row 3, column name | The name \"q\" is used twice"},
        {"| | text | 1q | Q |", "row 2, column name | \"1q\" is not a valid name"},
        {"| | text | a b | Q |", "row 2, column name | \"a b\" is not a valid name"},
        {"| | text | | Q |", "row 2, column name | The row has no name"},
        {"| | text | meta | Q |", "row 2, column name | The name \"meta\" is reserved"},
        {"| | text | q | |", "row 2, column label | The question has no label"},
        {"| | | q | Q |", "row 2, column type | The row has no question type"},
        {"| | begin group | g | G |\n| | text | q | Q |", "row 2, column type | The group is never ended"},
        {"| | begin group | g | G |\n| | text | q | Q |\n| | end repeat | | |",
         "row 4, column type | This end repeat has no begin"},
        {"| | text | q | Q |\n| | end group | | |", "row 3, column type | This end group has no begin"},
        {"| | select_one c | q | Q |", "row 2, column type | The choices sheet has no list named c"},
        {"| | text | q | Hello ${nobody} |", "row 2, column label | No row of the survey sheet is named nobody"},
        {"| | text | q | Hello ${q |", "row 2, column label | A ${name} reference is not closed"},
        {"| | calculate | q | |", "row 2, column calculation | The calculate row has no calculation"},
    }));
    const auto found = refusals(survey(rows));
    INFO(rows);
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Contains(expected));
}

TEST_CASE("bad expressions are refused at their cell") {
    const auto [column, text, expected] = GENERATE(table<std::string, std::string, std::string>({
        {"relevant", "${nobody} = 1", "No row of the survey sheet is named nobody"},
        {"relevant", "${a} = ", "no value where one should be"},
        {"relevant", "${a} ==", "operator where a value should be"},
        {"relevant", "selected(${a})", "has 1 arguments, but takes 2"},
        {"relevant", "pulldata('x', 'y')", "The function pulldata() is not supported"},
        {"relevant", "uuid() = ''", "A form can't use the function uuid()"},
        {"relevant", "/data/none = 1", "nothing at the path /data/none"},
        {"relevant", "none = 1", "nothing at the path /data/q/none"},
        {"relevant", "//a = 1", "goes neither to a child nor to the parent"},
        {"relevant", "${last-saved#a} = 1", "last-saved"},
        {"relevant", ". = 'x'", "depends on itself, through: q"},
        {"calculation", "${q} + 1", "depends on itself, through: q"},
        {"constraint", "regex(., '(')", "a ( without its )"},
        {"constraint", "regex(., ${a})", "not a text in quotes"},
        {"constraint", "regex(., '(?=a)')", "group of the (?...) kind"},
        {"constraint", "count('x') > 1", "needs a ${reference} or path"},
        {"required", "maybe", "nothing at the path"},
        {"choice_filter", "x = 1", "This column has no meaning"},
        {"repeat_count", "3", "This column has no meaning"},
        {"parameters", "start=1", "The parameter start=1 is not supported"},
    }));
    const auto found = refusals("| survey |\n| | type | name | label | " + column +
                                " |\n| | text | a | A | |\n| | text | q | Q | " + text + " |");
    INFO(text);
    REQUIRE_FALSE(found.empty());
    std::string all;
    for (const std::string& each : found) {
        all += each + "\n";
    }
    CHECK_THAT(all, Contains("sheet survey, row 3, column " + column) && Contains(expected));
}

TEST_CASE("calculations that depend on each other in a circle are refused by name") {
    const auto found = refusals(R"(
        | survey |
        |        | type      | name | label | calculation | relevant |
        |        | calculate | a    |       | ${b} + 1    |          |
        |        | calculate | b    |       | ${c} + 1    |          |
        |        | calculate | c    |       | ${a} + 1    |          |
        |        | calculate | d    |       | ${a} + 1    |          |
    )");
    REQUIRE(found.size() == 1);
    CHECK_THAT(found.front(), Contains("row 2, column calculation") && Contains("through: a, b, c."));
}

TEST_CASE("a group whose relevance reads a question inside it is refused") {
    CHECK_FALSE(refusals(R"(
        | survey |
        |        | type        | name | label | relevant   |
        |        | begin group | g    | G     | ${q} = '1' |
        |        | text        | q    | Q     | true()     |
        |        | end group   |      |       |            |
    )")
                    .empty());
}

TEST_CASE("a missing translation is refused with its language") {
    const auto found = refusals(R"(
        | survey |
        |        | type         | name | label::English (en) | label::Bengali (bn) | hint::Bengali (bn) |
        |        | select_one c | q    | Q                   | প্রশ্ন                |                    |
        |        | text         | r    | R                   |                     | hint               |
        | choices |
        |         | list_name | name | label::English (en) | label::Bengali (bn) |
        |         | c         | a    | A                   |                     |
    )");
    REQUIRE(found.size() == 3);
    CHECK_THAT(found[0], Contains("sheet choices, row 2") && Contains("translation into bn is missing"));
    CHECK_THAT(found[1], Contains("sheet survey, row 3, column label") && Contains("translation into bn is missing"));
    CHECK_THAT(found[2], Contains("sheet survey, row 3, column hint") && Contains("translation into en is missing"));
}

TEST_CASE("a column without a language holds the default language") {
    const Form form = read(R"(
        | survey |
        |        | type | name | label | label::French (fr) |
        |        | text | q    | Q     | QF                 |
        | settings |
        |          | default_language |
        |          | English (en)     |
    )");
    CHECK(form.languages == std::vector<std::string>{"en", "fr"});
    CHECK(form.find("/data/q")->label.in("en") == "Q");
}

TEST_CASE("bad choices are refused at their row") {
    const auto [rows, expected] = GENERATE(table<std::string, std::string>({
        {"| | c | a | A |\n| | c | a | B |", "row 3, column name | The list c has two choices named \"a\""},
        {"| | c | | A |", "row 2, column name | The choice has no name"},
        {"| | c | a b | A |", "has a space"},
        {"| | c | a | Hello ${q} |", "row 2, column label | A choice's label refers to an answer"},
        {"| | c | a | |", "row 2, column label | The choice has no label"},
        {"| | | a | A |", "row 2, column list_name | The choice belongs to no list"},
    }));
    const auto found =
        refusals(survey("| | select_one c | q | Q |\n| choices |\n| | list_name | name | label |\n| | c | z | Z |\n")
                     .substr(0, 0) +
                 survey("| | text | q | Q |\n| choices |\n| | list_name | name | label |\n" + rows));
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Contains("sheet choices") && Contains(expected));
}

TEST_CASE("choices may repeat a name where the settings allow it") {
    CHECK(refusals(survey("| | select_one c | q | Q |\n| choices |\n| | list_name | name | label |\n| | c | a | A "
                          "|\n| | c | a | B |\n"
                          "| settings |\n| | allow_choice_duplicates |\n| | yes |"))
              .empty());
}

TEST_CASE("a setting that this version does not know is refused") {
    const std::string setting = GENERATE("add_none_option", "flat", "instance_id", "public-key");
    CHECK_THAT(refusals(survey("| | text | q | Q |\n| settings |\n| | " + setting + " |\n| | x |")).at(0),
               Contains("sheet settings, row 2, column " + setting));
}

TEST_CASE("a sheet that changes what a form does is refused") {
    const std::string sheet = GENERATE("OSM", "cascades");
    CHECK_THAT(refusals(survey("| | text | q | Q |\n| " + sheet + " |\n| | list_name |\n| | x |")).at(0),
               Contains("sheet " + sheet));
}

TEST_CASE("a workbook without a survey sheet or without questions is refused") {
    CHECK_THAT(refusals("| choices |\n| | list_name | name |").at(0), Contains("no sheet named survey"));
    CHECK_THAT(refusals("| survey |\n| | type | name | label |").at(0), Contains("asks nothing"));
    CHECK_THAT(refusals("| survey |\n| | kind | name | label |\n| | text | q | Q |").at(0), Contains("column kind"));
}

TEST_CASE("all problems are reported together and in order") {
    const auto found = refusals(survey("| | gps | q | Q |\n| | text | 1 | A |\n| | text | b | ${c} |"));
    REQUIRE(found.size() == 3);
    CHECK_THAT(found[0], Contains("row 2"));
    CHECK_THAT(found[1], Contains("row 3"));
    CHECK_THAT(found[2], Contains("row 4"));
}

TEST_CASE("a reference to a name that two groups use is refused") {
    CHECK_THAT(
        refusals(
            survey("| | begin group | g | G |\n| | text | q | Q |\n| | end group | | |\n| | begin group | h | H |\n"
                   "| | text | q | Q |\n| | end group | | |\n| | note | n | ${q} |"))
            .at(0),
        Contains("Several rows of the survey sheet are named q"));
}

TEST_CASE("the ticks and the placeholder of a range are steps of it") {
    const auto found = [](const std::string& parameters) {
        return refusals("| survey |\n| | type | name | label | parameters |\n| | range | q | Q | " + parameters +
                        " |")
            .size();
    };
    CHECK(found("start=0 end=10 step=2 tick_interval=4 placeholder=6") == 0);
    CHECK(found("start=10 end=0 step=2 tick_interval=-4 placeholder=6") == 0);
    CHECK(found("start=0 end=10 step=2 tick_interval=3") == 1);
    CHECK(found("start=0 end=10 step=2 tick_interval=12") == 1);
    CHECK(found("start=0 end=10 step=2 tick_interval=0") == 1);
    CHECK(found("start=0 end=10 step=2 placeholder=3") == 1);
    CHECK(found("start=0 end=10 step=2 placeholder=12") == 1);
    CHECK(found("start=0 end=10 step=2 placeholder=x") == 1);
    CHECK(found("start=0 end=10 step=2 tick_interval=x") == 1);
}

TEST_CASE("a table list, and a path inside a text that is no path, are refused") {
    CHECK(refusals("| survey |\n| | type | name | label | appearance |\n| | begin group | g | G | table-list |\n"
                   "| | text | q | Q | |\n| | end group | | | |")
              .size() == 1);
    CHECK(refusals("| survey |\n| | type | name | label |\n| | note | n | See instance('c' |").size() == 1);
}

TEST_CASE("a hint without a language is a translation of its own beside one with a language") {
    const Form form =
        read("| survey |\n| | type | name | hint | hint::French (fr) |\n| | text | q | Hello | Salut |");
    REQUIRE(form.nodes.size() == 1);
    CHECK(form.nodes[0].hint.in("") == "Hello");
    CHECK(form.nodes[0].hint.in("fr") == "Salut");
}

TEST_CASE("a range holds at least one whole step") {
    const auto [parameters, sound] = GENERATE(table<std::string, bool>({{"start=1 end=5 step=1", true},
                                                                        {"start=0;end=1;step=0.1", true},
                                                                        {"end = 20", true},
                                                                        {"start=10 end=0 step=2", true},
                                                                        {"start=1 end=5 step=3", true},
                                                                        {"start=1 end=5 step=5", false},
                                                                        {"start=1 end=5 step=0", false},
                                                                        {"start=a", false},
                                                                        {"start 1", false},
                                                                        {"stop=5", false}}));
    INFO(parameters);
    CHECK(refusals("| survey |\n| | type | name | label | parameters |\n| | range | q | Q | " + parameters + " |")
              .empty() == sound);
}

TEST_CASE("a mistyped question type names the type that was meant and nothing that follows from it") {
    const auto problems =
        pillarbox::form::check_workbook(workbook_of("| survey |\n| | type | name | label | relevant |\n"
                                                    "| | selectone colours | colour | Colour? | |\n"
                                                    "| | txt | why | Why? | ${colour} = 'red' |\n"
                                                    "| | Select_multipel colours | others | Others? | |\n"
                                                    "| | frobnicate | what | What? | |\n"),
                                        "test.xlsx");
    REQUIRE(problems.size() == 4);
    CHECK(problems[0].remedy == "Did you mean select_one?");
    CHECK(problems[1].remedy == "Did you mean text?");
    CHECK(problems[2].remedy == "Did you mean select_multiple?");
    CHECK(problems[3].remedy == "Use one of the types in docs/formats/form.md.");
}
