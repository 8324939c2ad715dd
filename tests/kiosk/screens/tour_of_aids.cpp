// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/flow/scenario.hpp"
#include "tests/kiosk/screens/tour.hpp"

namespace pillarbox::tests {
namespace {

using namespace flow;
using namespace std::chrono_literals;

class TourOfAids {
  public:
    explicit TourOfAids(std::string language) : language_(std::move(language)) {}

    std::vector<Stop> go() {
        panel();
        low_reach();
        hidden_answers();
        readable_letters();
        return std::move(stops_);
    }

  private:
    Scenario somebody() {
        constexpr Capabilities everything{
            .speech = true, .blank_screen = true, .scanning = true, .strike_filter = true};
        Scenario person({.campaign = demo_campaign(), .today = inside_the_call, .capabilities = everything});
        person.does(Tick{1000s}).does(OpenLanguages{}).does(ChooseLanguage{language_});
        return person;
    }
    void stop(const Scenario& person, std::string name, std::string focus = {}) {
        stops_.push_back({std::move(name), person.view(), std::move(focus)});
    }

    void panel() {
        Scenario person = somebody();
        person.does(OpenAccessibility{});
        stop(person, "panel_at_rest");
        person.does(CloseOverlay{}).does(Start{}).does(OpenAccessibility{});
        person.does(Prefer{Speech::on}).does(Prefer{Scanning::one_switch}).does(Prefer{Theme::dark});
        stop(person, "panel_all");
        person.does(Prefer{Theme::high_contrast}).does(Prefer{Reach::low}).does(Prefer{Font::readable});
        stop(person, "panel_low");
    }

    void low_reach() {
        Scenario person = somebody();
        person.does(Prefer{Reach::low});
        stop(person, "low_attract");
        person.reaches_the_check_page();
        stop(person, "low_check");
        person.does(AskStop{});
        stop(person, "low_stop");
        person.does(CancelStop{}).does(Change{"/data/short/short_text"});
        stop(person, "low_typing", "/data/short/short_text");
        Scenario other = somebody();
        other.does(Prefer{Reach::low}).reaches_the_form();
        stop(other, "low_question");
    }

    void hidden_answers() {
        Scenario person = somebody();
        person.does(Prefer{AnswerDisplay::hidden}).reaches_the_check_page("My mother waited");
        stop(person, "hidden_check");
        person.does(Change{"/data/short/short_text"});
        stop(person, "hidden_field");
        person.does(RevealAnswers{});
        stop(person, "revealed_field");
    }

    void readable_letters() {
        Scenario person = somebody();
        person.does(Prefer{Font::readable});
        stop(person, "readable_attract");
        person.does(Start{}).does(Next{});
        stop(person, "readable_notice");
        person.does(Understand{});
        stop(person, "readable_question");
    }

    std::string language_;
    std::vector<Stop> stops_;
};

}  // namespace

std::vector<Stop> tour_of_aids(const std::string& language) {
    return TourOfAids(language).go();
}

}  // namespace pillarbox::tests
