// SPDX-License-Identifier: GPL-3.0-or-later
//
// Staff as a list of events, and the kiosk's reports as a test wants them. Time moves only by wait().
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "kiosk/staff/staff.hpp"
#include "kiosk/staff/view_model.hpp"

namespace pillarbox::tests {

inline base::Day day(const char* text) {
    return base::parse_day(text).value();
}

// A station in order, on a day inside the call.
[[nodiscard]] inline staff::Facts good_facts() {
    staff::Facts facts;
    facts.station = "Test Library";
    facts.campaign = {.title = "The strategy",
                      .version = 3,
                      .opens = day("2023-01-01"),
                      .closes = day("2023-01-31"),
                      .expires = day("2023-12-31"),
                      .safeguarding = {}};
    facts.committee_key = "0011 2233";
    facts.committee_words = "shell sand daisy fruit uncle album";
    facts.today = day("2023-01-20");
    facts.last_known_day = day("2023-01-19");
    facts.figures = staff::Figures{.acknowledged = 5};
    facts.disk_free_mib = 900;
    return facts;
}

class StaffScenario {
  public:
    StaffScenario() { does(staff::Tick{now_}); }

    StaffScenario& does(const staff::Event& event) {
        auto step = staff::handle(std::move(session_), event);
        session_ = std::move(step.session);
        for (auto& effect : step.effects) {
            effects_.push_back(std::move(effect));
        }
        return *this;
    }
    StaffScenario& wait(std::chrono::seconds how_long) {
        for (auto left = how_long; left.count() > 0; --left) {
            does(staff::Tick{now_ += std::chrono::seconds{1}});
        }
        return *this;
    }
    StaffScenario& comes_to_the_door() { return does(staff::Enter{"en"}).does(staff::DoorSeen{}); }
    StaffScenario& types(std::string_view digits) {
        for (const char digit : digits) {
            does(staff::TypeDigit{digit});
        }
        return *this;
    }
    StaffScenario& comes_in(const staff::Facts& facts = good_facts()) {
        return comes_to_the_door().does(staff::Admitted{}).does(staff::FactsRead{facts, {}});
    }
    StaffScenario& opens(staff::Page page, const staff::Facts& facts = good_facts()) {
        return does(staff::Open{page}).does(staff::FactsRead{facts, {}});
    }

    [[nodiscard]] const staff::StaffSession& session() const { return session_; }
    [[nodiscard]] staff::StaffView view() const { return staff::view_of(session_); }
    template <typename Kind>
    [[nodiscard]] std::size_t asked_for() const {
        std::size_t count = 0;
        for (const auto& effect : effects_) {
            count += std::holds_alternative<Kind>(effect) ? 1U : 0U;
        }
        return count;
    }
    [[nodiscard]] const std::vector<staff::Effect>& effects() const { return effects_; }

    // Whether a block of this kind says so, in its title or text.
    [[nodiscard]] bool tells(staff::BlockKind kind, const std::string& message) const {
        for (const auto& block : view().blocks) {
            if (block.kind == kind && (block.title.message == message || block.text.message == message)) {
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] bool offers(const std::string& key) const {
        for (const auto& action : view().actions) {
            if (action.key == key) {
                return true;
            }
        }
        return false;
    }

  private:
    staff::StaffSession session_;
    std::vector<staff::Effect> effects_;
    std::chrono::seconds now_{1000};
};

}  // namespace pillarbox::tests
