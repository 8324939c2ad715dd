// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person chooses about the kiosk itself: from every screen, one field each, and gone with the person.
#include <array>

#include "tests/kiosk/flow/scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::flow;
using namespace std::chrono_literals;
using tests::Scenario;

namespace {

constexpr Capabilities everything{.speech = true, .blank_screen = true, .scanning = true, .strike_filter = true};

// One of each type, and none of them the default.
const std::array<Preference, std::variant_size_v<Preference>> one_of_each{
    TextSize::largest,
    Theme::dark,
    Font::readable,
    Speech::on,
    SpeechRate{6},
    Volume{9},
    Listening::answers_aloud,
    Picture::blank,
    Reach::low,
    Scanning::two_switches,
    ScanPace{5},
    StrikeFilter::one_second,
    Motion::reduced,
    AnswerDisplay::hidden,
};

Scenario somebody(const Capabilities& capabilities = everything) {
    return Scenario(
        {.campaign = tests::demo_campaign(), .today = tests::inside_the_call, .capabilities = capabilities});
}

void chooses_all(Scenario& person) {
    for (const auto& preference : one_of_each) {
        const auto before = person.session().preferences;
        person.does(Prefer{preference});
        INFO("preference " << preference.index());
        CHECK(person.session().preferences != before);
    }
}

void check_all_is_back(const Scenario& person) {
    CHECK(person.session().preferences == Preferences{});
    CHECK(person.view().preferences == Preferences{});
}

}  // namespace

TEST_CASE("each preference changes one field and the view shows it") {
    for (std::size_t index = 0; index < one_of_each.size(); ++index) {
        CHECK(one_of_each.at(index).index() == index);
        auto person = somebody();
        person.does(Prefer{Speech::on}).does(Prefer{one_of_each.at(index)});
        Preferences expected;
        put(expected, Speech::on);
        put(expected, one_of_each.at(index));
        CHECK(person.view().preferences == expected);
    }
}

TEST_CASE("every preference is back when a person has finished") {
    auto person = somebody();
    chooses_all(person);
    person.reaches_the_check_page().does(Send{}).does(Saved{"CODE"});
    CHECK(person.session().preferences.theme == Theme::dark);
    person.does(Finish{});
    CHECK(person.screen() == Screen::attract);
    check_all_is_back(person);
}

TEST_CASE("every preference is back when a person has gone away") {
    auto person = somebody();
    person.does(Tick{1000s}).does(Start{});
    chooses_all(person);
    person.wait(120s);
    CHECK(person.screen() == Screen::attract);
    check_all_is_back(person);
}

TEST_CASE("every preference is back after stop and erase when the goodbye has been read in it") {
    auto person = somebody();
    person.does(Start{}).does(Next{});
    chooses_all(person);
    person.does(AskStop{}).does(ConfirmStop{});
    CHECK(person.screen() == Screen::erased);
    CHECK(person.session().preferences.text_size == TextSize::largest);
    CHECK(person.session().preferences.speech == Speech::on);
    person.does(Finish{});
    check_all_is_back(person);
}

TEST_CASE("every preference is back after a No thanks that was left standing") {
    auto person = somebody();
    person.does(Tick{1000s}).does(Start{}).does(Next{});
    chooses_all(person);
    person.does(Decline{});
    CHECK(person.screen() == Screen::declined);
    person.wait(15s);
    CHECK(person.screen() == Screen::attract);
    check_all_is_back(person);
}

TEST_CASE("preferences chosen before the start are kept through it") {
    auto person = somebody();
    person.does(OpenAccessibility{});
    CHECK(person.overlay() == Overlay::accessibility);
    CHECK(person.view().page_key == "accessibility");
    chooses_all(person);
    const auto chosen = person.session().preferences;
    person.does(CloseOverlay{}).reaches_the_form();
    CHECK(person.session().preferences == chosen);
}

TEST_CASE("a kiosk that is left with preferences at the first page warns and then forgets them") {
    auto person = somebody();
    person.does(Tick{1000s}).does(Prefer{TextSize::large}).wait(90s);
    CHECK(person.overlay() == Overlay::idle_warning);
    person.does(Activity{}).wait(89s);
    CHECK(person.session().preferences.text_size == TextSize::large);
    person.wait(31s);
    CHECK(person.screen() == Screen::attract);
    check_all_is_back(person);
    REQUIRE(person.all_effects<WipeSession>().size() == 1);
    CHECK(person.all_effects<WipeSession>().front()->reason == WipeReason::idle);
    CHECK(person.all_effects<CountDiscarded>().empty());
    CHECK_FALSE(next_tick(person.session()).has_value());
}

TEST_CASE("Put all back leaves language and answers as they are") {
    auto person = somebody();
    person.does(Start{}).does(ChooseLanguage{"ar"}).does(Next{}).does(Understand{});
    person.ticks("/data/answering_as/path", "short");
    chooses_all(person);
    person.does(OpenAccessibility{}).does(ForgetPreferences{});
    check_all_is_back(person);
    CHECK(person.overlay() == Overlay::accessibility);
    CHECK(person.session().language == "ar");
    CHECK(person.answer("/data/answering_as/path") == "short");
}

TEST_CASE("the panel opens over every screen and gives it back unchanged") {
    auto person = somebody();
    const auto opens = [&person] {
        const auto before = person.screen();
        person.does(OpenAccessibility{}).does(Next{}).does(Send{});
        CHECK(person.overlay() == Overlay::accessibility);
        person.does(CloseOverlay{});
        CHECK(person.overlay() == Overlay::none);
        CHECK(person.screen() == before);
    };
    opens();
    person.does(Start{});
    opens();
    person.does(Next{});
    opens();
    person.does(Back{}).does(Next{}).does(Understand{});
    opens();
    person.ticks("/data/answering_as/path", "short").goes_on_to("/data/quotation");
    person.ticks("/data/quotation/quote", "without_name").does(Next{});
    CHECK(person.screen() == Screen::check);
    opens();
    person.does(Send{}).does(SaveFailed{});
    opens();
    person.does(Send{}).does(Saved{"CODE"});
    opens();
}

TEST_CASE("what the kiosk can not do can not be chosen") {
    auto person = somebody({});
    for (const auto& preference : {Preference{Speech::on}, Preference{Picture::blank},
                                   Preference{Scanning::one_switch}, Preference{StrikeFilter::half_second}}) {
        person.does(Prefer{preference});
        check_all_is_back(person);
    }
}

TEST_CASE("what the kiosk can do no longer is chosen no longer") {
    auto person = somebody();
    chooses_all(person);
    person.does(CapabilitiesChanged{{.scanning = true}});
    CHECK(person.view().capabilities.scanning);
    CHECK_FALSE(person.view().capabilities.speech);
    CHECK(person.session().preferences.speech == Speech::off);
    CHECK(person.session().preferences.picture == Picture::shown);
    CHECK(person.session().preferences.strike_filter == StrikeFilter::off);
    CHECK(person.session().preferences.scanning == Scanning::two_switches);
    CHECK(person.session().preferences.theme == Theme::dark);
}

TEST_CASE("what a kiosk can do lasts from one person to the next") {
    auto person = somebody({});
    person.does(CapabilitiesChanged{everything}).does(Start{}).does(AskStop{}).does(ConfirmStop{}).does(Finish{});
    CHECK(person.view().capabilities == everything);
}

TEST_CASE("a screen that is blank shows its picture again when speech is switched off") {
    auto person = somebody();
    person.does(Prefer{Picture::blank});
    CHECK(person.session().preferences.picture == Picture::shown);
    person.does(Prefer{Speech::on}).does(Prefer{Picture::blank});
    CHECK(person.session().preferences.picture == Picture::blank);
    person.does(Prefer{Speech::off});
    CHECK(person.session().preferences.picture == Picture::shown);
}

TEST_CASE("steps stop at both ends") {
    CHECK(stepped(Volume{9}, 3).step == Volume::last);
    CHECK(stepped(SpeechRate{1}, -2).step == 0);
    auto person = somebody();
    person.does(Prefer{Volume{99}}).does(Prefer{ScanPace{-4}});
    CHECK(person.session().preferences.volume.step == Volume::last);
    CHECK(person.session().preferences.scan_pace.step == 0);
    CHECK(rest_of(ScanPace{0}) < rest_of(ScanPace{ScanPace::last}));
    CHECK(span_of(StrikeFilter::off) == 0ms);
    CHECK(span_of(StrikeFilter::half_second) == 500ms);
}

TEST_CASE("answers that are shown again are hidden on the next page") {
    auto person = somebody();
    person.reaches_the_check_page();
    person.does(RevealAnswers{});
    CHECK_FALSE(person.view().hides_answers);
    CHECK_FALSE(person.session().answers_revealed);
    person.does(Prefer{AnswerDisplay::hidden});
    CHECK(person.view().hides_answers);
    person.does(RevealAnswers{});
    CHECK_FALSE(person.view().hides_answers);
    person.does(OpenHelp{}).does(CloseOverlay{});
    CHECK_FALSE(person.view().hides_answers);
    person.does(Back{});
    CHECK(person.view().hides_answers);
    person.does(RevealAnswers{}).does(RevealAnswers{});
    CHECK(person.view().hides_answers);
}
