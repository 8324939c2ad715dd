// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two people do the same, and one of them changes the language after every step: they see the same pages, and the
// same answers are kept and sealed.
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "tests/kiosk/flow/scenario.hpp"

namespace pillarbox::tests {
namespace {

using namespace flow;

using Pick = std::uint8_t;

const std::vector<std::string>& things_to_write() {
    static const std::vector<std::string> words{"", "Two hours", "ساعتان", "দুই ঘণ্টা", "两个小时", " a  b \n"};
    return words;
}

// Something that a person may do with what is on the screen, the same for the same picks.
Event something_on(const Scenario& person, Pick what, Pick which) {
    if (person.screen() == Screen::check) {
        return what % 3 == 0 ? Event(Back{}) : Event(Change{"/data/q1/q1_text"});
    }
    if (person.screen() != Screen::form_page || what % 4 == 0) {
        return Next{};
    }
    if (what % 16 == 1) {
        return Back{};
    }
    const auto questions = person.page_view().questions;
    const auto& question = questions[which % questions.size()];
    if (question.choices.empty()) {
        return SetAnswer{question.path, things_to_write()[what % things_to_write().size()]};
    }
    return ToggleChoice{question.path, question.choices[what % question.choices.size()].name};
}

std::string described(const std::vector<form::Answer>& answers) {
    std::string text;
    for (const auto& answer : answers) {
        text += answer.path + "=" + answer.value + "\n";
    }
    return text;
}

void change_language(Scenario& person, Pick which) {
    const auto& offered = person.session().setup.campaign->form->languages;
    const auto& wanted = offered[which % offered.size()];
    person.does(OpenLanguages{}).does(ChooseLanguage{wanted});
    RC_ASSERT(person.session().language == wanted);
    RC_ASSERT(person.overlay() == Overlay::none);
}

}  // namespace

TEST_CASE("changing the language after every step changes no page and no answer") {
    const auto campaign = demo_campaign();
    CHECK(rc::check([&campaign](const std::vector<std::pair<Pick, Pick>>& picks) {
        Scenario steady(Setup{.campaign = campaign, .today = inside_the_call});
        Scenario changing(Setup{.campaign = campaign, .today = inside_the_call});
        steady.reaches_the_form();
        changing.reaches_the_form();
        for (const auto& [what, which] : picks) {
            const auto event = something_on(steady, what, which);
            steady.does(event);
            changing.does(event);
            change_language(changing, static_cast<Pick>(what + which));
            RC_ASSERT(changing.screen() == steady.screen());
            RC_ASSERT(changing.page() == steady.page());
            RC_ASSERT(described(changing.session().answers->answers()) ==
                      described(steady.session().answers->answers()));
        }
    }));
}

TEST_CASE(
    "the language can be changed on every page from the first to the check page and what is sealed is the same") {
    const auto sealed = [](const std::vector<std::string>& languages) {
        Scenario person;
        std::size_t pages = 0;
        person.reaches_the_form().answers("/data/q1/q1_text", "not asked yet");
        while (person.screen() == Screen::form_page && pages < 30) {
            person.does(OpenLanguages{}).does(ChooseLanguage{languages[pages++ % languages.size()]});
            for (const auto& question : person.page_view().questions) {
                question.choices.empty() ? person.answers(question.path, "Zażółć ساعتان " + question.path)
                                         : person.ticks(question.path, question.choices.front().name);
            }
            person.does(Next{});
        }
        REQUIRE(person.screen() == Screen::check);
        person.does(OpenLanguages{}).does(ChooseLanguage{"pl"}).does(Send{});
        REQUIRE(person.all_effects<SealAndKeep>().size() == 1);
        return person.all_effects<SealAndKeep>().front()->submission;
    };
    const auto one = sealed({"pl"});
    const auto many = sealed(demo_campaign()->form->languages);
    CHECK(one.language == "pl");
    CHECK(many.language == "pl");
    CHECK(described(one.answers) == described(many.answers));
    CHECK(one.answers.size() > 12);
}

}  // namespace pillarbox::tests
