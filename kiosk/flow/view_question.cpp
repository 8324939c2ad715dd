// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "kiosk/flow/choices.hpp"
#include "kiosk/flow/date_parts.hpp"
#include "kiosk/flow/numbers.hpp"
#include "kiosk/flow/view_parts.hpp"

namespace pillarbox::flow {

namespace {

using form::NodeType;

QuestionKind kind_of_select(const form::Node& node) {
    if (node.type == NodeType::select_multiple)
        return QuestionKind::many_choices;
    if (node.has_appearance("likert"))
        return QuestionKind::rating;
    // All of these keep a long list out of the way until it is wanted.
    const bool folded =
        node.has_appearance("minimal") || node.has_appearance("autocomplete") || node.has_appearance("search");
    return folded ? QuestionKind::choice_list : QuestionKind::one_choice;
}

Text or_else(const form::LocalizedText& text, const Session& session, const char* fallback) {
    const auto& found = text.in(session.language, session.setup.campaign->form->default_language);
    return found.empty() ? message(fallback) : ready(found);
}

Text label_of_choice(const Session& session, const form::Choice& choice) {
    const auto& label = choice.label.in(session.language, session.answers->form().default_language);
    return ready(label.empty() ? choice.name : label);
}

std::vector<ChoiceView> choices_view(const Session& session, const Question& question) {
    std::vector<ChoiceView> views;
    const auto& answers = *session.answers;
    const auto& value = answers.answer(question.path);
    if (question.node->type == NodeType::acknowledge)
        return {{"OK", message("I agree"), value == "OK"}};
    auto offered = answers.choices_of(question.path);
    if (question.node->type == NodeType::rank)
        offered = ranked(value, offered);
    for (const auto* choice : offered)
        views.push_back({choice->name, label_of_choice(session, *choice), is_chosen(value, choice->name)});
    return views;
}

// What stands at a step of a range: its label, where the form gives one, else the number.
Text step_text(const Session& session, const form::Node& node, const Scale& scale, std::size_t step) {
    const auto labels = node.parameters.find("tick_labelset");
    const auto& lists = session.answers->form().choice_lists;
    const auto list = labels == node.parameters.end() ? lists.end() : lists.find(labels->second);
    if (list != lists.end())
        for (const auto& choice : list->second.choices)
            if (scale.step_of(choice.name) == step)
                return label_of_choice(session, choice);
    auto number = scale.value_at(step);
    if (number.find('.') != std::string::npos)  // "16.0" is kept, and "16" is read
        number.erase(number.find_last_not_of('0') + 1);
    if (number.ends_with('.'))
        number.pop_back();
    return written(Decimal{std::move(number)});
}

RangeView range_view(const Session& session, const Question& question) {
    const Scale scale(*question.node);
    RangeView view;
    view.last = scale.last();
    view.step = scale.step_of(session.answers->answer(question.path));
    view.low = scale.number_at(0);
    view.high = scale.number_at(scale.last());
    view.stride = scale.last() > 0 ? scale.number_at(1) - view.low : 0;
    view.low_label = step_text(session, *question.node, scale, 0);
    view.high_label = step_text(session, *question.node, scale, scale.last());
    const auto waits = question.node->parameters.find("placeholder");
    if (waits != question.node->parameters.end())
        view.first_step = scale.step_of(waits->second).value_or(0);
    if (view.step) {
        view.number = scale.number_at(*view.step);
        view.chosen = step_text(session, *question.node, scale, *view.step);
    }
    return view;
}

Text name_of(DatePart part) {
    switch (part) {
        case DatePart::day:
            return message("Day");
        case DatePart::month:
            return message("Month");
        case DatePart::year:
            return message("Year");
        case DatePart::hour:
            return message("Hour");
        case DatePart::minute:
            return message("Minutes");
    }
    return {};
}

std::vector<DatePartView> parts_view(const Session& session, const Question& question) {
    std::vector<DatePartView> views;
    for (const DatePart part : parts_asked(*question.node))
        views.push_back({part, name_of(part), part_of(*question.node, session.answers->answer(question.path), part)});
    return views;
}

// How a date is to be written, where the form doesn't say.
Text hint_of(const Session& session, const Question& question) {
    auto hint = ready(session.answers->hint_of(question.path, session.language));
    if (!hint.empty())
        return hint;
    if (question.node->type == NodeType::date && parts_asked(*question.node).size() == 3)
        return message("For example, 27 3 2023.");
    if (question.node->type == NodeType::time)
        return message("For example, 14 30 for half past two in the afternoon.");
    return {};
}

Keys keys_of(const form::Node& node) {
    if (node.type == NodeType::integer || !parts_asked(node).empty())
        return Keys::whole_number;
    if (node.type == NodeType::decimal)
        return Keys::decimal_number;
    return node.type == NodeType::text && node.has_appearance("numbers") ? Keys::whole_number : Keys::letters;
}

// Where the form has no words of its own: as many as are allowed, or one that doesn't fit.
Text refusal_of(const Session& session, const Question& question) {
    const bool several = split_choices(session.answers->answer(question.path)).size() > 1;
    return or_else(question.node->constraint_message, session,
                   several ? "You have chosen as many as you can. Touch one of them to take it away first."
                           : "This does not go together with what you have chosen.");
}

}  // namespace

QuestionKind kind_of(const form::Node& node) {
    switch (node.type) {
        case NodeType::select_one:
        case NodeType::select_multiple:
            return is_only_shown(node) ? QuestionKind::notice : kind_of_select(node);
        case NodeType::note:
            return QuestionKind::notice;
        case NodeType::acknowledge:
            return QuestionKind::acknowledge;
        case NodeType::integer:
        case NodeType::decimal:
            return QuestionKind::number;
        case NodeType::date:
        case NodeType::time:
        case NodeType::date_time:
            return QuestionKind::date;
        case NodeType::range:
            return QuestionKind::range;
        case NodeType::rank:
            return QuestionKind::ranking;
        case NodeType::text:
        case NodeType::group:
        case NodeType::repeat:
        case NodeType::audio:
        case NodeType::image:
        case NodeType::calculate:
        case NodeType::hidden:
        case NodeType::start:
        case NodeType::end:
        case NodeType::today:
        case NodeType::geopoint:
        case NodeType::geotrace:
        case NodeType::geoshape:
        case NodeType::barcode:
        case NodeType::video:
        case NodeType::file:
        case NodeType::start_geopoint:
        case NodeType::background_geopoint:
        case NodeType::background_audio:
        case NodeType::device_property:
        case NodeType::audit:
            break;
    }
    return node.has_appearance("multiline") ? QuestionKind::paragraph : QuestionKind::line;
}

Text label_of(const Session& session, const Question& question) {
    const auto label = session.answers->label_of(question.path, session.language);
    if (!label.empty())
        return ready(label);
    const auto hint = session.answers->hint_of(question.path, session.language);
    return ready(hint.empty() ? question.node->name : hint);
}

Text text_of_problem(const Session& session, const Question& question, const form::Problem& problem) {
    using enum form::ProblemKind;
    switch (problem.kind) {
        case required:
            return or_else(problem.message, session, "Answer this question to continue.");
        case constraint:
            return or_else(problem.message, session, "Check this answer.");
        case not_a_number:
            return or_else(problem.message, session,
                           question.node->type == NodeType::integer ? "Enter a whole number, for example 12."
                                                                    : "Enter a number, for example 12.");
        case not_a_date:
            return problem_of_date(*question.node, session.answers->answer(question.path)).text;
        case not_a_choice:
            return or_else(problem.message, session,
                           question.node->type == NodeType::rank ? "Put the answers in order again."
                                                                 : "Choose one of the answers.");
    }
    return {};
}

QuestionView question_view(const Session& session, const Question& question) {
    const auto& answers = *session.answers;
    const form::Node& node = *question.node;
    QuestionView view;
    view.path = question.path;
    view.kind = kind_of(node);
    view.label = label_of(session, question);
    view.hint = hint_of(session, question);
    if (view.hint == view.label)
        view.hint = {};
    view.required = answers.is_required(question.path);
    view.read_only = answers.is_read_only(question.path);
    view.value = answers.answer(question.path);
    view.choices = choices_view(session, question);
    view.parts = parts_view(session, question);
    view.keys = keys_of(node);
    view.masked = node.has_appearance("masked");
    if (view.kind == QuestionKind::range)
        view.range = range_view(session, question);
    if (view.read_only)
        view.answered = answer_texts(session, question);
    if (session.refused_path != question.path)
        return view;
    view.refusal = refusal_of(session, question);
    for (auto& choice : view.choices)
        if (choice.name == session.refused_choice)
            choice.refusal = view.refusal;
    return view;
}

std::vector<Text> answer_texts(const Session& session, const Question& question) {
    const auto& value = session.answers->answer(question.path);
    if (value.empty())
        return {};
    switch (kind_of(*question.node)) {
        case QuestionKind::date:
            return date_texts(*question.node, value);
        case QuestionKind::number:
            return {written(Decimal{value})};
        case QuestionKind::range: {
            const Scale scale(*question.node);
            const auto step = scale.step_of(value);
            return {step ? step_text(session, *question.node, scale, *step) : ready(value)};
        }
        case QuestionKind::one_choice:
        case QuestionKind::rating:
        case QuestionKind::choice_list:
        case QuestionKind::many_choices:
        case QuestionKind::acknowledge:
        case QuestionKind::ranking:
            break;
        case QuestionKind::line:
        case QuestionKind::paragraph:
        case QuestionKind::notice:
            return {ready(value)};
    }
    std::vector<Text> texts;
    const bool in_order = question.node->type == NodeType::rank;
    for (const auto& choice : choices_view(session, question))
        if (choice.chosen && in_order)
            texts.push_back(message("{number}. {answer}", {{"number", static_cast<std::uint64_t>(texts.size() + 1)},
                                                           {"answer", choice.label.ready}}));
        else if (choice.chosen)
            texts.push_back(choice.label);
    return texts;
}

}  // namespace pillarbox::flow
