// SPDX-License-Identifier: GPL-3.0-or-later
//
// What it costs a form to follow one changed answer, over forms of growing size and three ways in which their
// expressions hang together. All sizes take turns, so that their growth is fair.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "core/base/check.hpp"
#include "core/form/instance.hpp"
#include "core/form/workbook.hpp"
#include "tests/bench/paired.hpp"
#include "tests/core/form/workbook_builder.hpp"

namespace {

using namespace pillarbox;

// One expression for each question.
//   neighbours: each question is relevant by the answer before it: a change concerns one expression
//   one_for_all: every question is relevant by the first answer: a change concerns them all at once
//   chain: every value is calculated from the one before: a change runs through the whole form
enum class Shape { neighbours, one_for_all, chain };

std::string_view name_of(Shape shape) {
    switch (shape) {
        case Shape::neighbours:
            return "neighbours";
        case Shape::one_for_all:
            return "one-for-all";
        case Shape::chain:
            return "chain";
    }
    return {};
}

std::string row_of(Shape shape, int number) {
    const std::string before = "${q" + std::to_string(number - 1) + "}";
    const std::string start = "| | " + std::string(shape == Shape::chain ? "calculate" : "integer") + " | q" +
                              std::to_string(number) + " | Question |";
    switch (shape) {
        case Shape::neighbours:
            return start + " " + before + " != 7 | |\n";
        case Shape::one_for_all:
            return start + " ${q0} != " + std::to_string(number) + " | |\n";
        case Shape::chain:
            return start + " | " + before + " + 1 |\n";
    }
    return {};
}

form::Instance start_form(Shape shape, int questions) {
    std::string markdown =
        "| survey |\n| | type | name | label | relevant | calculation |\n| | integer | q0 | First | | |\n";
    for (int number = 1; number <= questions; ++number) {
        markdown += row_of(shape, number);
    }
    auto form = form::read_workbook(tests::workbook_of(markdown), "bench.xlsx").value();
    return form::Instance::start(std::make_shared<const form::Form>(std::move(form)),
                                 {*base::parse_day("2023-01-20")})
        .value();
}

struct Subject {
    std::string figure;
    form::Instance instance;
};

// What the kiosk does for one: sets it, then asks which questions are there now and what the last one says.
void change(form::Instance& instance, int turn) {
    // Other answers each time, so that every change is one.
    PILLARBOX_CHECK(instance.set_answer("/data/q0", std::to_string(1000 + turn % 7)).has_value());
    const auto& questions = instance.form().nodes;
    PILLARBOX_CHECK(
        std::ranges::all_of(questions, [&](const auto& node) { return instance.is_relevant(node.path); }));
    PILLARBOX_CHECK(instance.answer(questions.back().path).empty() ==
                    (questions.back().type != form::NodeType::calculate));
}

}  // namespace

int main(int argument_count, char* arguments[]) {
    CLI::App command{"Measures what a changed answer costs a form of 50 to 500 questions."};
    int pairs = 200;
    command.add_option("--pairs", pairs, "How often each form takes its turn");
    CLI11_PARSE(command, argument_count, arguments);
    constexpr double limit_us = 1000;
    std::vector<Subject> subjects;
    for (const Shape shape : {Shape::neighbours, Shape::one_for_all, Shape::chain}) {
        for (const int questions : {50, 100, 250, 500}) {
            subjects.push_back({"form-" + std::string(name_of(shape)) + "-" + std::to_string(questions),
                                start_form(shape, questions)});
        }
    }
    for (int pair = -1; pair < pairs; ++pair) {
        for (Subject& subject : subjects) {
            const double spent_us =
                bench::measure(bench::Time::processor, 1, [&] { change(subject.instance, pair + 1); });
            if (pair >= 0) {
                bench::print_pair(subject.figure, spent_us, limit_us);
            }
        }
    }
    return 0;
}
