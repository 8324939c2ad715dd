// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/kiosk/screens/staff_tour.hpp"

#include "tests/kiosk/flow/scenario.hpp"
#include "tests/kiosk/staff/staff_scenario.hpp"

namespace pillarbox::tests {
namespace {

using namespace staff;
using namespace std::chrono_literals;

Facts facts_in(const std::string& language) {
    Facts facts = good_facts();
    facts.station = language == "ar" ? "مكتبة بريكستون" : language == "bn" ? "ব্রিক্সটন লাইব্রেরি" : "Brixton Library";
    facts.campaign.title = demo_campaign()->text("title", language);
    facts.committee_key = "A464 C263 7A6F 4D98 445D 1C14 C8B9 476B";
    facts.battery = Battery{.percent = 83};
    facts.brightness = 70;
    return facts;
}

Facts bad_facts_in(const std::string& language) {
    Facts facts = facts_in(language);
    facts.last_known_day = day("2023-03-01");
    facts.disk_free_mib = 120;
    facts.battery = Battery{.percent = 12};
    facts.figures = Figures{.saved = 14, .sent = 3, .acknowledged = 120, .damaged = 1, .unsent_days = 4};
    facts.enrolment = Facts::Enrolment::missing;
    return facts;
}

class Tour {
  public:
    explicit Tour(std::string language) : language_(std::move(language)) {}

    std::vector<StaffStop> go() {
        door();
        pages();
        sending();
        hand_over();
        campaign();
        return std::move(stops_);
    }

  private:
    void stop(const StaffScenario& member, std::string name) {
        stops_.push_back({"staff_" + std::move(name), member.view()});
    }
    StaffScenario at_the_door(const DoorSeen& seen = {}) {
        StaffScenario member;
        member.does(Enter{language_}).does(seen);
        return member;
    }
    StaffScenario inside(Page page, const Facts& facts) {
        StaffScenario member = at_the_door();
        member.does(Admitted{}).does(FactsRead{facts, {}});
        member.opens(page, facts);
        return member;
    }
    StaffScenario inside(Page page) { return inside(page, facts_in(language_)); }

    void door() {
        stop(at_the_door().types("480215"), "door");
        stop(at_the_door().types("111111").does(Unlock{}).does(WrongPin{30s}), "door_waiting");
        stop(at_the_door({DoorSeen::Pin::missing, 0s}), "door_without_pin");
    }
    void pages() {
        const Page all[] = {Page::home,         Page::check,      Page::sending,  Page::assist,
                            Page::safeguarding, Page::brightness, Page::cleaning, Page::ending};
        int number = 0;
        for (const Page page : all) {
            stop(inside(page), "page_" + std::to_string(++number));
        }
        stop(inside(Page::home, bad_facts_in(language_)), "home_out_of_order");
        stop(inside(Page::check, bad_facts_in(language_)).does(TestDone{TestResult::failed}), "check_out_of_order");
        stop(inside(Page::closing).does(TallySigned{"tally-2023-01-20.txt", "3F9A-11C2"}), "closing");
        stop(inside(Page::closing).does(TallySigned{}), "closing_failed");
    }
    void sending() {
        stop(inside(Page::sending).does(StartSending{}).does(SendingProgress{70'000, 200'000}), "sending");
        for (int result = 0; result <= static_cast<int>(SendingResult::failed); ++result) {
            const SendingEnded ended{static_cast<SendingResult>(result), 12, 3};
            stop(inside(Page::sending).does(StartSending{}).does(ended), "sent_" + std::to_string(result));
        }
    }
    void hand_over() {
        stop(inside(Page::hand_over), "hand_over");
        for (int result = 0; result <= static_cast<int>(HandOverResult::failed); ++result) {
            const HandedOver done{static_cast<HandOverResult>(result), 7};
            stop(inside(Page::hand_over).does(done), "handed_over_" + std::to_string(result));
        }
    }
    void campaign() {
        stop(inside(Page::campaign), "campaign");
        stop(inside(Page::campaign, bad_facts_in(language_)), "campaign_refused");
        for (int verdict = 0; verdict <= static_cast<int>(PackVerdict::unaskable); ++verdict) {
            PackSeen seen{static_cast<PackVerdict>(verdict), {}};
            seen.campaign = facts_in(language_).campaign;
            stop(inside(Page::campaign).does(seen), "campaign_" + std::to_string(verdict));
        }
        for (const auto outcome : {CampaignInstalled::Outcome::done, CampaignInstalled::Outcome::failed}) {
            const bool done = outcome == CampaignInstalled::Outcome::done;
            stop(inside(Page::campaign).does(CampaignInstalled{outcome}), done ? "changed" : "not_changed");
        }
    }

    std::string language_;
    std::vector<StaffStop> stops_;
};

}  // namespace

std::vector<StaffStop> staff_tour(const std::string& language) {
    return Tour(language).go();
}

}  // namespace pillarbox::tests
