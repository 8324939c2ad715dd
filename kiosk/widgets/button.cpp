// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/button.hpp"

#include <algorithm>

namespace pillarbox::widgets {

using semantics::Flag;
using semantics::Node;
using semantics::Role;

namespace {

struct ButtonLook {
    Colour ground;
    Colour text;
    Colour border;
    bool has_ground = true;
};

ButtonLook look_of(const Ui& ui, const ButtonSpec& spec) {
    const Palette& palette = ui.palette();
    const bool held = ui.is_held(spec.key);
    if (spec.availability == Availability::disabled) {
        return {palette.surface_pressed, palette.ink_soft, palette.line};
    }
    switch (spec.kind) {
        case ButtonKind::primary: {
            const Colour ground = held ? palette.brand_pressed : palette.brand;
            return {ground, palette.on_brand, ground};
        }
        case ButtonKind::secondary:
            return {held ? palette.surface_pressed : palette.surface, palette.ink, palette.control_border};
        case ButtonKind::danger:
            return {held ? palette.danger_pressed : palette.danger, palette.on_danger, palette.danger};
        case ButtonKind::header:
            return {palette.header_pressed, palette.on_header, palette.header, held};
        case ButtonKind::link:
            return {palette.surface_pressed, palette.brand, palette.page, held};
    }
    return {};
}

bool is_small(const ButtonSpec& spec) {
    return spec.kind == ButtonKind::link || spec.kind == ButtonKind::header;
}

TextSpec label_spec(const Ui& ui, const ButtonSpec& spec) {
    return {.size_px = is_small(spec) ? ui.tokens().help_px : ui.tokens().option_px,
            .weight = text::Weight::semibold,
            .alignment = is_small(spec) ? text::Alignment::start : text::Alignment::centre};
}

float padding_of(const Ui& ui, const ButtonSpec& spec) {
    return is_small(spec) ? ui.tokens().gap : ui.tokens().padding;
}

float icon_space(const Ui& ui, const ButtonSpec& spec) {
    if (spec.icon == Icon::none) {
        return 0;
    }
    return ui.tokens().icon * 0.85F + (spec.label.empty() ? 0 : ui.tokens().gap_small);
}

float height_min(const Ui& ui, const ButtonSpec& spec) {
    return is_small(spec) ? std::max(76 * ui.tokens().unit, ui.tokens().target_min) : ui.tokens().button_height_min;
}

}  // namespace

float width_of_button(Ui& ui, const ButtonSpec& spec) {
    const text::Size size = ui.layouter().measure(spec.label, ui.style_of(label_spec(ui, spec)));
    return std::max(ui.tokens().target_min, size.width + icon_space(ui, spec) + 2 * padding_of(ui, spec) + 2);
}

float height_of_button(Ui& ui, const ButtonSpec& spec, float width) {
    const float text_width = width - 2 * padding_of(ui, spec) - icon_space(ui, spec);
    float height = ui.layouter().measure(spec.label, ui.style_of(label_spec(ui, spec)), text_width).height;
    if (!spec.hint.empty()) {
        const TextSpec hint{.size_px = ui.tokens().help_px};
        height += ui.layouter().measure(spec.hint, ui.style_of(hint), text_width).height;
    }
    return std::max(height_min(ui, spec), height + 2 * ui.tokens().gap);
}

Press button_at(Ui& ui, const ButtonSpec& spec, const Rect& rect, IconSide side) {
    const Tokens& tokens = ui.tokens();
    const ButtonLook look = look_of(ui, spec);
    Painter& painter = ui.painter();
    if (look.has_ground) {
        painter.fill(rect, look.ground, tokens.radius);
    }
    if (spec.kind == ButtonKind::secondary) {
        painter.stroke(rect, look.border, tokens.radius, tokens.border);
    }
    // Icon and label stand together in the middle.
    const TextSpec text_spec = label_spec(ui, spec);
    const float icon = tokens.icon * 0.85F;
    const float beside = icon_space(ui, spec);
    const float room = rect.width - 2 * padding_of(ui, spec) - beside;
    const float natural = ui.layouter().measure(spec.label, ui.style_of(text_spec)).width + 1;
    const float text_width = std::max(0.0F, std::min(natural, room));
    const auto label = ui.lay_out(spec.label, text_spec, text_width);
    const TextSpec hint_spec{.size_px = tokens.help_px, .alignment = text::Alignment::centre};
    const auto hint = ui.lay_out(spec.hint, hint_spec, room);
    const float hint_height = spec.hint.empty() ? 0 : hint->height();
    const float left = rect.x + (rect.width - text_width - beside) / 2;
    const float top = rect.y + (rect.height - label->height() - hint_height) / 2;
    const float text_x = side == IconSide::leading ? left + beside : left;
    const float icon_x = side == IconSide::leading ? left : left + text_width + tokens.gap_small;
    const Rect text_box{text_x, top, text_width, label->height()};
    const Rect hint_box{rect.x + (rect.width - room) / 2, top + label->height(), room, hint_height};
    const Colour ground = look.has_ground ? look.ground : look.border;
    if (spec.icon != Icon::none) {
        painter.icon(spec.icon, {icon_x, top + (label->height() - icon) / 2, icon, icon}, look.text);
    }
    painter.text(*label, text_box, look.text);
    if (!spec.hint.empty()) {
        painter.text(*hint, hint_box, look.text);
    }
    Node& node = ui.add_node(spec.key, Role::button, rect);
    node.name = spec.label;
    node.description = spec.hint;
    if (spec.availability == Availability::disabled) {
        node.flags.add(Flag::focusable).add(Flag::disabled);
    } else {
        ui.make_pressable(node);
    }
    node.visual.label = spec.label;
    if (!spec.label.empty()) {
        ui.note_text(node, *label, text_box, text_spec, look.text, ground);
    }
    if (!spec.hint.empty()) {
        ui.note_text(node, *hint, hint_box, hint_spec, look.text, ground);
    }
    if (spec.kind == ButtonKind::secondary) {
        node.visual.border = look.border;
        node.visual.page = ui.palette().page;
    }
    ui.focus_ring(node, rect, tokens.radius);
    return ui.press_of(spec.key);
}

Press button(Ui& ui, const ButtonSpec& spec) {
    const bool link = spec.kind == ButtonKind::link;
    const float width = link ? std::min(ui.flow().width, width_of_button(ui, spec)) : ui.flow().width;
    Rect rect = ui.take(height_of_button(ui, spec, width));
    rect.width = width;
    if (link) {
        rect.x -= padding_of(ui, spec);  // the words line up with the column, not their pressed ground
    }
    const Press press = button_at(ui, spec, rect);
    ui.space(ui.tokens().gap);
    return press;
}

}  // namespace pillarbox::widgets
