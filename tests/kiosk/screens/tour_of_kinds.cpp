// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/flow/all_kinds.hpp"
#include "tests/kiosk/flow/scenario.hpp"
#include "tests/kiosk/screens/tour.hpp"

namespace pillarbox::tests {
namespace {

using namespace flow;

class TourOfKinds {
  public:
    explicit TourOfKinds(const std::string& language)
        : person_(Setup{.campaign = campaign_of(all_kinds_markdown()), .today = inside_the_call}) {
        person_.does(Start{}).does(ChooseLanguage{language}).does(Next{}).does(Understand{});
    }

    std::vector<Stop> go() {
        stop("note");
        person_.does(Next{});
        scales();
        numbers();
        dates();
        choices();
        texts();
        repeats();
        person_.does(Next{});
        stop("check");
        return std::move(stops_);
    }

  private:
    void stop(const std::string& name, std::string focus = {}) {
        stops_.push_back({"kind_" + name, person_.view(), std::move(focus)});
    }
    void parts(const std::string& path, const std::vector<std::pair<DatePart, std::string>>& typed) {
        for (const auto& [part, text] : typed)
            person_.does(SetDatePart{path, part, text});
    }

    void scales() {
        stop("rank_untouched");
        person_.does(MoveChoice{"/data/order", "walk", Move::up});
        stop("rank");
        person_.does(Next{});
        stop("range_untouched");
        person_.does(SetStep{"/data/satisfied", 7});
        stop("range");
        person_.does(Next{}).does(SetStep{"/data/warmth", 9});
        stop("range_decimal");
        person_.does(Next{});
    }

    void numbers() {
        stop("integer_typing", "/data/trips");
        person_.answers("/data/trips", "many").does(Next{});
        stop("integer_wrong");
        person_.answers("/data/trips", "2").does(Next{}).answers("/data/fare", "1.75");
        stop("decimal_typing", "/data/fare");
        person_.does(Next{});
    }

    void dates() {
        stop("date_typing", "/data/moved/day");
        parts("/data/moved", {{DatePart::day, "31"}, {DatePart::month, "4"}, {DatePart::year, "20"}});
        person_.does(Next{});
        stop("date_wrong");
        parts("/data/moved", {{DatePart::day, "3"}, {DatePart::year, "2019"}});
        stop("date");
        person_.does(Next{});
        stop("year");
        parts("/data/born", {{DatePart::year, "1970"}});
        person_.does(Next{});
        parts("/data/since", {{DatePart::month, "5"}, {DatePart::year, "2021"}});
        stop("month");
        person_.does(Next{});
        parts("/data/leaves", {{DatePart::hour, "8"}, {DatePart::minute, "05"}});
        stop("time");
        person_.does(Next{});
        parts("/data/late", {{DatePart::day, "20"},
                             {DatePart::month, "1"},
                             {DatePart::year, "2023"},
                             {DatePart::hour, "23"},
                             {DatePart::minute, "0"}});
        stop("date_time");
        person_.does(Next{});
    }

    void choices() {
        const std::string uses = "/data/choosing/uses";
        person_.ticks("/data/choosing/cleaner", "a4").ticks(uses, "work").ticks(uses, "other").ticks(uses, "school");
        stop("choices_one_too_many");
        person_.does(Next{});
        stop("table");
        person_.does(Next{});
    }

    void texts() {
        person_.answers("/data/name", "Ada").does(Next{}).does(Next{}).answers("/data/code", "1234");
        stop("masked");
        person_.does(Next{});
        stop("read_only");
        person_.does(Next{});
    }

    void repeats() {
        person_.answers("/data/person[1]/person_name", "Ada");
        stop("repeat");
        person_.goes_on_to("/data/person").does(AddRepetition{"/data/person"});
        person_.answers("/data/person[2]/person_name", "Grace").goes_on_to("/data/person");
        stop("repeat_list");
        person_.does(AskRemove{"/data/person[2]"});
        stop("repeat_remove");
        person_.does(CancelRemove{}).does(Next{});
        stop("repeat_counted");
        person_.does(Next{}).does(Next{}).ticks("/data/understood", "OK");
        stop("acknowledge");
    }

    Scenario person_;
    std::vector<Stop> stops_;
};

}  // namespace

std::vector<Stop> tour_of_kinds(const std::string& language) {
    return TourOfKinds(language).go();
}

}  // namespace pillarbox::tests
