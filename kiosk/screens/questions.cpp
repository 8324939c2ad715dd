// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/screens/questions.hpp"

#include "accessibility/messages/languages.hpp"
#include "accessibility/messages/numbers.hpp"
#include "kiosk/flow/numbers.hpp"
#include "kiosk/widgets/field.hpp"
#include "kiosk/widgets/select.hpp"
#include "kiosk/widgets/summary.hpp"

namespace pillarbox::screens {

namespace {

using flow::QuestionKind;
using flow::QuestionView;

constexpr int number_figures = 10;                   // how wide a number's field is
constexpr std::size_t number_characters_max = 18;    // as many as a number may have
constexpr std::size_t counter_characters_max = 200;  // how few are left when the counter appears

std::vector<widgets::Option> options_of(const Canvas& canvas, const QuestionView& question) {
    std::vector<widgets::Option> options;
    for (const auto& choice : question.choices)
        options.push_back(
            {.key = choice.name,
             .label = canvas.say(choice.label),
             .hint = canvas.say(choice.refusal),
             .choice = choice.chosen ? widgets::Choice::chosen : widgets::Choice::open,
             .availability = question.read_only ? widgets::Availability::disabled : widgets::Availability::enabled});
    return options;
}

widgets::ChoiceKind choice_kind(QuestionKind kind) {
    if (kind == QuestionKind::rating)
        return widgets::ChoiceKind::rating;
    const bool ticks = kind == QuestionKind::many_choices || kind == QuestionKind::acknowledge;
    return ticks ? widgets::ChoiceKind::several : widgets::ChoiceKind::one;
}

void draw_choices(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    widgets::ChoicesSpec spec{.key = question.path,
                              .kind = choice_kind(question.kind),
                              .label = shown_label(canvas, question, heading),
                              .name = canvas.say(question.label),
                              .hint = canvas.say(question.hint),
                              .error = error_of(canvas, question),
                              .options = options_of(canvas, question)};
    // "Don't know" stands beside the scale, not on it. The form's convention: a sixth option after five points.
    if (question.kind == QuestionKind::rating && question.choices.size() % 2 == 0)
        spec.unscaled = 1;
    if (const auto pressed = widgets::choices(canvas.ui, spec))
        canvas.emit(flow::ToggleChoice{question.path, question.choices[*pressed].name});
}

void draw_choice_list(const Canvas& canvas, const QuestionView& question) {
    const widgets::SelectSpec spec{.key = question.path,
                                   .label = canvas.say(question.label),
                                   .hint = canvas.say(question.hint),
                                   .error = error_of(canvas, question),
                                   .placeholder = canvas.say("Choose one"),
                                   .options = options_of(canvas, question),
                                   .reveal = canvas.reveal()};
    if (const auto pressed = widgets::select(canvas.ui, spec))
        canvas.emit(flow::SetAnswer{question.path, question.choices[*pressed].name});
}

widgets::FieldKeys keys_for(flow::Keys keys) {
    switch (keys) {
        case flow::Keys::letters:
            return widgets::FieldKeys::letters;
        case flow::Keys::whole_number:
            return widgets::FieldKeys::whole_number;
        case flow::Keys::decimal_number:
            return widgets::FieldKeys::decimal_number;
    }
    return widgets::FieldKeys::letters;
}

text::TextEditor& editor_for(const Canvas& canvas, const QuestionView& question, text::Lines lines) {
    if (question.kind != QuestionKind::number)
        return editor_of(canvas, question.path, {lines, flow::text_characters_max}, question.value,
                         std::equal_to<std::string>{});
    // A number is shown as the language writes it, and as it was typed while it means the same.
    return editor_of(canvas, question.path, {lines, number_characters_max},
                     messages::format_decimal(canvas.view.language, question.value),
                     [](const std::string& typed, const std::string& shown) {
                         return flow::as_number(typed) == flow::as_number(shown);
                     });
}

void draw_field(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    const bool several = question.kind == QuestionKind::paragraph;
    auto& editor = editor_for(canvas, question, several ? text::Lines::multiple : text::Lines::single);
    widgets::FieldSpec spec{.key = question.path,
                            .label = shown_label(canvas, question, heading),
                            .name = canvas.say(question.label),
                            .hint = canvas.say(question.hint),
                            .error = error_of(canvas, question),
                            .lines = several ? widgets::FieldLines::multiple : widgets::FieldLines::single,
                            .reveal = question.masked ? widgets::Reveal::masked : canvas.reveal(),
                            .direct = question.kind == QuestionKind::number ? widgets::Direct::left_to_right
                                                                            : widgets::Direct::by_content,
                            .keys = keys_for(question.keys),
                            .figures = question.kind == QuestionKind::number ? number_figures : 0};
    const auto left = flow::text_characters_max - editor.character_count();
    if (left <= counter_characters_max && question.kind != QuestionKind::number)
        spec.counter =
            canvas.speaker.say_count("You have {count} character left", "You have {count} characters left", left);
    if (widgets::text_field(canvas.ui, spec, editor) != widgets::FieldChange::none)
        canvas.emit(flow::SetAnswer{question.path, editor.text()});
}

void draw_note(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    const auto words = shown_label(canvas, question, heading);
    if (!words.empty())
        widgets::notice(canvas.ui, {question.path, widgets::NoticeKind::info, {}, words});
    if (!question.hint.empty())
        widgets::paragraph(canvas.ui, question.path + ".hint", canvas.say(question.hint), widgets::Emphasis::soft);
}

std::string read_only_text(const Canvas& canvas, const std::string& answer) {
    if (answer.empty())
        return canvas.say("Not answered");
    return canvas.reveal() == widgets::Reveal::masked ? std::string(widgets::masked_text) : answer;
}

void draw_read_only(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    std::string answer;
    for (const auto& text : question.answered)
        answer += (answer.empty() ? "" : "\n") + canvas.say(text);
    if (shown_label(canvas, question, heading).empty())
        return widgets::paragraph(canvas.ui, question.path, read_only_text(canvas, answer),
                                  widgets::Emphasis::strong);
    static_cast<void>(widgets::summary_row(
        canvas.ui,
        {.key = question.path, .question = canvas.say(question.label), .answer = answer, .reveal = canvas.reveal()}));
}

}  // namespace

std::string shown_label(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    auto label = canvas.say(question.label);
    return label == heading ? std::string{} : label;
}

std::string error_of(const Canvas& canvas, const QuestionView& question) {
    return canvas.say(question.problem.empty() ? question.refusal : question.problem);
}

text::TextEditor& editor_of(const Canvas& canvas, const std::string& key, const text::EditorLimits& limits,
                            const std::string& shown, const SameText& same) {
    auto found = canvas.fields.find(key);
    if (found == canvas.fields.end()) {
        const bool mirrored = messages::direction_of(canvas.view.language) == messages::TextDirection::right_to_left;
        const auto direction = mirrored ? text::Direction::right_to_left : text::Direction::left_to_right;
        text::TextEditor editor(limits, canvas.view.language, direction);
        found = canvas.fields.emplace(key, Field{std::move(editor), 0}).first;
    }
    auto& [editor, seen] = found->second;
    const auto hash = std::hash<std::string>{}(shown);
    if (hash != seen && !same(editor.text(), shown))
        editor.set_text(shown);
    seen = hash;
    return editor;
}

namespace {

void draw_by_kind(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    switch (question.kind) {
        case QuestionKind::one_choice:
        case QuestionKind::rating:
        case QuestionKind::many_choices:
        case QuestionKind::acknowledge:
            draw_choices(canvas, question, heading);
            break;
        case QuestionKind::choice_list:
            draw_choice_list(canvas, question);
            break;
        case QuestionKind::line:
        case QuestionKind::paragraph:
        case QuestionKind::number:
            draw_field(canvas, question, heading);
            break;
        case QuestionKind::date:
            draw_date(canvas, question, heading);
            break;
        case QuestionKind::range:
            draw_range(canvas, question, heading);
            break;
        case QuestionKind::ranking:
            draw_ranking(canvas, question, heading);
            break;
        case QuestionKind::notice:
            draw_note(canvas, question, heading);
            break;
    }
}

}  // namespace

void draw_question(const Canvas& canvas, const QuestionView& question, const std::string& heading) {
    const bool only_read = question.read_only && question.kind != QuestionKind::notice;
    only_read ? draw_read_only(canvas, question, heading) : draw_by_kind(canvas, question, heading);
    // What the form says of its question, and no widget draws.
    auto* node = canvas.ui.builder().find(canvas.ui.builder().id_of(question.path));
    if (node != nullptr && only_read)
        node->flags.add(semantics::Flag::read_only);
    if (node != nullptr && question.required)
        node->flags.add(semantics::Flag::required);
}

}  // namespace pillarbox::screens
