// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/keyboard_key.hpp"

#include <algorithm>

#include "accessibility/semantics/audit.hpp"

namespace pillarbox::widgets {

using semantics::Node;

namespace {

struct Colours {
    Colour ground;
    Colour ink;
};

Colours colours_of(const Ui& ui, const KeyFace& face, const std::string& node_key) {
    const Palette& palette = ui.palette();
    if (face.ground == KeyGround::on) {
        return {palette.brand, palette.on_brand};
    }
    if (face.availability == Availability::enabled && ui.is_held(node_key)) {
        return {palette.line, palette.ink};
    }
    switch (face.ground) {
        case KeyGround::letter:
        case KeyGround::on:
            return {palette.key, palette.ink};
        case KeyGround::function:
            return {palette.surface_pressed,
                    face.availability == Availability::enabled ? palette.ink : palette.control_border};
        case KeyGround::marked:
            return {palette.brand_tint, palette.ink};
    }
    return {palette.key, palette.ink};
}

bool is_large_mode(const Ui& ui) {
    return ui.frame().text_scale >= semantics::large_mode_scale;
}

float beside_label(const Ui& ui) {
    return 4 * ui.tokens().unit;
}

// As large as a key of this height allows, up to the chosen text size.
TextSpec label_spec(const Ui& ui, const KeyFace& face, float height) {
    const Tokens& tokens = ui.tokens();
    const float wanted = face.ground == KeyGround::letter && face.id != "space" ? tokens.option_px : tokens.help_px;
    // The largest text makes letters larger and keys not: there a letter may fill more of its key.
    const float share = is_large_mode(ui) ? 0.5F : 0.42F;
    // Two lines of capitals ("ZW", "NJ") have nothing above or below them that would need room.
    const float spacing = face.label.contains('\n') ? 0.85F : 1.0F;
    return {.size_px = std::min(wanted, height * share), .line_height = spacing, .lang = face.letter_forms};
}

float capital_of(const Ui& ui, float size_px) {
    Node measured;
    ui.note_size(measured, size_px);
    return measured.visual.capital_px;
}

void draw_label(Ui& ui, const KeyFace& face, const Rect& rect, const Colours& colours, Node& node) {
    TextSpec spec = label_spec(ui, face, rect.height);
    // A line of Nastaliq is far higher than what is painted of a word: where a line does not fit, the ink has to.
    const auto natural = ui.lay_out(face.label, spec, std::nullopt);
    const bool by_ink = natural->height() > rect.height;
    const float room = rect.width - beside_label(ui);
    const float ink_max = rect.height * 0.9F;
    spec.size_px *= std::min({1.0F, room / std::max(1.0F, natural->ink_rect().width),
                              by_ink ? ink_max / std::max(1.0F, natural->ink_rect().height) : 1.0F});
    const auto layout = ui.lay_out(face.label, spec, std::nullopt);
    const float above = (rect.height - layout->height()) / 2;
    const float lower =
        face.corner_room == CornerRoom::none ? 0 : std::clamp(rect.height * 0.1F, 0.0F, std::max(0.0F, above));
    const text::Rect ink = layout->ink_rect();
    const float top = by_ink ? (rect.height - ink.height) / 2 - ink.y : above + lower;
    const Rect box{rect.x + (rect.width - layout->width()) / 2, rect.y + top, layout->width(), layout->height()};
    ui.painter().text(*layout, box, colours.ink);
    ui.note_text(node, *layout, box, spec, colours.ink, colours.ground);
    // Fonts differ in how much they leave above and below a line: of one letter what is painted counts.
    const Rect at = ui.painter().mirrored(box);
    node.visual.text = Rect{at.x + ink.x, at.y + ink.y, ink.width, ink.height};
}

void draw_corner(Ui& ui, const KeyFace& face, const Rect& rect) {
    const TextSpec spec{.size_px = rect.height * 0.27F, .line_height = 1.0F, .lang = face.letter_forms};
    const auto layout = ui.lay_out(face.corner, spec, std::nullopt);
    // At the right on the glass, as it is engraved on real keys.
    const Rect physical = ui.painter().mirrored(rect);
    const Rect box{physical.right() - layout->width() - 6 * ui.tokens().unit, physical.y, layout->width(),
                   layout->height()};
    ui.painter().text(*layout, ui.painter().mirrored(box), ui.palette().ink_soft);
}

}  // namespace

std::string key_node(std::string_view id) {
    return "keyboard/" + std::string(id);
}

float width_for_letter(Ui& ui, const KeyFace& face, const Rect& share) {
    constexpr float widened_max = 1.4F;
    if (!is_large_mode(ui)) {
        return share.width;
    }
    const TextSpec spec = label_spec(ui, face, share.height);
    const float ink = ui.lay_out(face.label, spec, std::nullopt)->ink_rect().width;
    const float capital = capital_of(ui, spec.size_px);
    const auto readable = static_cast<float>(semantics::capital_mm_min * ui.frame().px_per_mm);
    const auto of_side = static_cast<float>(semantics::letter_in_key_share);
    const float least = std::min({capital, readable, share.height * of_side});
    const float reached = capital * std::min(1.0F, (share.width - beside_label(ui)) / std::max(1.0F, ink));
    if (reached >= std::min(least, share.width * of_side)) {
        return share.width;
    }
    return std::min(beside_label(ui) + ink * least / std::max(1.0F, capital), widened_max * share.width);
}

Press draw_key(Ui& ui, const KeyFace& face, const Rect& physical) {
    const Tokens& tokens = ui.tokens();
    const Rect rect = ui.painter().mirrored(physical);
    const std::string node_key = key_node(face.id);
    const Colours colours = colours_of(ui, face, node_key);
    ui.painter().fill({rect.x, rect.y + 3 * tokens.unit, rect.width, rect.height}, ui.palette().line,
                      tokens.key_radius);
    ui.painter().fill(rect, colours.ground, tokens.key_radius);
    Node& node = ui.add_node(node_key, semantics::Role::key, rect);
    node.name = face.name;
    node.checked = face.checked;
    node.visual.mark = face.checked;
    if (face.icon != Icon::none) {
        const float side = std::min(rect.height * 0.5F, 56 * tokens.unit);
        const Rect place{rect.x + (rect.width - side) / 2, rect.y + (rect.height - side) / 2, side, side};
        ui.painter().icon(face.icon, place, colours.ink);
    } else {
        draw_label(ui, face, rect, colours, node);
        if (!face.corner.empty()) {
            draw_corner(ui, face, rect);
        }
    }
    ui.make_pressable(node);
    if (face.availability == Availability::disabled) {
        node.flags.add(semantics::Flag::disabled);
    }
    ui.focus_ring(node, rect, tokens.key_radius);
    return face.availability == Availability::enabled ? ui.press_of(node_key) : Press::none;
}

}  // namespace pillarbox::widgets
