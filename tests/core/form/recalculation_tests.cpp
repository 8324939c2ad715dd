// SPDX-License-Identifier: GPL-3.0-or-later
//
// After each answer only what reads it is calculated again. Here everything is, and nothing may differ.
#include <rapidcheck.h>

#include "scenario.hpp"

using namespace pillarbox;
using tests::Scenario;

namespace {

// Relevance, calculations and a counted repeat that hang together across groups and repeats.
constexpr std::string_view entangled = R"(
| survey |
|  | type         | name    | label  | relevant                     | calculation                  | repeat_count |
|  | integer      | a       | A      |                              |                              |              |
|  | integer      | b       | B      | ${a} > 1                     |                              |              |
|  | calculate    | sum     |        |                              | ${a} + ${b}                  |              |
|  | begin group  | inner   | Inner  | ${sum} > 3                   |                              |              |
|  | integer      | c       | C      | ${b} != 2                    |                              |              |
|  | calculate    | twice   |        |                              | ${c} * 2                     |              |
|  | end group    |         |        |                              |                              |              |
|  | begin repeat | person  | Person |                              |                              | ${a}         |
|  | integer      | age     | Age    | ${c} != 1                    |                              |              |
|  | calculate    | older   |        |                              | ${age} + ${twice}            |              |
|  | end repeat   |         |        |                              |                              |              |
|  | begin repeat | visit   | Visit  | ${sum} != 5                  |                              |              |
|  | integer      | minutes | Long   |                              |                              |              |
|  | calculate    | double  |        |                              | ${minutes} * 2               |              |
|  | end repeat   |         |        |                              |                              |              |
|  | calculate    | ages    |        |                              | sum(${older})                |              |
|  | calculate    | time    |        |                              | sum(${double}) + count(${visit}) |          |
|  | note         | last    | Last   | ${ages} > 4 or ${time} > 6   |                              |              |
)";

std::string random_path(const form::Instance& instance) {
    const std::string kind = *rc::gen::element<std::string>("/data/a", "/data/b", "/data/inner/c", "person", "visit");
    if (kind.front() == '/') {
        return kind;
    }
    const auto count = static_cast<int>(instance.repetitions("/data/" + kind));
    const std::string position = std::to_string(*rc::gen::inRange(1, count + 2));  // one of them may be missing
    return "/data/" + kind + "[" + position + "]/" + (kind == "person" ? "age" : "minutes");
}

// An answer, or one visit more or less. What the form refuses changes nothing, which is as good.
void change_something(form::Instance& instance) {
    const int kind = *rc::gen::inRange(0, 6);
    if (kind == 0) {
        static_cast<void>(instance.add_repetition("/data/visit"));
    } else if (kind == 1) {
        const std::string position = std::to_string(*rc::gen::inRange(1, 4));
        static_cast<void>(instance.remove_repetition("/data/visit[" + position + "]"));
    } else {
        const int number = *rc::gen::inRange(-1, 6);
        const std::string value = number < 0 ? std::string() : std::to_string(number);
        static_cast<void>(instance.set_answer(random_path(instance), value));
    }
}

std::vector<std::string> all_of(const form::Instance& instance) {
    std::vector<std::string> all;
    for (const form::Answer& answer : instance.answers()) {
        all.push_back(answer.path + "=" + answer.value);
    }
    for (const char* path : {"/data/b", "/data/inner", "/data/inner/c", "/data/visit", "/data/last"}) {
        all.push_back(std::string(path) + (instance.is_relevant(path) ? " is asked" : " is not asked"));
    }
    // Values of irrelevant questions count as well: they come back with them.
    for (const char* path : {"/data/sum", "/data/inner/twice", "/data/ages", "/data/time"}) {
        all.push_back(std::string(path) + ":" + instance.answer(path));
    }
    all.push_back(std::to_string(instance.repetitions("/data/person")) + " persons");
    return all;
}

}  // namespace

TEST_CASE("after any changes the form is as if everything had been calculated again") {
    Scenario scenario(entangled);
    const form::Instance fresh = scenario.instance();
    const bool same = rc::check([&fresh] {
        form::Instance instance = fresh;
        const int changes = *rc::gen::inRange(1, 20);
        for (int change = 0; change < changes; ++change) {
            change_something(instance);
            form::Instance again = instance;
            again.set_language({});  // calculates everything
            RC_ASSERT(all_of(instance) == all_of(again));
        }
    });
    CHECK(same);
}

TEST_CASE("a path finds its question also where an earlier house has none") {
    Scenario scenario(R"(
| survey |
|  | type         | name   | label  | repeat_count |
|  | begin repeat | house  | House  |              |
|  | integer      | people | People |              |
|  | begin repeat | person | Person | ${people}    |
|  | text         | name   | Name   |              |
|  | end repeat   |        |        |              |
|  | end repeat   |        |        |              |
)");
    REQUIRE(scenario.instance().add_repetition("/data/house").has_value());
    scenario.answer("/data/house[2]/people", "1");
    scenario.answer("/data/house[2]/person[1]/name", "Ann");
    CHECK(scenario.answer_of("/data/house[2]/person/name") == "Ann");
    CHECK(scenario.answer_of("/data/house/person/name").empty());  // the first house's first person: nobody
    CHECK_FALSE(scenario.asks("/data/house/person/name"));
}
