// SPDX-License-Identifier: GPL-3.0-or-later
//
// One page of the form: the heading is the question; what is wrong stands first.
#include <algorithm>

#include "kiosk/screens/questions.hpp"
#include "kiosk/screens/screen_list.hpp"
#include "kiosk/widgets/summary.hpp"

namespace pillarbox::screens {

namespace {

void problems(const Canvas& canvas, const flow::PageView& view) {
    if (view.problems.empty())
        return;
    std::vector<widgets::ErrorLink> links;
    for (const auto& problem : view.problems)
        links.push_back(
            {problem.part ? key_of_part(problem.path, *problem.part) : problem.path, canvas.say(problem.text)});
    widgets::error_summary(canvas.ui, "problems", links);
    widgets::gap(canvas.ui);
}

// Many short choices stand side by side where there is width for it; anything else is better read in a narrow column.
widgets::PageColumn column_of(const flow::PageView& view) {
    constexpr std::size_t many = 4;
    const bool long_list = std::ranges::any_of(view.questions, [](const flow::QuestionView& question) {
        const bool cards =
            question.kind == flow::QuestionKind::one_choice || question.kind == flow::QuestionKind::many_choices;
        return cards && question.choices.size() >= many;
    });
    return long_list ? widgets::PageColumn::wide : widgets::PageColumn::reading;
}

// Whether "hide my answers" hides anything here. What is being chosen among cards stays to be seen: nobody can choose
// in the dark.
bool shows_answers(const flow::PageView& view) {
    using enum flow::QuestionKind;
    const bool fields = std::ranges::any_of(view.questions, [](const flow::QuestionView& question) {
        return question.read_only || question.kind == line || question.kind == paragraph || question.kind == number ||
               question.kind == date || question.kind == choice_list;
    });
    return fields || (view.list && !view.list->repetitions.empty());
}

}  // namespace

void draw_form_page(const Canvas& canvas, const flow::PageView& view) {
    const auto step = flow::message("Step {number} of {total}", {{"number", view.number}, {"total", view.total}});
    widgets::ProgressSpec progress{canvas.say(step), static_cast<int>(view.number), static_cast<int>(view.total)};
    const Footer footer{.next_label = canvas.say("Next"), .column = column_of(view)};
    page(canvas, std::move(progress), footer, [&] {
        problems(canvas, view);
        for (std::size_t index = 0; index < view.captions.size(); ++index)
            widgets::caption(canvas.ui, "caption-" + std::to_string(index), canvas.say(view.captions[index]));
        widgets::heading(canvas.ui, "heading", canvas.say(view.heading));
        say_paragraph(canvas, "hint", view.hint, widgets::Emphasis::soft);
        if (shows_answers(view))
            reveal_button(canvas);
        widgets::gap(canvas.ui);
        for (const auto& question : view.questions) {
            draw_question(canvas, question, canvas.say(view.heading));
            widgets::large_gap(canvas.ui);
        }
        if (view.list)
            draw_repetitions(canvas, *view.list);
        if (!view.removable.empty())
            draw_remove(canvas, view.removable, view.removable_name);
    });
}

}  // namespace pillarbox::screens
