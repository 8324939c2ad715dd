// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/figure.hpp"

#include <algorithm>

namespace pillarbox::widgets {

void figure(Ui& ui, const FigureSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const TextSpec name_spec{.size_px = tokens.help_px, .line_height = 1.25F};
    const TextSpec value_spec{
        .size_px = tokens.body_px, .weight = text::Weight::bold, .alignment = text::Alignment::end};
    const float value_width = ui.layouter().measure(spec.value, ui.style_of(value_spec)).width + 2;
    const float name_width = ui.flow().width - value_width - tokens.gap_large;
    const auto name = ui.lay_out(spec.name, name_spec, name_width);
    const auto value = ui.lay_out(spec.value, value_spec, value_width);
    const float height = std::max(name->height(), value->height());
    const Rect row = ui.take(height + 2 * tokens.gap_small);
    const float top = row.y + tokens.gap_small;
    const Rect name_box{row.x, top + (height - name->height()) / 2, name_width, name->height()};
    ui.painter().text(*name, name_box, ui.palette().ink);
    const Rect value_box{row.right() - value_width, top + (height - value->height()) / 2, value_width,
                         value->height()};
    ui.painter().text(*value, value_box, ui.palette().ink);
    ui.painter().fill({row.x, row.bottom() - tokens.border, row.width, tokens.border}, ui.palette().line);
    semantics::Node& node = ui.add_node(spec.key, semantics::Role::group, row);
    node.name = spec.name;
    node.value = spec.value;
    ui.note_text(node, *name, name_box, name_spec, ui.palette().ink, ui.palette().page);
    ui.note_text(node, *value, value_box, value_spec, ui.palette().ink, ui.palette().page);
}

}  // namespace pillarbox::widgets
