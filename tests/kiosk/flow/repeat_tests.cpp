// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "tests/kiosk/flow/all_kinds.hpp"
#include "tests/kiosk/flow/scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::flow;
using tests::Scenario;

namespace {

constexpr std::string_view household = R"(
| survey |
| | type | name | label | required | relevant | repeat_count | appearance |
| | select_one yes_no | alone | Do you live alone? | | | | |
| | begin repeat | person | Person | | ${alone} != 'yes' | | |
| | text | name | Name | yes | | | |
| | integer | age | Age | | | | |
| | text | school | School | | ${age} < 18 | | |
| | end repeat | | | | | | |
| | integer | pets | How many pets? | | | | |
| | begin repeat | pet | Pet | | | ${pets} | field-list |
| | text | kind | Kind | | | | |
| | end repeat | | | | | | |
| | text | last | Anything else? | | | | |
| choices |
| | list_name | name | label |
| | yes_no | yes | Yes |
| | yes_no | no | No |
)";

Scenario at_first_person() {
    Scenario person(Setup{.campaign = tests::campaign_of(household), .today = tests::inside_the_call});
    person.does(Start{}).does(Next{}).does(Understand{}).does(Next{});
    REQUIRE(person.page() == "/data/person[1]/name");
    return person;
}

// Two people, and then the list.
Scenario at_list() {
    Scenario person = at_first_person();
    person.answers("/data/person[1]/name", "Ada").goes_on_to("/data/person");
    person.does(AddRepetition{"/data/person"});
    REQUIRE(person.page() == "/data/person[2]/name");
    person.answers("/data/person[2]/name", "Bo").goes_on_to("/data/person");
    return person;
}

const RepetitionsView& list_of(const PageView& view) {
    REQUIRE(view.list.has_value());
    return *view.list;
}

}  // namespace

TEST_CASE("a repeat asks one repetition after the other and lists them at its end") {
    Scenario person = at_list();
    const auto view = person.page_view();
    const auto& list = list_of(view);
    REQUIRE(list.repetitions.size() == 2);
    CHECK(list.can_add);
    CHECK(list.repetitions[1].path == "/data/person[2]");
    CHECK(list.repetitions[1].answer.ready == "Bo");
    CHECK(list.repetitions[1].name ==
          message("{name} {number}", {{"name", std::string("Person")}, {"number", std::uint64_t{2}}}));
    CHECK(view.heading.ready == "Person");
}

TEST_CASE("relevance inside a repetition follows that repetition's answers") {
    Scenario person = at_first_person();
    person.answers("/data/person[1]/name", "Ada").does(Next{}).answers("/data/person[1]/age", "9").does(Next{});
    CHECK(person.page() == "/data/person[1]/school");
    person.goes_on_to("/data/person").does(AddRepetition{"/data/person"});
    person.answers("/data/person[2]/name", "Bo").does(Next{}).answers("/data/person[2]/age", "40").does(Next{});
    CHECK(person.page() == "/data/person");
}

TEST_CASE("changing one repetition comes back to the list after its last page and before its first") {
    Scenario person = at_list();
    person.does(Change{"/data/person[1]"});
    REQUIRE(person.page() == "/data/person[1]/name");
    person.answers("/data/person[1]/name", "Ada L").does(Next{});
    CHECK(person.page() == "/data/person[1]/age");
    person.does(Next{});
    CHECK(person.page() == "/data/person");
    person.does(Change{"/data/person[2]"}).does(Back{});
    CHECK(person.page() == "/data/person");
    CHECK(person.answer("/data/person[1]/name") == "Ada L");
}

TEST_CASE("a repetition that holds answers is removed only after a question") {
    Scenario person = at_list();
    person.does(AskRemove{"/data/person[1]"});
    CHECK(person.overlay() == Overlay::confirm_remove);
    REQUIRE(person.view().remove.has_value());
    person.does(CancelRemove{});
    CHECK(person.session().answers->repetitions("/data/person") == 2);
    person.does(AskRemove{"/data/person[1]"}).does(ConfirmRemove{});
    CHECK(person.overlay() == Overlay::none);
    CHECK(person.page() == "/data/person");
    CHECK(person.session().answers->repetitions("/data/person") == 1);
    CHECK(person.answer("/data/person[1]/name") == "Bo");
}

TEST_CASE("an empty repetition is removed at once and from its own page even where it must be answered") {
    Scenario person = at_first_person();
    person.does(Next{});
    REQUIRE(person.page() == "/data/person[1]/name");  // the name is required
    CHECK(person.page_view().removable == "/data/person[1]");
    person.does(AskRemove{"/data/person[1]"});
    CHECK(person.page() == "/data/person");
    CHECK(list_of(person.page_view()).repetitions.empty());
    person.does(Next{});
    CHECK(person.page() == "/data/pets");
    person.does(Back{});
    CHECK(person.page() == "/data/person");
    person.does(AddRepetition{"/data/person"});
    CHECK(person.page() == "/data/person[1]/name");
}

TEST_CASE("a repeat that is not relevant has no pages with or without repetitions") {
    Scenario person = at_first_person();
    person.does(AskRemove{"/data/person[1]"}).does(Back{});
    REQUIRE(person.page() == "/data/alone");
    person.ticks("/data/alone", "yes").does(Next{});
    CHECK(person.page() == "/data/pets");
}

TEST_CASE("a counted repeat asks as often as the form says and offers neither adding nor removing") {
    Scenario person = at_first_person();
    person.does(AskRemove{"/data/person[1]"}).does(Next{}).answers("/data/pets", "2").does(Next{});
    REQUIRE(person.page() == "/data/pet[1]");
    const auto view = person.page_view();
    CHECK(view.removable.empty());
    CHECK(view.captions.empty());
    CHECK(view.heading.message == "{name} {number} of {total}");
    person.does(AskRemove{"/data/pet[1]"}).does(AddRepetition{"/data/pet"});
    CHECK(person.session().answers->repetitions("/data/pet") == 2);
    person.answers("/data/pet[1]/kind", "cat").does(Next{});
    CHECK(person.page() == "/data/pet[2]");
    person.does(Next{});
    CHECK(person.page() == "/data/last");
}

TEST_CASE("the check page shows each repetition and Change leads to it and back") {
    Scenario person = at_list();
    person.does(Next{}).does(Next{}).does(Next{});
    REQUIRE(person.screen() == Screen::check);
    const auto view = std::get<CheckView>(person.view().body);
    const auto section = std::ranges::find(view.sections, "/data/person[2]/name", &CheckSection::path);
    REQUIRE(section != view.sections.end());
    CHECK(section->heading.message == "{name} {number}");
    CHECK(section->answers.size() == 2);  // name and age of one person stand together
    person.does(Change{"/data/person[2]/name"}).answers("/data/person[2]/name", "Bob").does(Next{});
    CHECK(person.screen() == Screen::check);
    CHECK(person.answer("/data/person[2]/name") == "Bob");
}

TEST_CASE("a repetition added from the check page is asked to its end before the check page comes back") {
    Scenario person = at_list();
    person.does(Next{}).does(Next{}).does(Next{}).does(Change{"/data/person"});
    REQUIRE(person.page() == "/data/person");
    person.does(AddRepetition{"/data/person"}).answers("/data/person[3]/name", "Cy").does(Next{});
    CHECK(person.page() == "/data/person[3]/age");
    person.does(Next{});
    CHECK(person.page() == "/data/person");
    person.does(Next{});
    CHECK(person.screen() == Screen::check);
}

TEST_CASE("repetitions can be added up to a bound") {
    Scenario person = at_list();
    for (std::size_t count = 2; count < repetitions_max + 3; ++count) {
        person.does(AddRepetition{"/data/person"});
        if (person.page() != "/data/person")
            person.answers(person.page(), "X").goes_on_to("/data/person");
    }
    CHECK(person.session().answers->repetitions("/data/person") == repetitions_max);
    CHECK_FALSE(list_of(person.page_view()).can_add);
}

TEST_CASE("repeats stand in repeats and in pages of several questions") {
    Scenario person(Setup{.campaign = tests::campaign_of(R"(
| survey |
| | type | name | label | appearance |
| | begin group | home | Home | field-list |
| | text | street | Street | |
| | begin repeat | floor | Floor | |
| | text | height | Height | |
| | begin repeat | room | Room | |
| | text | use | Use | |
| | end repeat | | | |
| | end repeat | | | |
| | end group | | | |
)"),
                          .today = tests::inside_the_call});
    person.does(Start{}).does(Next{}).does(Understand{});
    std::vector<std::string> pages;
    while (person.screen() == Screen::form_page) {
        pages.push_back(person.page());
        person.does(Next{});
    }
    CHECK(pages == std::vector<std::string>{"/data/home/street", "/data/home/floor[1]/height",
                                            "/data/home/floor[1]/room[1]/use", "/data/home/floor[1]/room",
                                            "/data/home/floor"});
    person.does(Back{}).does(Back{}).does(AddRepetition{"/data/home/floor[1]/room"});
    CHECK(person.page() == "/data/home/floor[1]/room[2]/use");
    CHECK(person.page_view().captions.size() == 2);
}
