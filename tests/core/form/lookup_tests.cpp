// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looking things up in a form: the choices of a list through instance(), other repetitions through indexed-repeat(),
// the label of a choice, a value that is calculated once; and what a form can't use.
#include "scenario.hpp"

using Catch::Matchers::Contains;
using pillarbox::tests::refusals;
using pillarbox::tests::Scenario;
using Lines = std::vector<std::string>;

namespace {

constexpr const char* fruits = R"(
        | choices |
        |         | list_name | name  | label  | price | season |
        |         | fruits    | apple | Apple  | 2     | autumn |
        |         | fruits    | pear  | Pear   | 3     | autumn |
        |         | fruits    | plum  | Plum   | 4     | summer |
)";

std::string form_with(const std::string& calculation) {
    return std::string(R"(
        | survey |
        |        | type              | name  | label  | calculation |
        |        | select_one fruits | fruit | Which? |             |
        |        | text              | when  | When?  |             |
        |        | calculate         | found |        | )") +
           calculation + " |\n" + fruits;
}

}  // namespace

TEST_CASE("instance() looks choices up by their columns") {
    const auto [calculation, expected] = GENERATE(table<std::string, std::string>({
        {"instance('fruits')/root/item[name = ${fruit}]/price", "3"},
        {"instance('fruits')/root/item[name = ${fruit}]/label", "Pear"},
        {"count(instance('fruits')/root/item[season = ${when}])", "2"},
        {"sum(instance('fruits')/root/item/price)", "9"},
        {"instance('fruits')/root/item[3]/name", "plum"},
        {"instance('fruits')/root/item[position() = last()]/name", "plum"},
        {"join(' ', instance('fruits')/root/item[season = current()/../when and price > 2]/name)", "pear"},
        {"instance('fruits')/root/item[name = 'none']/price", ""},
        {"max(instance('fruits')/root/item/price) - 1", "3"},
    }));
    INFO(calculation);
    Scenario scenario(form_with(calculation));
    scenario.answer("/data/fruit", "pear");
    scenario.answer("/data/when", "autumn");
    CHECK(scenario.answer_of("/data/found") == expected);
    scenario.instance() = pillarbox::form::Instance(scenario.instance());
    CHECK(scenario.answer_of("/data/found") == expected);
}

TEST_CASE("an instance() that the form can't answer is refused by name") {
    const auto [calculation, expected] = GENERATE(table<std::string, std::string>({
        {"instance('nuts')/root/item/price", "The choices sheet has no list named nuts"},
        {"instance('fruits')/root/item/weight", "The list fruits has no column named weight"},
        {"instance('fruits')/root/item[weight = 1]/price", "The list fruits has no column named weight"},
        {"instance(${when})/root/item/price", "instance() is supported only as"},
        {"instance('fruits')//price", "instance() is supported only as"},
        {"instance('fruits')/root/item[../item]/price", "instance() is supported only as"},
        {"count(instance('fruits'))", "instance() is supported only as"},
        {"pulldata('prices', 'price', 'name', ${fruit})", "The function pulldata() is not supported"},
        {"digest(${fruit}, 'MD5')", "The function digest() is not supported"},
        {"jr:itext('fruits-1')", "A form can't use the function jr:itext()"},
        {"uuid()", "A form can't use the function uuid()"},
        {"random()", "A form can't use the function random()"},
        {"randomize(${fruit})", "A form can't use the function randomize()"},
        {"id('x')", "A form can't use the function id()"},
        {"lang('en')", "A form can't use the function lang()"},
        {"/data/text()", "a path that goes neither to a child nor to the parent"},
        {"/data/x:fruit", "a path that goes neither to a child nor to the parent"},
        {"/data/fruit/@id", "a path that goes neither to a child nor to the parent"},
    }));
    INFO(calculation);
    CHECK_THAT(refusals(form_with(calculation)).at(0), Contains("row 4, column calculation") && Contains(expected));
}

TEST_CASE("the label of a translated list is refused, because instance() knows no language") {
    const auto found = refusals(R"(
        | survey |
        |        | type             | name  | label::en | label::fr | calculation |
        |        | select_one yn    | q     | Yes?      | Oui?      |             |
        |        | calculate        | found |           |           | instance('yn')/root/item[name = ${q}]/label |
        | choices |
        |         | list_name | name | label::en | label::fr |
        |         | yn        | y    | Yes       | Oui       |
    )");
    CHECK_THAT(found.at(0), Contains("The label of the list yn is in several languages"));
}

TEST_CASE("indexed-repeat() reads the repetition of that number, also from inside another") {
    Scenario scenario(R"(
        | survey |
        |        | type         | name   | label | calculation |
        |        | begin repeat | house  | H     |             |
        |        | begin repeat | person | P     |             |
        |        | text         | name   | N     |             |
        |        | calculate    | before |       | indexed-repeat(${name}, ${person}, position(..) - 1) |
        |        | end repeat   |        |       |             |
        |        | end repeat   |        |       |             |
        |        | calculate    | second |       | indexed-repeat(${name}, ${house}, 2, ${person}, 1) |
        |        | calculate    | path   |       | indexed-repeat(/data/house/person/name, /data/house, 1, /data/house/person, 2) |
    )");
    auto& instance = scenario.instance();
    REQUIRE(instance.add_repetition("/data/house").has_value());
    REQUIRE(instance.add_repetition("/data/house[1]/person").has_value());
    REQUIRE(instance.add_repetition("/data/house[2]/person").has_value());
    scenario.answer("/data/house[1]/person[1]/name", "Ann");
    scenario.answer("/data/house[1]/person[2]/name", "Ben");
    scenario.answer("/data/house[2]/person[1]/name", "Cleo");
    CHECK(scenario.answer_of("/data/second") == "Cleo");
    CHECK(scenario.answer_of("/data/path") == "Ben");
    CHECK(scenario.answer_of("/data/house[1]/person[1]/before").empty());
    CHECK(scenario.answer_of("/data/house[1]/person[2]/before") == "Ann");
    CHECK(scenario.answer_of("/data/house[2]/person[2]/before") == "Cleo");
}

TEST_CASE("an indexed-repeat() without a repeat around the question is refused") {
    const std::string calculation =
        GENERATE("indexed-repeat(${name}, ${other}, 1)", "indexed-repeat(${name}, ${name}, 1)",
                 "indexed-repeat(${name}, ${person}, 1, ${person})", "indexed-repeat(/data/none, ${person}, 1)");
    INFO(calculation);
    CHECK_FALSE(refusals(R"(
        | survey |
        |        | type         | name   | label | calculation |
        |        | begin repeat | person | P     |             |
        |        | text         | name   | N     |             |
        |        | end repeat   |        |       |             |
        |        | begin repeat | other  | O     |             |
        |        | text         | what   | W     |             |
        |        | end repeat   |        |       |             |
        |        | calculate    | found  |       | )" +
                         calculation + " |")
                    .empty());
}

TEST_CASE("once() keeps what was calculated first") {
    Scenario scenario(R"(
        | survey |
        |        | type      | name  | label | calculation    |
        |        | text      | q     | Q     |                |
        |        | calculate | first |       | once(${q})     |
    )");
    scenario.answer("/data/q", "a");
    scenario.answer("/data/q", "b");
    CHECK(scenario.answer_of("/data/first") == "a");
}
