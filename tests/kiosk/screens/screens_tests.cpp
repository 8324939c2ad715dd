// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every screen in every language through the semantic tree, without a display: as a screen reader meets it.
#include "kiosk/screens/screens.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cctype>

#include "accessibility/semantics/audit.hpp"
#include "kiosk/flow/flow.hpp"
#include "tests/kiosk/flow/scenario.hpp"
#include "tests/kiosk/screens/shown.hpp"
#include "tests/kiosk/screens/tour.hpp"

namespace pillarbox::tests {
namespace {

using semantics::Role;

std::string heading_of(const semantics::Tree& tree) {
    const auto* node = semantics::find_key(tree, "heading");
    return node == nullptr ? std::string() : node->name;
}

// What may stand in Latin letters on an Arabic or Bengali screen.
std::string without_names(std::string text) {
    for (const char* name : {"Pillarbox", "LAS", "NHS", "BSL", "Childline", "Freedom to Speak Up Guardian",
                             "scrutiny@london.gov.uk", "English", "K7QM-2F9D-XW3T-8RHB", "Ada", "Grace", "many"}) {
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name)) {
            text.erase(at, std::string_view(name).size());
        }
    }
    return text;
}

std::string english_left_in(const semantics::Tree& tree) {
    const auto are_letters = [](char first, char second) {
        return std::isalpha(static_cast<unsigned char>(first)) != 0 &&
               std::isalpha(static_cast<unsigned char>(second)) != 0;
    };
    std::string found;
    for (const auto& node : tree.nodes) {
        const bool speaks_another = !node.lang.empty() && node.lang != tree.lang;  // the name of a language
        if (node.role == Role::key || node.role == Role::keyboard || speaks_another) {
            continue;
        }
        for (const auto* text :
             {&node.name, &node.description, &node.hint, &node.error, &node.placeholder, &node.value}) {
            const std::string rest = without_names(*text);
            if (std::ranges::adjacent_find(rest, are_letters) != rest.end()) {
                found += node.key + ": " + *text + "\n";
            }
        }
    }
    return found;
}

const semantics::Node* named(const semantics::Tree& tree, Role role, std::string_view name) {
    return semantics::find(tree, role, name);
}

// Constructed in place: a Shown is never moved.
Shown shown(const Scenario& person) {
    return Shown(person.view());
}

}  // namespace

TEST_CASE("every screen has its heading in its own language and no English is left") {
    const auto english = tour("en");
    for (const std::string language : {"ar", "bn"}) {
        const auto stops = tour(language);
        REQUIRE(stops.size() == english.size());
        for (std::size_t index = 0; index < stops.size(); ++index) {
            INFO(stops[index].name << " in " << language);
            Shown original(english[index].view);
            Shown translated(stops[index].view);
            CHECK_FALSE(heading_of(original.tree()).empty());
            CHECK_FALSE(heading_of(translated.tree()).empty());
            CHECK(heading_of(translated.tree()) != heading_of(original.tree()));
            CHECK(english_left_in(translated.tree()) == "");
        }
    }
}

TEST_CASE("every kind of question speaks the person's language alone") {
    for (const std::string language : {"ar", "bn"}) {
        for (const auto& stop : tour_of_kinds(language)) {
            INFO(stop.name << " in " << language);
            CHECK(english_left_in(Shown(stop.view).tree()) == "");
        }
    }
}

TEST_CASE("every screen passes the accessibility audit at every text size") {
    for (const std::string language : {"en", "ar", "bn"}) {
        for (const auto& stop : tour(language)) {
            Shown page(stop.view);
            for (const double text_scale : {1.0, 1.5, 2.0}) {
                page.scale(text_scale);
                INFO(stop.name << " in " << language << " at " << text_scale);
                CHECK(semantics::describe(semantics::audit(page.tree())) == "");
            }
        }
    }
}

TEST_CASE("focus starts at the heading of a new page and at the summary where something is wrong") {
    Scenario person;
    person.reaches_the_form();
    Shown page(person.view());
    CHECK(page.screen().focused_key() == "heading");
    person.goes_on_to("/data/quotation");
    page.show(person.view());
    CHECK(page.screen().focused_key() == "heading");
    person.does(flow::Next{});
    page.show(person.view());
    CHECK(page.screen().focused_key() == "problems");
}

TEST_CASE("the buttons of a page become its events") {
    Scenario person;
    person.reaches_the_form();
    Shown page = shown(person);
    page.screen().tap("next");
    CHECK(page.did<flow::Next>().size() == 1);
    page.screen().tap("back");
    CHECK(page.did<flow::Back>().size() == 1);
    page.screen().tap("help");
    CHECK(page.did<flow::OpenHelp>().size() == 1);
    page.screen().tap("language");
    CHECK(page.did<flow::OpenLanguages>().size() == 1);
    page.screen().tap("stop");
    CHECK(page.did<flow::AskStop>().size() == 1);
}

TEST_CASE("a tap on a card toggles that choice") {
    Scenario person;
    person.reaches_the_form();
    Shown page = shown(person);
    page.screen().request("/data/answering_as/respondent/organisation", semantics::Action::click);
    REQUIRE(page.did<flow::ToggleChoice>().size() == 1);
    CHECK(page.did<flow::ToggleChoice>().front().path == "/data/answering_as/respondent");
    CHECK(page.did<flow::ToggleChoice>().front().choice == "organisation");
}

TEST_CASE("typing tells the flow every character exactly") {
    Scenario person;
    person.reaches_the_form().goes_on_to("/data/q1");
    Shown page = shown(person);
    page.screen().request("/data/q1/q1_text", semantics::Action::focus);
    page.screen().type(U"A  b\u0623\u099c");
    REQUIRE_FALSE(page.did<flow::SetAnswer>().empty());
    CHECK(page.did<flow::SetAnswer>().back().path == "/data/q1/q1_text");
    CHECK(page.did<flow::SetAnswer>().back().value == "A  b\u0623\u099c");
}

TEST_CASE("a text field says so where its language has no keyboard of its own") {
    CHECK(screens::words_of(catalogue(), "en").letters_missing.empty());
    flow::ViewModel view;
    for (const auto& stop : tour("en")) {
        view = stop.name == "q1" ? stop.view : view;
    }
    view.language = "zh";
    Shown shown(view);
    const auto& note = shown.screen().node("/data/q1/q1_text.letters");
    CHECK(note.role == Role::status);
    CHECK_FALSE(note.name.empty());
}

TEST_CASE("a wrong answer that is told while a person answers is a live region") {
    Scenario person;
    person.reaches_the_form().goes_on_to("/data/themes");
    const auto choices = person.question("/data/themes/themes_matter").choices;
    for (const auto& choice : choices) {
        person.ticks("/data/themes/themes_matter", choice.name);
    }
    const std::string key = "/data/themes/themes_matter.error";
    CHECK(shown(person).screen().node(key).live == semantics::Live::polite);
    // Under a summary, which has the focus and tells of all errors, it is not said twice.
    Scenario other;
    other.reaches_the_form().goes_on_to("/data/quotation").does(flow::Next{});
    Shown page = shown(other);
    CHECK(page.screen().focused_key() == "problems");
    CHECK(page.screen().node("problems").live == semantics::Live::assertive);
    CHECK(page.screen().node("/data/quotation/quote.error").live == semantics::Live::off);
}

TEST_CASE("each line of an error summary controls the question that it leads to") {
    Scenario person;
    person.reaches_the_form().goes_on_to("/data/quotation").does(flow::Next{});
    const auto tree = shown(person).tree();
    const auto* summary = semantics::find_key(tree, "problems");
    REQUIRE(summary != nullptr);
    REQUIRE_FALSE(summary->children.empty());
    for (const auto child : summary->children) {
        const auto* target = semantics::find(tree, semantics::find(tree, child)->controls);
        REQUIRE(target != nullptr);
        CHECK_FALSE(target->error.empty());
    }
}

TEST_CASE("the idle warning can be answered and nothing else can be reached") {
    Scenario person;
    person.does(flow::Tick{std::chrono::seconds{1000}}).reaches_the_form().wait(std::chrono::seconds{100});
    Shown page = shown(person);
    CHECK(page.tree().modal_root != semantics::NodeId::none);
    const auto* more_time = named(page.tree(), Role::button, "Yes, I need more time");
    REQUIRE(more_time != nullptr);
    page.screen().tap(more_time->key);
    CHECK(page.did<flow::Activity>().size() == 1);
    CHECK(page.did<flow::Next>().empty());
}

TEST_CASE("the curtain draws the same picture of meaning for two different answers") {
    std::vector<std::string> described;
    for (const char* words : {"first secret", "a quite different second secret"}) {
        Scenario person;
        person.reaches_the_check_page(words).does(flow::HideAnswers{});
        described.push_back(semantics::describe(shown(person).tree()));
        CHECK(described.back().find("secret") == std::string::npos);
    }
    CHECK(described[0] == described[1]);
}

TEST_CASE("each answer on the check page has its own Change") {
    Scenario person;
    person.reaches_the_check_page();
    Shown page = shown(person);
    const auto* change = named(page.tree(), Role::button, "Change: Your choice");
    REQUIRE(change != nullptr);
    page.screen().request(change->key, semantics::Action::click);
    REQUIRE(page.did<flow::Change>().size() == 1);
    CHECK(page.did<flow::Change>().front().path == "/data/quotation/quote");
}

}  // namespace pillarbox::tests
