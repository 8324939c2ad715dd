// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/date_fields.hpp"

#include <algorithm>

#include "kiosk/widgets/drawing.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

// As wide as its figures, and as its label in one line.
float width_of(Ui& ui, const DateFieldSpec& field) {
    const Tokens& tokens = ui.tokens();
    const TextSpec label{.size_px = tokens.option_px, .weight = text::Weight::bold};
    const float words = ui.layouter().measure(field.label, ui.style_of(label)).width + 2;
    constexpr float figure = 0.66F;  // of the letter size, with some room
    const float figures =
        (static_cast<float>(field.figures) + 0.8F) * figure * tokens.option_px + 1.6F * tokens.padding;
    return std::max({words, figures, tokens.button_height_min});
}

}  // namespace

std::optional<std::size_t> date_fields(Ui& ui, const DateFieldsSpec& spec,
                                       const std::vector<text::TextEditor*>& editors) {
    const LabelSpec label{spec.key, spec.label, spec.hint, spec.error};
    draw_label(ui, label);
    const Ui::Flow column = ui.flow();
    Node& group = ui.open_node(spec.key, Role::group, {column.x, column.y, column.width, 0});
    group.name = spec.label.empty() ? spec.name : spec.label;
    refer_to_label(ui, group, label);
    float x = column.x;
    float top = column.y;
    float bottom = column.y;
    std::optional<std::size_t> changed;
    for (std::size_t index = 0; index < spec.fields.size() && index < editors.size(); ++index) {
        const DateFieldSpec& field = spec.fields[index];
        const float width = std::min(width_of(ui, field), column.width);
        const bool full = x + width > column.x + column.width;
        if (x > column.x && (full || field.row == RowStart::here)) {
            x = column.x;
            top = bottom;
        }
        ui.flow() = {x, top, width};
        const FieldSpec field_spec{.key = field.key,
                                   .label = field.label,
                                   .lines = FieldLines::single,
                                   .reveal = field.reveal,
                                   .direct = Direct::left_to_right,
                                   .marking = field.marking,
                                   .keys = FieldKeys::figures};
        if (text_field(ui, field_spec, *editors[index]) != FieldChange::none) {
            changed = index;
        }
        bottom = std::max(bottom, ui.flow().y);
        x += width + ui.tokens().gap_large;
    }
    ui.flow() = {column.x, bottom, column.width};
    ui.close_node();
    if (Node* drawn = ui.builder().find(ui.builder().id_of(spec.key)); drawn != nullptr) {
        drawn->rect.height = bottom - column.y;
    }
    return changed;
}

}  // namespace pillarbox::widgets
