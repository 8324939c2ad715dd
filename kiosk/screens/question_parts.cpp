// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "accessibility/messages/languages.hpp"
#include "kiosk/flow/date_parts.hpp"
#include "kiosk/screens/questions.hpp"
#include "kiosk/widgets/date_fields.hpp"
#include "kiosk/widgets/ranking.hpp"
#include "kiosk/widgets/stepper.hpp"

namespace pillarbox::screens {

namespace {

using flow::DatePart;
using flow::QuestionView;

std::string_view name_of(DatePart part) {
    switch (part) {
        case DatePart::day:
            return "day";
        case DatePart::month:
            return "month";
        case DatePart::year:
            return "year";
        case DatePart::hour:
            return "hour";
        case DatePart::minute:
            return "minute";
    }
    return {};
}

constexpr std::size_t figures_of(DatePart part) {
    return part == DatePart::year ? 4 : 2;
}

// A hint that says how, where the form's own says nothing.
std::string hint_or(const Canvas& canvas, const QuestionView& question, std::string_view english) {
    return question.hint.empty() ? canvas.say(english) : canvas.say(question.hint);
}

// Nobody takes a required answer away to leave it empty.
std::string clear_label(const Canvas& canvas, const QuestionView& question) {
    return question.required ? std::string{} : canvas.say("Clear this answer");
}

widgets::RankItem rank_item(const Canvas& canvas, const QuestionView& question, std::size_t index) {
    const auto& choice = question.choices[index];
    const auto label = canvas.say(choice.label);
    const auto number = static_cast<std::uint64_t>(index + 1);
    const auto total = static_cast<std::uint64_t>(question.choices.size());
    return {.key = choice.name,
            .label = label,
            .number = messages::format_number(canvas.view.language, number),
            .place = canvas.say(flow::message("{number} of {total}", {{"number", number}, {"total", total}})),
            .up_name = canvas.say(flow::message("Move up: {answer}", {{"answer", label}})),
            .down_name = canvas.say(flow::message("Move down: {answer}", {{"answer", label}}))};
}

}  // namespace

std::string key_of_part(const std::string& path, DatePart part) {
    return path + "/" + std::string(name_of(part));
}

void draw_date(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    widgets::DateFieldsSpec spec{.key = question.path,
                                 .label = shown_label(canvas, question, heading),
                                 .name = canvas.say(question.label),
                                 .hint = canvas.say(question.hint),
                                 .error = error_of(canvas, question)};
    std::vector<text::TextEditor*> editors;
    for (const auto& part : question.parts) {
        const auto key = key_of_part(question.path, part.part);
        const auto figures = figures_of(part.part);
        spec.fields.push_back(
            {.key = key,
             .label = canvas.say(part.label),
             .figures = static_cast<int>(figures),
             .marking = part.wrong ? widgets::Marking::wrong : widgets::Marking::none,
             .row = part.part == DatePart::hour ? widgets::RowStart::here : widgets::RowStart::where_full,
             .reveal = canvas.reveal()});
        editors.push_back(&editor_of(canvas, key, {text::Lines::single, figures},
                                     canvas.speaker.say(flow::written(flow::Decimal{part.value})), flow::same_part));
    }
    if (const auto changed = widgets::date_fields(canvas.ui, spec, editors))
        canvas.emit(flow::SetDatePart{question.path, question.parts[*changed].part, editors[*changed]->text()});
}

void draw_range(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    const auto& range = question.range;
    const widgets::StepperSpec spec{
        .key = question.path,
        .label = shown_label(canvas, question, heading),
        .name = canvas.say(question.label),
        .hint = canvas.say(question.hint),
        .error = error_of(canvas, question),
        .last = range.last,
        .step = range.step,
        .first_step = range.first_step,
        .value = canvas.say(range.chosen),
        .low = canvas.say(range.low_label),
        .high = canvas.say(range.high_label),
        .range = {range.number, std::min(range.low, range.high), std::max(range.low, range.high), range.stride},
        .clear_label = clear_label(canvas, question)};
    const auto change = widgets::stepper(canvas.ui, spec);
    if (change && change->step)
        canvas.emit(flow::SetStep{question.path, *change->step});
    else if (change)
        canvas.emit(flow::SetAnswer{question.path, {}});
}

void draw_ranking(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    widgets::RankingSpec spec{
        .key = question.path,
        .label = shown_label(canvas, question, heading),
        .name = canvas.say(question.label),
        .hint = hint_or(canvas, question, "Touch the arrows to put the answers in your order, the first on top."),
        .error = error_of(canvas, question),
        .state = question.value.empty() ? widgets::RankState::untouched : widgets::RankState::ordered,
        .confirm_label = canvas.say("This order is right"),
        .clear_label = clear_label(canvas, question)};
    for (std::size_t index = 0; index < question.choices.size(); ++index)
        spec.items.push_back(rank_item(canvas, question, index));
    const auto change = widgets::ranking(canvas.ui, spec);
    if (!change)
        return;
    const auto& choice = question.choices[change->index].name;
    switch (change->press) {
        case widgets::RankPress::up:
            canvas.emit(flow::MoveChoice{question.path, choice, flow::Move::up});
            break;
        case widgets::RankPress::down:
            canvas.emit(flow::MoveChoice{question.path, choice, flow::Move::down});
            break;
        case widgets::RankPress::confirm:
            canvas.emit(flow::MoveChoice{question.path, {}, flow::Move::confirm});
            break;
        case widgets::RankPress::clear:
            canvas.emit(flow::SetAnswer{question.path, {}});
            break;
    }
}

}  // namespace pillarbox::screens
