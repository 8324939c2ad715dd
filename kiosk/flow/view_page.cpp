// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "kiosk/flow/choices.hpp"
#include "kiosk/flow/personal_details.hpp"
#include "kiosk/flow/view_parts.hpp"

namespace pillarbox::flow {

namespace {

QuestionKind kind_of(const form::Node& node) {
    using enum form::NodeType;
    if (node.type == select_one && node.has_appearance("likert"))
        return QuestionKind::rating;
    if (node.type == select_one && node.has_appearance("minimal"))
        return QuestionKind::choice_list;
    if (node.type == select_one)
        return QuestionKind::one_choice;
    if (node.type == select_multiple)
        return QuestionKind::many_choices;
    if (node.type == note)
        return QuestionKind::notice;
    if (node.type == acknowledge)
        return QuestionKind::acknowledge;
    if (node.type == integer || node.type == decimal)
        return QuestionKind::number;
    return node.has_appearance("multiline") ? QuestionKind::paragraph : QuestionKind::line;
}

Text or_else(const form::LocalizedText& text, const Session& session, const char* fallback) {
    const auto& found = text.in(session.language, session.setup.campaign->form->default_language);
    return found.empty() ? message(fallback) : ready(found);
}

Text text_of(const form::Problem& problem, const Session& session) {
    using enum form::ProblemKind;
    switch (problem.kind) {
        case required:
            return or_else(problem.message, session, "Answer this question to continue.");
        case constraint:
            return or_else(problem.message, session, "Check this answer.");
        case not_a_number:
            return or_else(problem.message, session, "Enter a number, for example 12.");
        case not_a_date:
            return or_else(problem.message, session, "Enter a date.");
        case not_a_choice:
            return or_else(problem.message, session, "Choose one of the answers.");
    }
    return {};
}

std::vector<ChoiceView> choices_view(const Session& session, const form::Node& node) {
    std::vector<ChoiceView> views;
    const auto& answers = *session.answers;
    const auto& value = answers.answer(node.path);
    if (node.type == form::NodeType::acknowledge)
        return {{"OK", message("I agree"), value == "OK"}};
    for (const auto* choice : answers.choices_of(node.path))
        views.push_back({choice->name, ready(choice->label.in(session.language, answers.form().default_language)),
                         is_chosen(value, choice->name)});
    return views;
}

QuestionView question_view(const Session& session, const form::Node& node) {
    const auto& answers = *session.answers;
    QuestionView view;
    view.path = node.path;
    view.kind = kind_of(node);
    view.label = ready(answers.label_of(node.path, session.language));
    view.hint = ready(answers.hint_of(node.path, session.language));
    view.required = answers.is_required(node.path);
    view.read_only = answers.is_read_only(node.path);
    view.value = answers.answer(node.path);
    view.choices = choices_view(session, node);
    if (session.refused_path != node.path)
        return view;
    view.refusal = or_else(node.constraint_message, session, "This does not go together with what you have chosen.");
    for (auto& choice : view.choices)
        if (choice.name == session.refused_choice)
            choice.refusal = view.refusal;
    return view;
}

void add_problems(PageView& view, const Session& session) {
    for (const auto& problem : session.answers->problems_in(session.page)) {
        const auto text = text_of(problem, session);
        view.problems.push_back({problem.path, text});
        const auto question = std::ranges::find(view.questions, problem.path, &QuestionView::path);
        if (question != view.questions.end())
            question->problem = text;
    }
}

std::vector<Text> answer_texts(const Session& session, const form::Node& node) {
    std::vector<Text> texts;
    const auto choices = choices_view(session, node);
    for (const auto& choice : choices)
        if (choice.chosen)
            texts.push_back(choice.label);
    const auto& value = session.answers->answer(node.path);
    if (choices.empty() && !value.empty())
        texts.push_back(ready(value));
    return texts;
}

}  // namespace

PageView page_view(const Session& session) {
    PageView view;
    const auto pages = relevant_pages(*session.answers);
    view.total = pages.size();
    for (std::size_t index = 0; index < pages.size(); ++index) {
        if (pages[index].node->path != session.page)
            continue;
        view.number = index + 1;
        view.heading = ready(session.answers->label_of(session.page, session.language));
        if (pages[index].node->is_container())
            view.hint = ready(session.answers->hint_of(session.page, session.language));
        for (const auto* question : pages[index].questions)
            if (session.answers->is_relevant(question->path))
                view.questions.push_back(question_view(session, *question));
    }
    if (session.shows_problems.contains(session.page))
        add_problems(view, session);
    return view;
}

CheckView check_view(const Session& session) {
    CheckView view;
    for (const auto& page : relevant_pages(*session.answers)) {
        CheckSection section{
            page.node->path, ready(session.answers->label_of(page.node->path, session.language)), {}};
        for (const auto* question : page.questions) {
            if (question->type == form::NodeType::note || !session.answers->is_relevant(question->path))
                continue;
            CheckAnswer answer{question->path,
                               ready(session.answers->label_of(question->path, session.language)),
                               answer_texts(session, *question),
                               {}};
            // Only where people write freely: a contact page is meant to hold a name.
            if (kind_of(*question) == QuestionKind::paragraph &&
                may_tell_who(session.answers->answer(question->path))) {
                answer.warning = message(
                    "This may hold a name, phone number or e-mail address. Change it if you do not want the "
                    "committee to see it.");
                view.has_warning = true;
            }
            section.answers.push_back(std::move(answer));
        }
        if (!section.answers.empty())
            view.sections.push_back(std::move(section));
    }
    return view;
}

}  // namespace pillarbox::flow
