// SPDX-License-Identifier: GPL-3.0-or-later
//
// A respondent as a list of events: the tests' language for the flow. Time moves only by wait().
#pragma once

#include <catch2/catch.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/file.hpp"
#include "core/campaign/campaign.hpp"
#include "kiosk/flow/flow.hpp"
#include "kiosk/flow/view_model.hpp"

namespace pillarbox::tests {

inline const base::Day inside_the_call = base::parse_day("2023-01-20").value();

// The demo campaign as the kiosk gets it, without the pack around it.
[[nodiscard]] inline std::shared_ptr<const campaign::Campaign> demo_campaign() {
    const auto path = std::string(PILLARBOX_SOURCE_DIR) + "/assets/campaigns/las-strategy-2023-28/form.xlsx";
    const auto workbook = base::read_file(path, campaign::pack_size_bytes_max).value();
    auto campaign = campaign::read_campaign_workbook(workbook, "form.xlsx");
    INFO((campaign.has_value() ? "" : campaign.error().describe()));
    REQUIRE(campaign.has_value());
    return std::make_shared<const campaign::Campaign>(*std::move(campaign));
}

class Scenario {
  public:
    explicit Scenario(flow::Setup setup) : session_(flow::begin(setup)) {}
    // The demo campaign inside its dates.
    Scenario() : Scenario(flow::Setup{.campaign = demo_campaign(), .today = inside_the_call}) {}

    Scenario& does(const flow::Event& event) {
        auto step = flow::handle(std::move(session_), event);
        session_ = std::move(step.session);
        for (auto& effect : step.effects)
            effects_.push_back(std::move(effect));
        return *this;
    }
    // Moves time on, with a tick each second as the app gives them.
    Scenario& wait(std::chrono::seconds how_long) {
        for (auto left = how_long; left.count() > 0; --left)
            does(flow::Tick{now_ += std::chrono::seconds{1}});
        return *this;
    }
    Scenario& reaches_the_form() {
        does(flow::Start{}).does(flow::Next{}).does(flow::Understand{});
        REQUIRE(page() == "/data/answering_as");
        return *this;
    }
    Scenario& answers(const std::string& path, const std::string& value) {
        return does(flow::SetAnswer{path, value});
    }
    Scenario& ticks(const std::string& path, const std::string& choice) {
        return does(flow::ToggleChoice{path, choice});
    }
    // Presses Next until the given page; fails after twenty.
    Scenario& goes_on_to(const std::string& wanted) {
        for (int presses = 0; page() != wanted && presses < 20; ++presses)
            does(flow::Next{});
        REQUIRE(page() == wanted);
        return *this;
    }
    // The short path to the check page, with the one answer that is required.
    Scenario& reaches_the_check_page(const std::string& words = "Waits are long") {
        reaches_the_form().ticks("/data/answering_as/path", "short").goes_on_to("/data/short");
        answers("/data/short/short_text", words).does(flow::Next{});
        ticks("/data/quotation/quote", "without_name").does(flow::Next{});
        REQUIRE(screen() == flow::Screen::check);
        return *this;
    }

    [[nodiscard]] const flow::Session& session() const { return session_; }
    [[nodiscard]] flow::Screen screen() const { return session_.screen; }
    [[nodiscard]] flow::Overlay overlay() const { return session_.overlay; }
    [[nodiscard]] const std::string& page() const { return session_.page; }
    [[nodiscard]] std::string answer(const std::string& path) const { return session_.answers->answer(path); }
    [[nodiscard]] flow::ViewModel view() const { return flow::view_of(session_); }
    [[nodiscard]] flow::PageView page_view() const { return std::get<flow::PageView>(view().body); }
    [[nodiscard]] flow::QuestionView question(const std::string& path) const {
        for (const auto& question : page_view().questions)
            if (question.path == path)
                return question;
        FAIL("the page does not ask " << path);
        return {};
    }
    [[nodiscard]] bool asks(const std::string& path) const {
        for (const auto& question : page_view().questions)
            if (question.path == path)
                return true;
        return false;
    }
    [[nodiscard]] const std::vector<flow::Effect>& effects() const { return effects_; }
    template <typename Kind>
    [[nodiscard]] std::vector<const Kind*> all_effects() const {
        std::vector<const Kind*> found;
        for (const auto& effect : effects_)
            if (const auto* kind = std::get_if<Kind>(&effect))
                found.push_back(kind);
        return found;
    }

  private:
    flow::Session session_;
    std::vector<flow::Effect> effects_;
    std::chrono::seconds now_{1000};
};

[[nodiscard]] inline std::string value_of(const submission::Submission& submission, const std::string& path) {
    for (const auto& answer : submission.answers)
        if (answer.path == path)
            return answer.value;
    return {};
}

}  // namespace pillarbox::tests
