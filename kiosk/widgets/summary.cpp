// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/summary.hpp"

#include <algorithm>

#include "kiosk/widgets/button.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

Press summary_row(Ui& ui, const SummaryRowSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const ButtonSpec change{.key = spec.key + "/change", .label = spec.change_label, .kind = ButtonKind::link};
    const float button_width = spec.change_label.empty() ? 0 : width_of_button(ui, change);
    // A long word for "Change" at 200 % must not squeeze the answer: then it goes below.
    const bool below = button_width > ui.flow().width * 0.35F;
    const float text_width = ui.flow().width - (below ? 0 : button_width + tokens.gap);
    const TextSpec question_spec{.size_px = tokens.help_px, .line_height = 1.25F};
    const TextSpec answer_spec{.size_px = tokens.body_px,
                               .weight = text::Weight::semibold,
                               .direction_source = text::DirectionSource::first_strong_letter,
                               .line_height = 1.25F};
    const bool masked = spec.reveal == Reveal::masked && !spec.answer.empty();
    const std::string_view answer =
        spec.answer.empty() ? std::string_view(ui.words().not_answered) : (masked ? masked_text : spec.answer);
    const Colour answer_ink = spec.answer.empty() ? ui.palette().ink_soft : ui.palette().ink;
    const auto question = ui.lay_out(spec.question, question_spec, text_width);
    const auto answered = ui.lay_out(answer, answer_spec, text_width);
    const float button_height = spec.change_label.empty() ? 0 : height_of_button(ui, change, button_width);
    const float text_height = question->height() + tokens.gap_small / 2 + answered->height();
    const float height = below ? text_height + button_height : std::max(text_height, button_height);
    const Rect row = ui.take(height + 2 * tokens.gap);
    const Rect question_box{row.x, row.y + tokens.gap, text_width, question->height()};
    const Rect answer_box{row.x, question_box.bottom() + tokens.gap_small / 2, text_width, answered->height()};
    ui.painter().text(*question, question_box, ui.palette().ink_soft);
    ui.painter().text(*answered, answer_box, answer_ink);
    ui.painter().fill({row.x, row.bottom() - tokens.border, row.width, tokens.border}, ui.palette().line);

    Node& node = ui.open_node(spec.key, Role::group, row);
    node.name = spec.question;
    if (masked) {
        node.flags.add(semantics::Flag::masked);
    } else {
        node.value = answer;
    }
    node.flags.add(semantics::Flag::private_text);
    ui.note_text(node, *question, question_box, question_spec, ui.palette().ink_soft, ui.palette().page);
    ui.note_text(node, *answered, answer_box, answer_spec, answer_ink, ui.palette().page);
    Press press = Press::none;
    if (!spec.change_label.empty()) {
        const float inset = tokens.gap;  // the word lines up with the column's edge
        const Rect place =
            below ? Rect{row.x - inset, answer_box.bottom(), button_width, button_height}
                  : Rect{row.right() - button_width + inset, row.y + tokens.gap / 2, button_width, button_height};
        press = button_at(ui, change, place);
        if (Node* button = ui.builder().find(ui.builder().id_of(change.key)); button != nullptr) {
            button->name = spec.change_name.empty() ? spec.change_label : spec.change_name;
        }
    }
    ui.close_node();
    return press;
}

void error_summary(Ui& ui, std::string_view key, const std::vector<ErrorLink>& errors) {
    if (errors.empty()) {
        return;
    }
    const Tokens& tokens = ui.tokens();
    const TextSpec title_spec{.size_px = tokens.title_px, .weight = text::Weight::bold};
    const float inner = ui.flow().width - 2 * tokens.padding;
    const auto title = ui.lay_out(ui.words().error_heading, title_spec, inner);
    std::vector<ButtonSpec> links;
    float height = tokens.padding + title->height() + tokens.gap_small;
    for (const ErrorLink& error : errors) {
        links.push_back(
            {.key = std::string(key) + "/" + error.target, .label = error.text, .kind = ButtonKind::link});
        height += height_of_button(ui, links.back(), std::min(inner + tokens.gap, width_of_button(ui, links.back())));
    }
    const Rect box = ui.take(height + tokens.padding * 0.6F);
    ui.painter().fill(box, ui.palette().surface, tokens.radius);
    ui.painter().stroke(box, ui.palette().danger, tokens.radius, tokens.border_chosen);
    const Rect title_box{box.x + tokens.padding, box.y + tokens.padding, inner, title->height()};
    ui.painter().text(*title, title_box, ui.palette().ink);

    Node& node = ui.open_node(key, Role::alert, box);
    node.name = ui.words().error_heading;
    node.live = semantics::Live::assertive;
    node.actions.add(semantics::Action::focus);
    ui.note_text(node, *title, title_box, title_spec, ui.palette().ink, ui.palette().surface);
    ui.focus_on_arrival(key, Ui::Arrival::takes_focus);
    float y = title_box.bottom() + tokens.gap_small;
    for (std::size_t index = 0; index < links.size(); ++index) {
        const float width = std::min(inner + tokens.gap, width_of_button(ui, links[index]));
        const float link_height = height_of_button(ui, links[index], width);
        const Rect place{title_box.x - tokens.gap, y, width, link_height};
        if (button_at(ui, links[index], place) == Press::activated) {
            ui.focus(errors[index].target);
        }
        if (Node* link = ui.builder().find(ui.builder().id_of(links[index].key)); link != nullptr) {
            link->controls = ui.builder().id_of(errors[index].target);
        }
        y += link_height;
    }
    ui.close_node();
    ui.space(tokens.gap_large);
}

}  // namespace pillarbox::widgets
