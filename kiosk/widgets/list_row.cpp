// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/list_row.hpp"

#include <algorithm>

#include "kiosk/widgets/button.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

Press named_button(Ui& ui, const ButtonSpec& button, const std::string& name, const Rect& place) {
    const Press press = button_at(ui, button, place);
    if (Node* node = ui.builder().find(ui.builder().id_of(button.key)); node != nullptr) {
        node->name = name;
    }
    return press;
}

}  // namespace

ListRowPress list_row(Ui& ui, const ListRowSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const ButtonSpec change{.key = spec.key + "/change", .label = spec.change_label, .kind = ButtonKind::link};
    const ButtonSpec remove{.key = spec.key + "/remove", .label = spec.remove_label, .kind = ButtonKind::link};
    const float change_width = std::min(width_of_button(ui, change), ui.flow().width);
    const float remove_width = std::min(width_of_button(ui, remove), ui.flow().width);
    const float between = 2 * tokens.focus_ring;  // neither lies on the other's focus ring
    const float buttons = change_width + between + remove_width;
    // Large text puts the buttons below, and each in a row of its own where even that is too narrow.
    const bool below = buttons > ui.flow().width * 0.5F;
    const bool stacked = buttons > ui.flow().width;
    const float height_one =
        std::max(height_of_button(ui, change, change_width), height_of_button(ui, remove, remove_width));
    const float buttons_height = stacked ? 2 * height_one : height_one;
    const float text_width = ui.flow().width - (below ? 0 : buttons + tokens.gap);
    const TextSpec name_spec{.size_px = tokens.body_px, .weight = text::Weight::semibold, .line_height = 1.25F};
    const TextSpec answer_spec{.size_px = tokens.help_px,
                               .direction_source = text::DirectionSource::first_strong_letter,
                               .line_height = 1.25F};
    const auto name = ui.lay_out(spec.name, name_spec, text_width);
    const bool masked = spec.reveal == Reveal::masked && !spec.answer.empty();
    const std::string_view words = masked ? masked_text : std::string_view(spec.answer);
    // As wide as it is, so that a name in another script starts where the row does.
    const float answer_width = std::min(text_width, ui.layouter().measure(words, ui.style_of(answer_spec)).width + 1);
    const auto answer = ui.lay_out(words, answer_spec, answer_width);
    const float answer_height = spec.answer.empty() ? 0 : answer->height();
    const float text_height = name->height() + answer_height;
    const float height = below ? text_height + buttons_height : std::max(text_height, buttons_height);
    const Rect row = ui.take(height + 2 * tokens.gap_small);
    const float text_y = row.y + tokens.gap_small + (below ? 0 : (height - text_height) / 2);
    const Rect name_box{row.x, text_y, text_width, name->height()};
    const Rect answer_box{row.x, name_box.bottom(), answer_width, answer_height};
    ui.painter().text(*name, name_box, ui.palette().ink);
    if (!spec.answer.empty()) {
        ui.painter().text(*answer, answer_box, ui.palette().ink_soft);
    }
    ui.painter().fill({row.x, row.bottom() - tokens.border, row.width, tokens.border}, ui.palette().line);
    Node& node = ui.open_node(spec.key, Role::list_item, row);
    node.name = spec.name;
    if (masked) {
        node.flags.add(semantics::Flag::masked);
    } else {
        node.value = spec.answer;
    }
    node.flags.add(semantics::Flag::private_text);
    ui.note_text(node, *name, name_box, name_spec, ui.palette().ink, ui.palette().page);
    if (!spec.answer.empty()) {
        ui.note_text(node, *answer, answer_box, answer_spec, ui.palette().ink_soft, ui.palette().page);
    }
    const float y = below ? text_y + text_height : row.y + (row.height - height_one) / 2;
    const float x = below ? row.x - tokens.gap : row.right() - buttons + tokens.gap;
    const Rect remove_place = stacked ? Rect{x, y + height_one, remove_width, height_one}
                                      : Rect{x + change_width + between, y, remove_width, height_one};
    ListRowPress press = ListRowPress::none;
    if (named_button(ui, change, spec.change_name, {x, y, change_width, height_one}) == Press::activated) {
        press = ListRowPress::change;
    }
    if (named_button(ui, remove, spec.remove_name, remove_place) == Press::activated) {
        press = ListRowPress::remove;
    }
    ui.close_node();
    return press;
}

}  // namespace pillarbox::widgets
