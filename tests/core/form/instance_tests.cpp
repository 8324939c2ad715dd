// SPDX-License-Identifier: GPL-3.0-or-later
//
// Answering a form: relevance, calculations, constraints, choices, repeats.
#include "scenario.hpp"

using pillarbox::base::ErrorCode;
using pillarbox::tests::Scenario;
using Lines = std::vector<std::string>;

TEST_CASE("a question is asked while its relevance holds and keeps its answer in between") {
    Scenario scenario(R"(
        | survey |
        |        | type            | name  | label | relevant          |
        |        | select_one whom | who   | Who?  |                   |
        |        | begin group     | org   | O     | ${who} = 'org'    |
        |        | text            | title | Name? |                   |
        |        | text            | role  | Role? | ${title} != ''    |
        |        | end group       |       |       |                   |
        | choices |
        |         | list_name | name | label |
        |         | whom      | self | S     |
        |         | whom      | org  | O     |
    )");
    CHECK_FALSE(scenario.asks("/data/org/title"));
    scenario.answer("/data/who", "org");
    CHECK(scenario.asks("/data/org/title"));
    CHECK_FALSE(scenario.asks("/data/org/role"));
    scenario.answer("/data/org/title", "Age UK");
    scenario.answer("/data/org/role", "Chair");
    CHECK(scenario.answers() == Lines{"/data/who=org", "/data/org/title=Age UK", "/data/org/role=Chair"});
    scenario.answer("/data/who", "self");
    CHECK_FALSE(scenario.asks("/data/org/role"));
    CHECK(scenario.answers() == Lines{"/data/who=self"});
    CHECK(scenario.answer_of("/data/org/role") == "Chair");
    scenario.answer("/data/who", "org");
    CHECK(scenario.answers().size() == 3);
}

TEST_CASE("an irrelevant answer counts as empty in other expressions") {
    Scenario scenario(R"(
        | survey |
        |        | type      | name  | label | relevant    | calculation             |
        |        | integer   | a     | A     |             |                         |
        |        | integer   | b     | B     | ${a} > 1    |                         |
        |        | calculate | total |       |             | coalesce(${b}, 0) + ${a} |
        |        | calculate | there |       |             | count(/data/b)          |
    )");
    scenario.answer("/data/a", "2");
    scenario.answer("/data/b", "40");
    CHECK(scenario.answer_of("/data/total") == "42");
    CHECK(scenario.answer_of("/data/there") == "1");
    scenario.answer("/data/a", "1");
    CHECK(scenario.answer_of("/data/total") == "1");
    CHECK(scenario.answer_of("/data/there") == "0");
}

TEST_CASE("calculations follow each other in dependency order whatever their order in the sheet") {
    Scenario scenario(R"(
        | survey |
        |        | type      | name  | label | calculation       |
        |        | calculate | third |       | ${second} * 2     |
        |        | calculate | second |      | ${first} + 1      |
        |        | calculate | first |       | ${q} * 10         |
        |        | integer   | q     | Q     |                   |
    )");
    CHECK(scenario.answer_of("/data/third").empty());
    scenario.answer("/data/q", "2");
    CHECK(scenario.answer_of("/data/first") == "20");
    CHECK(scenario.answer_of("/data/third") == "42");
    scenario.answer("/data/q", "");
    CHECK(scenario.answer_of("/data/third").empty());
    CHECK(scenario.instance().set_answer("/data/third", "1").error().code == ErrorCode::conflict);
}

TEST_CASE("required, constraint and type problems are told in form order") {
    Scenario scenario(R"(
        | survey |
        |        | type            | name | label | required     | constraint           | constraint_message       | relevant   |
        |        | text            | name | N     | yes          |                      |                          |            |
        |        | integer         | age  | A     | ${name} != '' | . >= 18 and . < 120 | ${name} must be an adult |            |
        |        | date            | day  | D     | no           | . <= today()         |                          |            |
        |        | select_one c    | one  | O     |              |                      |                          |            |
        |        | select_multiple c | many | M   |              | count-selected(.) <= 1 |                        |            |
        |        | text            | x    | X     | yes          |                      |                          | false()    |
        | choices |
        |         | list_name | name | label |
        |         | c         | a    | A     |
        |         | c         | b    | B     |
    )");
    CHECK(scenario.problems() == Lines{"required /data/name"});
    CHECK_FALSE(scenario.instance().is_required("/data/age"));
    scenario.answer("/data/name", "Ann");
    CHECK(scenario.problems() == Lines{"required /data/age"});
    scenario.answer("/data/age", "17");
    CHECK(scenario.problems() == Lines{"constraint /data/age"});
    CHECK(scenario.instance().problems_in("/data/age").at(0).message.in("") == "Ann must be an adult");
    scenario.answer("/data/age", "seventeen");
    scenario.answer("/data/day", "2023-02-29");
    scenario.answer("/data/one", "c");
    scenario.answer("/data/many", "a b");
    CHECK(scenario.problems() ==
          Lines{"not_a_number /data/age", "not_a_date /data/day", "not_a_choice /data/one", "constraint /data/many"});
    CHECK(scenario.problems("/data/day") == Lines{"not_a_date /data/day"});
    scenario.answer("/data/age", "18");
    scenario.answer("/data/day", "2023-01-21");
    scenario.answer("/data/one", "b");
    scenario.answer("/data/many", "a a");
    CHECK(scenario.problems() == Lines{"constraint /data/day", "not_a_choice /data/many"});
    scenario.answer("/data/day", "2023-01-20");
    scenario.answer("/data/many", "b");
    CHECK(scenario.problems().empty());
}

TEST_CASE("an answer must have the lexical form of its type") {
    const auto [type, value, sound] = GENERATE(table<std::string, std::string, bool>({
        {"integer", "-12", true},
        {"integer", "1.5", false},
        {"integer", "1e3", false},
        {"integer", "9999999999999999999", false},
        {"decimal", "1.5", true},
        {"decimal", "-.5", true},
        {"decimal", "1,5", false},
        {"decimal", "1e3", false},
        {"decimal", "NaN", false},
        {"date", "2024-02-29", true},
        {"date", "2023-2-1", false},
        {"time", "09:30", true},
        {"time", "25:00", false},
        {"dateTime", "2023-01-20T09:30:00.000+01:00", true},
        {"dateTime", "2023-01-20 morning", false},
        {"range", "10", true},
        {"range", "11", false},
        {"range", "0.5", false},
        {"range", "x", false},
        {"rank c", "b a", true},
        {"rank c", "a", false},
        {"rank c", "a a", false},
        {"acknowledge", "OK", true},
        {"acknowledge", "yes", false},
        {"text", "anything", true},
    }));
    Scenario scenario("| survey |\n| | type | name | label |\n| | " + type +
                      " | q | Q |\n| choices |\n| | list_name | name | label |\n"
                      "| | c | a | A |\n| | c | b | B |");
    scenario.answer("/data/q", value);
    INFO(type << " " << value);
    CHECK(scenario.problems().empty() == sound);
}

TEST_CASE("defaults are text or calculated once at the start") {
    Scenario scenario(R"(
        | survey |
        |        | type    | name | label | default          |
        |        | date    | day  | D     | 2023-01-05       |
        |        | text    | sum  | S     | 1 - 2            |
        |        | date    | now  | N     | today()          |
        |        | text    | both | B     | concat(${day}, '!') |
        |        | today   | t    |       |                  |
        |        | start   | s    |       |                  |
    )");
    CHECK(scenario.answers() == Lines{"/data/day=2023-01-05", "/data/sum=1 - 2", "/data/now=2023-01-20",
                                      "/data/both=2023-01-05!", "/data/t=2023-01-20",
                                      "/data/s=2023-01-20T00:00:00.000+00:00"});
    scenario.answer("/data/day", "2023-01-06");
    CHECK(scenario.answer_of("/data/both") == "2023-01-05!");
}

TEST_CASE("a choice filter offers what fits the other answers") {
    Scenario scenario(R"(
        | survey |
        |        | type                | name   | label | choice_filter                       |
        |        | select_one region   | region | R     |                                     |
        |        | select_one borough  | home   | H     | region = ${region} or name = 'none' |
        | choices |
        |         | list_name | name    | label   | region |
        |         | region    | north   | North   |        |
        |         | region    | south   | South   |        |
        |         | borough   | barnet  | Barnet  | north  |
        |         | borough   | lambeth | Lambeth | south  |
        |         | borough   | none    | None    |        |
    )");
    CHECK(scenario.choices("/data/home") == Lines{"none"});
    scenario.answer("/data/region", "south");
    CHECK(scenario.choices("/data/home") == Lines{"lambeth", "none"});
    scenario.answer("/data/home", "barnet");
    CHECK(scenario.problems() == Lines{"not_a_choice /data/home"});
}

TEST_CASE("labels and hints show the answers they refer to") {
    Scenario scenario(R"(
        | survey |
        |        | type         | name  | label::English (en) | label::Arabic (ar) | hint::English (en) | hint::Arabic (ar) | calculation |
        |        | select_one c | tea   | Tea?                | شاي؟               |              |          |             |
        |        | calculate    | shown |                     |                    |              |          | jr:choice-name(${tea}, '${tea}') |
        |        | text         | q     | You like ${shown}?  | تحب ${ shown }؟    | (${tea})     | (${tea}) |             |
        | choices |
        |         | list_name | name  | label::English (en) | label::Arabic (ar) |
        |         | c         | green | Green tea           | شاي أخضر           |
        | settings |
        |          | default_language |
        |          | English (en)     |
    )");
    scenario.answer("/data/tea", "green");
    CHECK(scenario.instance().label_of("/data/q", "en") == "You like Green tea?");
    CHECK(scenario.instance().hint_of("/data/q", "en") == "(green)");
    scenario.instance().set_language("ar");
    CHECK(scenario.instance().label_of("/data/q", "ar") == "تحب شاي أخضر؟");
    CHECK(scenario.instance().label_of("/data/q", "fr") == "You like شاي أخضر?");  // the form's default language
}

TEST_CASE("or_other adds a choice and a question of its own") {
    Scenario scenario(R"(
        | survey |
        |        | type                   | name | label::English |
        |        | select_one c or_other  | q    | Q     |
        |        | select_one c           | r    | R     |
        | choices |
        |         | list_name | name | label::English |
        |         | c         | a    | A     |
    )");
    CHECK(scenario.choices("/data/q") == Lines{"a", "other"});
    CHECK(scenario.choices("/data/r") == Lines{"a"});
    CHECK_FALSE(scenario.asks("/data/q_other"));
    scenario.answer("/data/q", "other");
    CHECK(scenario.asks("/data/q_other"));
}

TEST_CASE("repetitions are added, removed and counted, and each sees its own answers") {
    Scenario scenario(R"(
        | survey |
        |        | type         | name   | label | relevant     | calculation                          |
        |        | text         | before | B     |              |                                      |
        |        | begin repeat | person | P     |              |                                      |
        |        | text         | name   | N     |              |                                      |
        |        | integer      | age    | A     | ${name} != '' |                                     |
        |        | calculate    | line   |       |              | concat(position(..), ': ', ${name}) |
        |        | end repeat   |        |       |              |                                      |
        |        | calculate    | count  |       |              | count(${person})                     |
        |        | calculate    | total  |       |              | sum(${age})                          |
        |        | calculate    | second |       |              | /data/person[2]/name                 |
        |        | calculate    | adults |       |              | count(/data/person[age >= 18])       |
    )");
    auto& instance = scenario.instance();
    CHECK(instance.repetitions("/data/person") == 1);
    REQUIRE(instance.add_repetition("/data/person").has_value());
    scenario.answer("/data/person[1]/name", "Ann");
    scenario.answer("/data/person[2]/name", "Bob");
    CHECK(scenario.asks("/data/person[2]/age"));
    scenario.answer("/data/person[1]/age", "40");
    scenario.answer("/data/person[2]/age", "2");
    CHECK(scenario.answers() == Lines{"/data/person[1]/name=Ann", "/data/person[1]/age=40",
                                      "/data/person[1]/line=1: Ann", "/data/person[2]/name=Bob",
                                      "/data/person[2]/age=2", "/data/person[2]/line=2: Bob", "/data/count=2",
                                      "/data/total=42", "/data/second=Bob", "/data/adults=1"});
    REQUIRE(instance.remove_repetition("/data/person[1]").has_value());
    CHECK(scenario.answers() == Lines{"/data/person[1]/name=Bob", "/data/person[1]/age=2",
                                      "/data/person[1]/line=1: Bob", "/data/count=1", "/data/total=2",
                                      "/data/adults=0"});
    CHECK(instance.set_answer("/data/person[2]/name", "x").error().code == ErrorCode::not_found);
    CHECK(instance.add_repetition("/data/before").error().code == ErrorCode::not_found);
}

TEST_CASE("a counted repeat follows its count") {
    Scenario scenario(R"(
        | survey |
        |        | type         | name  | label | repeat_count | calculation  |
        |        | integer      | n     | N     |              |              |
        |        | begin repeat | child | C     | ${n}         |              |
        |        | text         | name  | N     |              |              |
        |        | calculate    | place |       |              | position(..) |
        |        | end repeat   |       |       |              |              |
        |        | calculate    | count |       |              | count(${child}) |
    )");
    auto& instance = scenario.instance();
    CHECK(instance.repetitions("/data/child") == 0);
    scenario.answer("/data/n", "2");
    CHECK(instance.repetitions("/data/child") == 2);
    scenario.answer("/data/child[2]/name", "Zoe");
    CHECK(scenario.answers() == Lines{"/data/n=2", "/data/child[1]/place=1", "/data/child[2]/name=Zoe",
                                      "/data/child[2]/place=2", "/data/count=2"});
    scenario.answer("/data/n", "1");
    CHECK(scenario.answer_of("/data/count") == "1");
    scenario.answer("/data/n", "1000000");
    CHECK(instance.repetitions("/data/child") == 1'000);
    CHECK(instance.add_repetition("/data/child").error().code == ErrorCode::conflict);
}

TEST_CASE("repeats nest") {
    Scenario scenario(R"(
        | survey |
        |        | type         | name   | label | calculation     |
        |        | begin repeat | house  | H     |                 |
        |        | begin repeat | person | P     |                 |
        |        | text         | name   | N     |                 |
        |        | end repeat   |        |       |                 |
        |        | calculate    | people |       | join(' ', ${name}) |
        |        | end repeat   |        |       |                 |
    )");
    auto& instance = scenario.instance();
    REQUIRE(instance.add_repetition("/data/house").has_value());
    REQUIRE(instance.add_repetition("/data/house[2]/person").has_value());
    scenario.answer("/data/house[1]/person[1]/name", "Ann");
    scenario.answer("/data/house[2]/person[1]/name", "Bob");
    scenario.answer("/data/house[2]/person[2]/name", "Cid");
    CHECK(scenario.answer_of("/data/house[1]/people") == "Ann");
    CHECK(scenario.answer_of("/data/house[2]/people") == "Bob Cid");
}

TEST_CASE("a copy of an instance goes its own way") {
    Scenario scenario(
        "| survey |\n| | type | name | label | calculation |\n| | text | q | Q | |\n| | calculate | c | | "
        "concat(${q}, '!') |");
    auto copy = scenario.instance();
    scenario.answer("/data/q", "a");
    CHECK(copy.answer("/data/c") == "!");
    REQUIRE(copy.set_answer("/data/q", "b").has_value());
    CHECK(scenario.answer_of("/data/c") == "a!");
    CHECK(copy.answer("/data/c") == "b!");
}

TEST_CASE("an answer may be given again from its own text") {
    Scenario scenario("| survey |\n| | type | name | label |\n| | text | q | Q |");
    const std::string long_answer(100, 'x');
    scenario.answer("/data/q", long_answer);
    scenario.answer("/data/q", scenario.answer_of("/data/q"));
    CHECK(scenario.answer_of("/data/q") == long_answer);
}

TEST_CASE("a path that the form does not have is not found") {
    Scenario scenario(
        "| survey |\n| | type | name | label |\n| | begin group | g | G |\n| | text | q | Q |\n| | end group | | |");
    const std::string path = GENERATE("", "/", "/data", "/data/g", "/data/none", "data/g/q", "/data/g/q/",
                                      "/data/g/q[2]", "/data/g/q[0]", "/data/g/q[x]");
    INFO(path);
    CHECK(scenario.instance().set_answer(path, "x").error().code == ErrorCode::not_found);
    CHECK(scenario.answer_of(path).empty());
}

TEST_CASE("a read-only question says so") {
    Scenario scenario(
        "| survey |\n| | type | name | label | read_only | calculation |\n| | text | a | A | yes | |\n| | text | b | "
        "B | ${a} = 'x' | |\n"
        "| | text | c | C | | ${a} |");
    CHECK(scenario.instance().is_read_only("/data/a"));
    CHECK_FALSE(scenario.instance().is_read_only("/data/b"));
    CHECK(scenario.instance().is_read_only("/data/c"));
    scenario.answer("/data/a", "x");
    CHECK(scenario.instance().is_read_only("/data/b"));
    CHECK(scenario.answer_of("/data/c") == "x");
}
