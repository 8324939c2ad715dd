// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/select.hpp"

#include <algorithm>

#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/drawing.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

// The page that covers all others while the list is open.
void draw_list(Ui& ui, const SelectSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const Rect area = ui.area();
    const float width = area.width;
    const float x = (width - tokens.column) / 2;
    const Rect window{0, 0, width, area.bottom()};
    ui.painter().fill(window, ui.palette().page);
    Node& node = ui.open_node(spec.key + ".list", Role::dialog, window);
    node.name = spec.label;
    node.labelled_by = ui.builder().id_of(spec.key + ".title");
    node.flags.add(semantics::Flag::modal);
    node.actions.add(semantics::Action::focus);
    ui.builder().set_modal_root(node.id);
    ui.focus_on_arrival(spec.key + ".list", Ui::Arrival::takes_focus);

    const TextSpec title_spec{.size_px = tokens.title_px, .weight = text::Weight::bold};
    const ButtonSpec close{
        .key = spec.key + ".close", .label = ui.words().close, .kind = ButtonKind::secondary, .icon = Icon::close};
    const auto title = ui.lay_out(spec.label, title_spec, tokens.column);
    const Rect title_box{x, area.y + tokens.gap_large, tokens.column, title->height()};
    ui.painter().text(*title, title_box, ui.palette().ink);
    Node& heading_node = ui.add_node(spec.key + ".title", Role::heading, title_box);
    heading_node.name = spec.label;
    heading_node.level = 1;
    ui.note_text(heading_node, *title, title_box, title_spec, ui.palette().ink, ui.palette().page);

    const float close_height = height_of_button(ui, close, tokens.column);
    const Rect close_box{x, area.bottom() - tokens.gap - close_height, tokens.column, close_height};
    const Rect list{0, title_box.bottom() + tokens.gap, width,
                    close_box.y - tokens.gap - title_box.bottom() - tokens.gap};
    ui.open_scroll(spec.key + ".scroll", list, {x, list.y + tokens.gap, tokens.column});
    const ChoicesSpec options{
        .key = spec.key + ".options", .kind = ChoiceKind::one, .name = spec.label, .options = spec.options};
    if (const auto pressed = choices(ui, options)) {
        ui.open_select()->chosen = pressed;
        ui.settle();
    }
    ui.close_scroll(tokens.gap);
    ui.painter().fill({0, list.bottom(), width, tokens.border}, ui.palette().line);
    static_cast<void>(button_at(ui, close, close_box));
    ui.close_node();
}

}  // namespace

std::optional<std::size_t> select(Ui& ui, const SelectSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const LabelSpec label{spec.key, spec.label, spec.hint, spec.error};
    draw_label(ui, label);
    const auto chosen = std::ranges::find(spec.options, Choice::chosen, &Option::choice);
    const bool masked = spec.reveal == Reveal::masked && chosen != spec.options.end();
    const std::string_view chosen_text = chosen == spec.options.end() ? spec.placeholder : chosen->label;
    const std::string_view shown = masked ? masked_text : chosen_text;
    const TextSpec text_spec{.size_px = tokens.option_px};
    const float text_width = ui.flow().width - 2 * tokens.padding - tokens.icon - tokens.gap;
    const auto layout = ui.lay_out(shown, text_spec, text_width);
    const Rect box = ui.take(std::max(tokens.button_height_min, layout->height() + 2 * tokens.gap));
    const bool held = ui.is_held(spec.key);
    const Colour ground = held ? ui.palette().surface_pressed : ui.palette().surface;
    const Colour edge = spec.error.empty() ? ui.palette().control_border : ui.palette().danger;
    ui.painter().fill(box, ground, tokens.radius * 0.7F);
    ui.painter().stroke(box, edge, tokens.radius * 0.7F,
                        spec.error.empty() ? tokens.border * 1.5F : tokens.border_chosen);
    const Rect text_box{box.x + tokens.padding, box.y + (box.height - layout->height()) / 2, text_width,
                        layout->height()};
    const Colour ink = chosen == spec.options.end() ? ui.palette().ink_soft : ui.palette().ink;
    ui.painter().text(*layout, text_box, ink);
    ui.painter().icon(Icon::down,
                      {box.right() - tokens.padding - tokens.icon, box.y + (box.height - tokens.icon) / 2,
                       tokens.icon, tokens.icon},
                      ui.palette().brand);
    Node& node = ui.add_node(spec.key, Role::select, box);
    node.name = spec.label;
    if (masked) {
        node.flags.add(semantics::Flag::masked);
    } else if (chosen != spec.options.end()) {
        node.value = chosen->label;
    }
    node.placeholder = spec.placeholder;
    ui.make_pressable(node);
    refer_to_label(ui, node, label);
    ui.note_text(node, *layout, text_box, text_spec, ink, ground);
    node.visual.border = edge;
    node.visual.page = ui.palette().page;
    ui.focus_ring(node, box, tokens.radius * 0.7F);
    large_gap(ui);

    auto& open = ui.open_select();
    std::optional<std::size_t> result;
    if (ui.press_of(spec.key) == Press::activated) {
        open = Ui::OpenSelect{spec.key, std::nullopt};
        ui.settle();
    }
    if (open && open->key == spec.key) {
        node.flags.add(semantics::Flag::expanded);
        result = open->chosen;
        const bool closed = ui.press_of(spec.key + ".close") == Press::activated || ui.input().escape_pressed();
        if (result || closed) {
            open.reset();
            ui.settle();
        } else {
            node.controls = ui.builder().id_of(spec.key + ".list");
            ui.defer([spec](Ui& later) { draw_list(later, spec); });
        }
    }
    return result;
}

}  // namespace pillarbox::widgets
