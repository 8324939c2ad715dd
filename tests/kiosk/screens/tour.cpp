// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/screens/tour.hpp"

#include "tests/kiosk/flow/scenario.hpp"

namespace pillarbox::tests {
namespace {

using namespace flow;
using namespace std::chrono_literals;

// What a person of each language writes.
std::string words_in(const std::string& language) {
    if (language == "ar") {
        return "انتظرت أمي سيارة الإسعاف أكثر من ساعتين. اتصلوا بي على ٠٢٠ ٧٩٤٦ ٠٩٥٨";
    }
    if (language == "bn") {
        return "আমার মা দুই ঘণ্টার বেশি অ্যাম্বুলেন্সের জন্য অপেক্ষা করেছেন। ফোন: ০২০ ৭৯৪৬ ০৯৫৮";
    }
    return "My mother waited more than two hours for an ambulance, and nobody rang back. Call me on 020 7946 0958.";
}

class Tour {
  public:
    explicit Tour(std::string language) : language_(std::move(language)) {}

    std::vector<Stop> go() {
        at_rest();
        Scenario person = started();
        before_the_form(person);
        form_pages(person);
        sending(person);
        side_ways();
        return std::move(stops_);
    }

  private:
    void stop(const Scenario& person, std::string name, std::string focus = {}) {
        stops_.push_back({std::move(name), person.view(), std::move(focus)});
    }

    void rest_stop(const char* name, const char* day, Service service = Service::in_order) {
        Scenario nobody(
            Setup{.campaign = demo_campaign(), .today = base::parse_day(day).value(), .service = service});
        nobody.does(OpenLanguages{}).does(ChooseLanguage{language_});
        stop(nobody, name);
    }
    void at_rest() {
        rest_stop("attract", "2023-01-20");
        rest_stop("not_yet_open", "2022-12-01");
        rest_stop("closed", "2023-02-01");
        rest_stop("out_of_order", "2023-01-20", Service::out_of_order);
    }

    Scenario started() {
        Scenario person;
        person.does(Tick{1000s}).does(Start{}).does(ChooseLanguage{language_});
        return person;
    }

    void before_the_form(Scenario& person) {
        stop(person, "language");
        person.does(Next{});
        stop(person, "notice");
        person.does(Under18{});
        stop(person, "under_18_notice");
        person.does(Back{}).does(Understand{});
    }

    void answer_page(Scenario& person) {
        const auto words = words_in(language_);
        person.ticks("/data/answering_as/respondent", "organisation");
        person.ticks("/data/your_link/link", "used_999").ticks("/data/your_link/link", "las_staff");
        person.ticks("/data/your_link/borough", "lambeth");
        for (const auto& path : {"/data/q1/q1_text", "/data/q2/q2_text", "/data/q3/q3_text"}) {
            person.answers(path, words);
        }
        person.ticks("/data/q1/q1_rating", "badly").ticks("/data/q3/q3_ideas", "apprenticeships");
        person.ticks("/data/about_you/age_band", "35_44");
        if (person.page() == "/data/themes") {
            for (const auto& choice : person.question("/data/themes/themes_matter").choices) {
                person.ticks("/data/themes/themes_matter", choice.name);
            }
        }
    }

    void form_pages(Scenario& person) {
        while (person.screen() == Screen::form_page && person.page() != "/data/quotation") {
            answer_page(person);
            const auto name = person.page().substr(6);
            stop(person, name);
            if (name == "q1") {
                stop(person, "q1_typing", "/data/q1/q1_text");
            }
            person.does(Next{});
        }
        person.does(Next{});
        stop(person, "quotation_problem");
        person.ticks("/data/quotation/quote", "by_name");
        stop(person, "quotation");
        person.does(Next{});
        stop(person, "check");
    }

    void sending(Scenario& person) {
        person.does(Send{});
        stop(person, "sending");
        person.does(SaveFailed{});
        stop(person, "save_failed");
        person.does(Send{}).does(Saved{"K7QM-2F9D-XW3T-8RHB"});
        stop(person, "receipt_withheld");
        person.does(ShowReceipt{});
        stop(person, "receipt");
    }

    void side_ways() {
        Scenario person = started();
        person.does(Next{}).does(Understand{}).ticks("/data/answering_as/path", "short").goes_on_to("/data/short");
        stop(person, "short");
        const auto overlay = [&](const char* name, const Event& opening) {
            person.does(opening);
            stop(person, name);
            person.does(CloseOverlay{}).does(CancelStop{});
        };
        overlay("help", OpenHelp{});
        overlay("languages", OpenLanguages{});
        overlay("accessibility", OpenAccessibility{});
        overlay("curtain", HideAnswers{});
        overlay("confirm_stop", AskStop{});
        person.wait(100s);
        stop(person, "idle_warning");
        person.does(Activity{}).does(AskStop{}).does(ConfirmStop{});
        stop(person, "erased");
        Scenario other = started();
        other.does(Next{}).does(Decline{});
        stop(other, "declined");
    }

    std::string language_;
    std::vector<Stop> stops_;
};

}  // namespace

std::vector<Stop> tour(const std::string& language) {
    return Tour(language).go();
}

}  // namespace pillarbox::tests
