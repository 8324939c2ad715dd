// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every kind of question through the semantic tree: what a finger, a key or assistive technology does becomes its
// event.
#include <catch2/catch.hpp>

#include "accessibility/semantics/audit.hpp"
#include "kiosk/flow/flow.hpp"
#include "tests/kiosk/flow/all_kinds.hpp"
#include "tests/kiosk/flow/scenario.hpp"
#include "tests/kiosk/screens/shown.hpp"
#include "tests/kiosk/screens/tour.hpp"

namespace pillarbox::tests {
namespace {

using platform::Key;
using semantics::Action;
using semantics::Role;

Scenario at(const std::string& page, const std::string& language = "en") {
    Scenario person(flow::Setup{.campaign = campaign_of(all_kinds_markdown()), .today = inside_the_call});
    person.does(flow::Start{}).does(flow::ChooseLanguage{language}).does(flow::Next{}).does(flow::Understand{});
    person.goes_on_to(page);
    return person;
}

}  // namespace

TEST_CASE("every kind of question passes the accessibility audit at every text size and in every language") {
    for (const std::string language : {"en", "ar", "bn"}) {
        for (const auto& stop : tour_of_kinds(language)) {
            Shown page(stop.view);
            for (const double text_scale : {1.0, 1.5, 2.0}) {
                page.scale(text_scale);
                INFO(stop.name << " in " << language << " at " << text_scale);
                CHECK(semantics::describe(semantics::audit(page.tree())) == "");
            }
        }
    }
}

TEST_CASE("a ranking is a list whose items say their place and move by buttons") {
    Scenario person = at("/data/order");
    Shown page(person.view());
    CHECK(page.screen().node("/data/order/bus").value == "Not answered");
    page.screen().tap("/data/order/walk.up");
    REQUIRE(page.did<flow::MoveChoice>().size() == 1);
    CHECK(page.did<flow::MoveChoice>().front().choice == "walk");
    person.does(page.did<flow::MoveChoice>().front());
    page.show(person.view());
    CHECK(page.screen().node("/data/order/walk").value == "2 of 4");
    CHECK(page.screen().node("/data/order/walk.up").name == "Move up: Walking");
    CHECK(page.screen().node("/data/order/bus.up").flags.has(semantics::Flag::disabled));
    page.screen().request("/data/order/walk.down", Action::click);
    CHECK(page.did<flow::MoveChoice>().back().move == flow::Move::down);
}

TEST_CASE("a range is a slider for a finger and for keys and for requests") {
    Scenario person = at("/data/satisfied");
    Shown page(person.view());
    const auto step = [&] {
        const auto did = page.did<flow::SetStep>();
        REQUIRE_FALSE(did.empty());
        person.does(did.back());
        page.show(person.view());
        return did.back().step;
    };
    CHECK(page.screen().node("/data/satisfied").role == Role::slider);
    page.screen().tap("/data/satisfied");
    CHECK(step() == 5);
    page.screen().tap("/data/satisfied.more");
    CHECK(step() == 6);
    page.screen().request("/data/satisfied", Action::focus);
    page.screen().press(Key::left);
    CHECK(step() == 5);
    page.screen().press(Key::end);
    CHECK(step() == 10);
    CHECK(page.screen().node("/data/satisfied").value == "Completely");
    page.screen().request("/data/satisfied", Action::decrement);
    CHECK(step() == 9);
    CHECK(page.screen().node("/data/satisfied").range->value == 9);
}

TEST_CASE("a slider runs from right to left in Arabic for fingers and keys alike") {
    Scenario person = at("/data/satisfied", "ar");
    person.does(flow::SetStep{"/data/satisfied", 5});
    Shown page(person.view());
    page.screen().request("/data/satisfied", Action::focus);
    page.screen().press(Key::left);
    REQUIRE_FALSE(page.did<flow::SetStep>().empty());
    CHECK(page.did<flow::SetStep>().back().step == 6);
    const auto& track = page.screen().node("/data/satisfied").rect;
    page.screen().events.tap({track.x + 40, track.y + track.height / 2}, page.screen().frame.now);
    page.screen().settle();
    CHECK(page.did<flow::SetStep>().back().step == 10);
}

TEST_CASE("a date is typed into its fields with the keypad") {
    Scenario person = at("/data/moved");
    Shown page(person.view());
    page.screen().tap("/data/moved/day");
    page.screen().tap("keyboard/figure-2");
    page.screen().tap("keyboard/figure-0");
    REQUIRE_FALSE(page.did<flow::SetDatePart>().empty());
    CHECK(page.did<flow::SetDatePart>().back().typed == "20");
    CHECK(semantics::find_key(page.tree(), "keyboard/point") == nullptr);
    person.does(page.did<flow::SetDatePart>().back()).does(flow::Next{});
    page.show(person.view());
    CHECK(page.screen().node("/data/moved/month").flags.has(semantics::Flag::invalid));
    CHECK_FALSE(page.screen().node("/data/moved/day").flags.has(semantics::Flag::invalid));
    CHECK(page.screen().node("/data/moved/day").value == "20");
    page.screen().tap("problems//data/moved/month");
    CHECK(page.screen().focused_key() == "/data/moved/month");
}

TEST_CASE("the keypad has the language's figures and a decimal point only where it is wanted") {
    Scenario person = at("/data/trips", "bn");
    Shown page(person.view());
    page.screen().tap("/data/trips");
    CHECK(page.screen().node("keyboard/figure-4").name == "৪");
    CHECK(semantics::find_key(page.tree(), "keyboard/point") == nullptr);
    page.screen().tap("keyboard/figure-4");
    person.does(page.did<flow::SetAnswer>().back());
    CHECK(person.answer("/data/trips") == "4");
    page.show(person.view());
    CHECK(page.screen().node("/data/trips").value == "৪");
    person.does(flow::Next{});
    page.show(person.view());
    page.screen().tap("/data/fare");
    CHECK(semantics::find_key(page.tree(), "keyboard/point") != nullptr);
    person.answers("/data/fare", "2.5").does(flow::Back{}).does(flow::Next{});
    page.show(person.view());
    CHECK(page.screen().node("/data/fare").value == "২.৫");
}

TEST_CASE("a repeat's list changes and removes and adds") {
    Scenario person = at("/data/person");
    Shown page(person.view());
    page.screen().tap("/data/person[1]/change");
    CHECK(page.did<flow::Change>().back().path == "/data/person[1]");
    page.screen().tap("/data/person[1]/remove");
    CHECK(page.did<flow::AskRemove>().back().path == "/data/person[1]");
    page.screen().tap("add");
    CHECK(page.did<flow::AddRepetition>().back().path == "/data/person");
    CHECK(page.screen().node("/data/person[1]/remove").name == "Remove Person 1");
}

TEST_CASE("a repetition with answers is removed only through a dialog") {
    Scenario person = at("/data/person[1]/person_name");
    person.answers("/data/person[1]/person_name", "Ada");
    Shown page(person.view());
    page.screen().tap("remove_repetition");
    person.does(page.did<flow::AskRemove>().back());
    page.show(person.view());
    CHECK(semantics::find(page.tree(), Role::heading, "Remove Person 1?") != nullptr);
    page.screen().tap("remove");
    CHECK(page.did<flow::ConfirmRemove>().size() == 1);
}

}  // namespace pillarbox::tests
