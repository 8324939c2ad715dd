// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sending, stopping, idle time, dates: every way in which a session ends.
#include "tests/kiosk/flow/scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::flow;
using namespace std::chrono_literals;
using tests::Scenario;

namespace {

void check_nothing_is_left(const Session& session) {
    CHECK_FALSE(session.answers.has_value());
    CHECK(session.page.empty());
    CHECK(session.withdrawal_code.empty());
    CHECK(session.shows_problems.empty());
    CHECK(session.refused_path.empty());
}

Setup on(const char* day) {
    return {.campaign = tests::demo_campaign(), .today = base::parse_day(day).value()};
}

}  // namespace

TEST_CASE("No thanks wipes and says goodbye in the person's language") {
    Scenario person;
    person.does(Start{}).does(ChooseLanguage{"bn"}).does(Next{}).does(Decline{});
    CHECK(person.screen() == Screen::declined);
    CHECK(person.session().language == "bn");
    check_nothing_is_left(person.session());
    CHECK(person.all_effects<CountDiscarded>().empty());
    REQUIRE(person.all_effects<WipeSession>().size() == 1);
    CHECK(person.all_effects<WipeSession>().front()->reason == WipeReason::declined);
    person.does(Finish{});
    CHECK(person.screen() == Screen::attract);
    CHECK(person.session().language == "en");
}

TEST_CASE("a saved response gives a receipt and keeps no answer behind it") {
    Scenario person;
    person.reaches_the_check_page().does(Send{}).does(Saved{"K7QM-2F9D-XW3T-0000"});
    CHECK(person.screen() == Screen::receipt);
    CHECK_FALSE(person.session().answers.has_value());
    const auto receipt = std::get<ReceiptView>(person.view().body);
    CHECK(receipt.code == "K7QM-2F9D-XW3T-0000");
    CHECK(base::format_day(receipt.withdraw_until) == "2023-02-10");
    person.does(Finish{});
    CHECK(person.screen() == Screen::attract);
    check_nothing_is_left(person.session());
    CHECK(person.all_effects<CountDiscarded>().empty());
}

TEST_CASE("a failed save loses nothing and the next try sends the same answers") {
    Scenario person;
    person.reaches_the_check_page().does(Send{}).does(SaveFailed{});
    CHECK(person.screen() == Screen::save_failed);
    CHECK(person.answer("/data/short/short_text") == "Waits are long");
    person.does(Send{});
    const auto sealed = person.all_effects<SealAndKeep>();
    REQUIRE(sealed.size() == 2);
    CHECK(tests::value_of(sealed[1]->submission, "/data/short/short_text") == "Waits are long");
    CHECK(sealed[0]->submission.answers.size() == sealed[1]->submission.answers.size());
    person.does(Saved{"CODE"});
    CHECK(person.screen() == Screen::receipt);
}

TEST_CASE("a second tap on Send does not seal twice") {
    Scenario person;
    person.reaches_the_check_page().does(Send{}).does(Send{});
    CHECK(person.all_effects<SealAndKeep>().size() == 1);
}

TEST_CASE("Saved and SaveFailed mean nothing where nothing was sent") {
    Scenario person;
    person.reaches_the_form().does(Saved{"CODE"}).does(SaveFailed{});
    CHECK(person.screen() == Screen::form_page);
    CHECK(person.session().withdrawal_code.empty());
}

TEST_CASE("Stop and erase asks first and then erases everything") {
    Scenario person;
    person.reaches_the_check_page().does(AskStop{});
    CHECK(person.overlay() == Overlay::confirm_stop);
    person.does(Send{}).does(CancelStop{});
    CHECK(person.screen() == Screen::check);
    CHECK(person.all_effects<SealAndKeep>().empty());
    person.does(AskStop{}).does(ConfirmStop{});
    CHECK(person.screen() == Screen::erased);
    check_nothing_is_left(person.session());
    CHECK(person.all_effects<CountDiscarded>().size() == 1);
}

TEST_CASE("an idle session is warned and then wiped without a word") {
    Scenario person;
    person.does(Tick{1000s}).reaches_the_check_page().wait(89s);
    CHECK(person.overlay() == Overlay::none);
    person.wait(1s);
    CHECK(person.overlay() == Overlay::idle_warning);
    CHECK(person.view().idle.value().seconds_left == 30);
    person.wait(29s);
    CHECK(person.view().idle.value().seconds_left == 1);
    person.wait(1s);
    CHECK(person.screen() == Screen::attract);
    check_nothing_is_left(person.session());
    REQUIRE(person.all_effects<WipeSession>().size() == 1);
    CHECK(person.all_effects<WipeSession>().front()->reason == WipeReason::idle);
    CHECK(person.all_effects<CountDiscarded>().size() == 1);
}

TEST_CASE("any input extends the time, again and again, and gives the screen back") {
    Scenario person;
    person.does(Tick{1000s}).reaches_the_check_page().does(OpenHelp{});
    for (int times = 0; times < 12; ++times) {
        person.wait(119s);
        CHECK(person.overlay() == Overlay::idle_warning);
        person.does(Activity{});
        CHECK(person.overlay() == Overlay::help);
    }
    CHECK(person.screen() == Screen::check);
    CHECK(person.answer("/data/short/short_text") == "Waits are long");
}

TEST_CASE("the curtain stays closed under the idle warning") {
    Scenario person;
    person.does(Tick{1000s}).reaches_the_check_page().does(HideAnswers{}).wait(100s);
    CHECK(person.overlay() == Overlay::idle_warning);
    CHECK(person.view().overlay == Overlay::curtain);
    CHECK(person.view().page_key == "curtain");
    CHECK(person.view().idle.has_value());
}

TEST_CASE("a machine that slept still warns for the whole time") {
    Scenario person;
    person.does(Tick{1000s}).reaches_the_form().does(Tick{90'000s});
    CHECK(person.overlay() == Overlay::idle_warning);
    CHECK(person.view().idle.value().seconds_left == 30);
}

TEST_CASE("a receipt left alone is cleared and nothing counts as discarded") {
    Scenario person;
    person.does(Tick{1000s}).reaches_the_check_page().does(Send{}).does(Saved{"CODE"}).wait(120s);
    CHECK(person.screen() == Screen::attract);
    check_nothing_is_left(person.session());
    CHECK(person.all_effects<CountDiscarded>().empty());
}

TEST_CASE("a goodbye goes by itself") {
    Scenario person;
    person.does(Tick{1000s}).does(Start{}).does(Next{}).does(Decline{}).wait(15s);
    CHECK(person.screen() == Screen::attract);
}

TEST_CASE("saving is never interrupted by idle time") {
    Scenario person;
    person.does(Tick{1000s}).reaches_the_check_page().does(Send{}).wait(300s);
    CHECK(person.screen() == Screen::sending);
    CHECK(person.overlay() == Overlay::none);
}

TEST_CASE("the next person finds neither answers nor preferences") {
    Scenario person;
    person.does(Start{}).does(Prefer{TextSize::largest}).does(Prefer{Theme::dark}).does(Prefer{Motion::reduced});
    person.does(Next{});
    person.does(Understand{}).ticks("/data/answering_as/respondent", "organisation");
    person.answers("/data/answering_as/organisation_name", "Canary Ltd").does(AskStop{}).does(ConfirmStop{});
    person.does(Finish{}).does(Start{}).does(Next{}).does(Understand{});
    CHECK(person.answer("/data/answering_as/organisation_name").empty());
    CHECK(person.answer("/data/answering_as/respondent").empty());
    CHECK(person.session().preferences.text_size == TextSize::standard);
    CHECK(person.session().preferences.theme == Theme::light);
    CHECK(person.session().preferences.motion == Motion::full);
}

TEST_CASE("the call is closed the day after its last day and not before") {
    CHECK(begin(on("2023-01-27")).screen == Screen::attract);
    CHECK(begin(on("2023-01-28")).screen == Screen::closed);
    Scenario late(on("2023-01-28"));
    late.does(Start{});
    CHECK(late.screen() == Screen::closed);
}

TEST_CASE("the call is not open before its first day") {
    CHECK(begin(on("2022-12-11")).screen == Screen::not_yet_open);
    CHECK(begin(on("2022-12-12")).screen == Screen::attract);
}

TEST_CASE("midnight on the last day closes the kiosk only after the person has finished") {
    Scenario person(on("2023-01-27"));
    person.reaches_the_check_page().does(DayChanged{base::parse_day("2023-01-28").value()});
    CHECK(person.screen() == Screen::check);
    person.does(Send{});
    CHECK(base::format_day(person.all_effects<SealAndKeep>().front()->submission.day) == "2023-01-27");
    person.does(Saved{"CODE"}).does(Finish{});
    CHECK(person.screen() == Screen::closed);
}

TEST_CASE("out of order shows between two people and never in the middle of a session") {
    Scenario person;
    person.reaches_the_form().does(ServiceChanged{Service::out_of_order});
    CHECK(person.screen() == Screen::form_page);
    person.does(AskStop{}).does(ConfirmStop{}).does(Finish{});
    CHECK(person.screen() == Screen::out_of_order);
    person.does(ServiceChanged{Service::in_order});
    CHECK(person.screen() == Screen::attract);
}

TEST_CASE("help is reached from every screen and gives it back unchanged") {
    Scenario person;
    const auto opens_help = [&person] {
        const auto before = person.screen();
        person.does(OpenHelp{});
        CHECK(person.overlay() == Overlay::help);
        CHECK_FALSE(person.view().help.value().safety.empty());
        person.does(Next{}).does(Send{}).does(CloseOverlay{});
        CHECK(person.overlay() == Overlay::none);
        CHECK(person.screen() == before);
    };
    opens_help();
    person.does(Start{});
    opens_help();
    person.does(Next{});
    opens_help();
    person.does(Understand{});
    opens_help();
    person.ticks("/data/answering_as/path", "short").goes_on_to("/data/quotation");
    person.ticks("/data/quotation/quote", "without_name").does(Next{});
    opens_help();
    person.does(Send{}).does(SaveFailed{});
    opens_help();
    person.does(Send{}).does(Saved{"CODE"});
    opens_help();
}

TEST_CASE("the next tick is asked for only while somebody is there") {
    Scenario person;
    CHECK_FALSE(next_tick(person.session()).has_value());
    CHECK_FALSE(is_in_use(person.session()));
    person.does(Tick{1000s}).does(Start{});
    CHECK(next_tick(person.session()) == 1090s);
    CHECK(is_in_use(person.session()));
    person.does(Tick{1090s});
    CHECK(next_tick(person.session()) == 1091s);
}

TEST_CASE("a wiped text leaves no byte in its buffer") {
    auto session = begin(on("2023-01-20"));
    session.withdrawal_code = "K7QM-2F9D-XW3T-0000";
    const char* buffer = session.withdrawal_code.data();
    session.forget();
    CHECK(std::string(buffer, 19) == std::string(19, '\0'));
}
