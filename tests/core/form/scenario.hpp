// SPDX-License-Identifier: GPL-3.0-or-later
//
// A person at a form, as JavaRosa's tests have it: scenario.answer("/data/x", "a"), then what the form says to that.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/form/instance.hpp"
#include "core/form/workbook.hpp"
#include "workbook_builder.hpp"

namespace pillarbox::tests {

class Scenario {
  public:
    explicit Scenario(std::string_view markdown, std::string_view today = "2023-01-20")
        : instance_(start(workbook_of(markdown), today)) {}

    void answer(std::string_view path, std::string_view value) {
        INFO(path);
        REQUIRE(instance_.set_answer(path, value).has_value());
    }
    [[nodiscard]] const std::string& answer_of(std::string_view path) const { return instance_.answer(path); }
    [[nodiscard]] bool asks(std::string_view path) const { return instance_.is_relevant(path); }
    [[nodiscard]] form::Instance& instance() { return instance_; }

    // "required /data/name" for each problem under `path`, in order.
    [[nodiscard]] std::vector<std::string> problems(std::string_view path = {}) const {
        std::vector<std::string> texts;
        for (const form::Problem& problem : instance_.problems_in(path)) {
            texts.push_back(std::string(word_of(problem.kind)) + " " + problem.path);
        }
        return texts;
    }
    // "/data/name=Ann" for each answer, in order.
    [[nodiscard]] std::vector<std::string> answers() const {
        std::vector<std::string> texts;
        for (const form::Answer& each : instance_.answers()) {
            texts.push_back(each.path + "=" + each.value);
        }
        return texts;
    }
    [[nodiscard]] std::vector<std::string> choices(std::string_view path) const {
        std::vector<std::string> names;
        for (const form::Choice* choice : instance_.choices_of(path)) {
            names.push_back(choice->name);
        }
        return names;
    }

  private:
    static form::Instance start(const base::Bytes& workbook, std::string_view today) {
        auto form = form::read_workbook(workbook, "test.xlsx");
        INFO((form ? std::string() : form.error().describe()));
        REQUIRE(form.has_value());
        auto instance =
            form::Instance::start(std::make_shared<const form::Form>(*std::move(form)), {*base::parse_day(today)});
        REQUIRE(instance.has_value());
        return *std::move(instance);
    }
    static std::string_view word_of(form::ProblemKind kind) {
        switch (kind) {
            case form::ProblemKind::required:
                return "required";
            case form::ProblemKind::constraint:
                return "constraint";
            case form::ProblemKind::not_a_number:
                return "not_a_number";
            case form::ProblemKind::not_a_date:
                return "not_a_date";
            case form::ProblemKind::not_a_choice:
                return "not_a_choice";
        }
        return "?";
    }

    form::Instance instance_;
};

// All problems of a workbook, as `pillarbox campaign check` prints them.
[[nodiscard]] inline std::vector<std::string> refusals(std::string_view markdown) {
    std::vector<std::string> texts;
    for (const base::Error& error : form::check_workbook(workbook_of(markdown), "test.xlsx")) {
        CHECK_FALSE(error.remedy.empty());
        texts.push_back(error.where + " | " + error.what);
    }
    return texts;
}

}  // namespace pillarbox::tests
