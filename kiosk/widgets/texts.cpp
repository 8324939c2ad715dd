// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/texts.hpp"

#include <algorithm>

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

// A text over the whole column, with its node.
Node& text_node(Ui& ui, std::string_view key, Role role, std::string_view text, const TextSpec& spec, Colour colour) {
    const auto layout = ui.lay_out(text, spec, ui.flow().width);
    const Rect rect = ui.take(layout->height());
    ui.painter().text(*layout, rect, colour);
    Node& node = ui.add_node(key, role, rect);
    node.name = text;
    ui.note_text(node, *layout, rect, spec, colour, ui.palette().page);
    return node;
}

struct NoticeLook {
    Icon icon = Icon::info;
    Colour bar;
    Colour ground;
};

NoticeLook look_of(NoticeKind kind, const Palette& palette) {
    switch (kind) {
        case NoticeKind::info:
            return {Icon::info, palette.brand, palette.info_tint};
        case NoticeKind::warning:
            return {Icon::warning, palette.warning, palette.warning_tint};
        case NoticeKind::safety:
            return {Icon::emergency, palette.danger, palette.danger_tint};
        case NoticeKind::success:
            return {Icon::check, palette.brand, palette.info_tint};
    }
    return {};
}

}  // namespace

void gap(Ui& ui) {
    ui.space(ui.tokens().gap);
}

void large_gap(Ui& ui) {
    ui.space(ui.tokens().gap_large);
}

void heading(Ui& ui, std::string_view key, std::string_view text, int level) {
    const Tokens& tokens = ui.tokens();
    const TextSpec spec{.size_px = level == 1 ? tokens.heading_px : tokens.title_px,
                        .weight = text::Weight::bold,
                        .line_height = 1.12F};
    if (level > 1) {
        ui.space(tokens.gap);
    }
    Node& node = text_node(ui, key, Role::heading, text, spec, ui.palette().ink);
    node.level = level;
    node.actions.add(semantics::Action::focus);
    if (level == 1) {
        // The heading is no Tab stop, but where reading starts on a new page.
        ui.focus_on_arrival(key, Ui::Arrival::takes_free_focus);
    }
    ui.space(level == 1 ? tokens.gap * 1.4F : tokens.gap);
}

void paragraph(Ui& ui, std::string_view key, std::string_view text, Emphasis emphasis) {
    TextSpec spec{.size_px = ui.tokens().body_px, .line_height = 1.3F};
    Colour colour = ui.palette().ink;
    if (emphasis == Emphasis::strong) {
        spec.weight = text::Weight::semibold;
    }
    if (emphasis == Emphasis::soft) {
        spec.size_px = ui.tokens().help_px;
        colour = ui.palette().ink_soft;
    }
    text_node(ui, key, Role::paragraph, text, spec, colour);
    ui.space(ui.tokens().gap * 1.2F);
}

void caption(Ui& ui, std::string_view key, std::string_view text) {
    const TextSpec spec{.size_px = ui.tokens().help_px, .weight = text::Weight::semibold};
    text_node(ui, key, Role::paragraph, text, spec, ui.palette().brand);
    ui.space(ui.tokens().gap_small);
}

void bullets(Ui& ui, std::string_view key, std::span<const std::string> points) {
    const Tokens& tokens = ui.tokens();
    const TextSpec spec{.size_px = tokens.body_px, .line_height = 1.3F};
    const float indent = 52 * tokens.unit;
    const float dot = 12 * tokens.unit;
    ui.open_node(key, Role::list, {ui.flow().x, ui.flow().y, ui.flow().width, 0});
    for (std::size_t index = 0; index < points.size(); ++index) {
        const auto layout = ui.lay_out(points[index], spec, ui.flow().width - indent);
        const Rect row = ui.take(layout->height());
        const Rect box{row.x + indent, row.y, row.width - indent, row.height};
        const text::TextLine& first = layout->lines().front();
        const float middle = row.y + first.rect.y + first.rect.height / 2;
        ui.painter().circle({row.x + dot, middle - dot / 2, dot, dot}, ui.palette().brand);
        ui.painter().text(*layout, box, ui.palette().ink);
        Node& node = ui.add_node(std::string(key) + "/" + std::to_string(index), Role::list_item, row);
        node.name = points[index];
        node.position = static_cast<int>(index) + 1;
        node.set_size = static_cast<int>(points.size());
        ui.note_text(node, *layout, box, spec, ui.palette().ink, ui.palette().page);
        ui.space(tokens.gap_small);
    }
    ui.close_node();
    gap(ui);
}

void notice(Ui& ui, const NoticeSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const NoticeLook look = look_of(spec.kind, ui.palette());
    const TextSpec title_spec{.size_px = tokens.body_px, .weight = text::Weight::bold};
    const TextSpec text_spec{.size_px = tokens.help_px, .line_height = 1.3F};
    const float bar = 10 * tokens.unit;
    const float text_x = bar + tokens.padding + tokens.icon + tokens.gap;
    const float text_width = ui.flow().width - text_x - tokens.padding;
    const auto title = ui.lay_out(spec.title, title_spec, text_width);
    const auto text = ui.lay_out(spec.text, text_spec, text_width);
    const float title_height = spec.title.empty() ? 0 : title->height() + tokens.gap_small;
    const float height = 2 * tokens.padding * 0.85F + std::max(tokens.icon, title_height + text->height());
    const Rect box = ui.take(height);
    Painter& painter = ui.painter();
    // One rounded card, seen through two windows: so the bar has the card's own corners and no seam.
    painter.push_clip({box.x, box.y, bar, box.height});
    painter.fill(box, look.bar, tokens.radius);
    painter.pop_clip();
    painter.push_clip({box.x + bar, box.y, box.width - bar, box.height});
    painter.fill(box, look.ground, tokens.radius);
    painter.pop_clip();
    const float top = box.y + tokens.padding * 0.85F;
    painter.icon(look.icon, {box.x + bar + tokens.padding, top, tokens.icon, tokens.icon}, look.bar);
    if (!spec.title.empty()) {
        painter.text(*title, {box.x + text_x, top, text_width, title->height()}, ui.palette().ink);
    }
    const Rect text_box{box.x + text_x, top + title_height, text_width, text->height()};
    painter.text(*text, text_box, ui.palette().ink);
    Node& node = ui.add_node(spec.key, Role::note, box);
    node.name = spec.title.empty() ? spec.text : spec.title;
    node.description = spec.title.empty() ? std::string() : spec.text;
    ui.note_text(node, *text, text_box, text_spec, ui.palette().ink, look.ground);
    ui.space(tokens.gap * 1.4F);
}

void code_display(Ui& ui, const CodeSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const TextSpec label_spec{.size_px = tokens.help_px};
    // A code reads left to right in every language.
    TextSpec code_spec{
        .size_px = tokens.heading_px, .weight = text::Weight::bold, .alignment = text::Alignment::centre};
    const float width = ui.flow().width - 2 * tokens.padding;
    text::TextStyle code_style = ui.style_of(code_spec);
    code_style.direction = text::Direction::left_to_right;
    code_style.language = "en";
    const auto label = ui.lay_out(spec.label, label_spec, width);
    const auto code = ui.layouter().lay_out(spec.code, code_style, width);
    const float height = 2 * tokens.padding + label->height() + tokens.gap + code->height();
    const Rect box = ui.take(height);
    ui.painter().fill(box, ui.palette().surface, tokens.radius);
    ui.painter().stroke(box, ui.palette().brand, tokens.radius, tokens.border_chosen);
    ui.painter().text(*label, {box.x + tokens.padding, box.y + tokens.padding, width, label->height()},
                      ui.palette().ink_soft);
    const Rect code_box{box.x + tokens.padding, box.y + tokens.padding + label->height() + tokens.gap, width,
                        code->height()};
    ui.painter().text(*code, code_box, ui.palette().ink);
    Node& node = ui.add_node(spec.key, Role::group, box);
    node.name = spec.label;
    node.value = spec.code;
    node.speech_override = spec.spoken.empty() ? std::string() : spec.label + " " + spec.spoken;
    ui.note_text(node, *code, code_box, code_spec, ui.palette().ink, ui.palette().surface);
    ui.space(tokens.gap * 1.4F);
}

void progress_bar(Ui& ui, const ProgressBarSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const TextSpec label_spec{.size_px = tokens.help_px};
    const auto label = ui.lay_out(spec.label, label_spec, ui.flow().width);
    const float bar_height = 18 * tokens.unit;
    const Rect box = ui.take(label->height() + tokens.gap_small + bar_height);
    const Rect label_box{box.x, box.y, box.width, label->height()};
    ui.painter().text(*label, label_box, ui.palette().ink);
    const Rect bar{box.x, box.bottom() - bar_height, box.width, bar_height};
    const double value = std::clamp(spec.value, 0.0, 1.0);
    ui.painter().fill(bar, ui.palette().line, bar_height / 2);
    ui.painter().fill({bar.x, bar.y, std::max(bar_height, bar.width * static_cast<float>(value)), bar_height},
                      ui.palette().brand, bar_height / 2);
    Node& node = ui.add_node(spec.key, Role::progress, box);
    node.name = spec.label;
    node.range = semantics::Range{value, 0, 1, 0};
    ui.note_text(node, *label, label_box, label_spec, ui.palette().ink, ui.palette().page);
    ui.space(tokens.gap * 1.4F);
}

void hero_icon(Ui& ui, std::string_view key, Icon icon) {
    const float side = 132 * ui.tokens().unit;
    const Rect row = ui.take(side);
    const Rect box{row.x, row.y, side, side};
    ui.painter().circle(box, ui.palette().brand);
    const float inset = side * 0.22F;
    ui.painter().icon(icon, {box.x + inset, box.y + inset, side - 2 * inset, side - 2 * inset},
                      ui.palette().on_brand);
    Node& node = ui.add_node(key, Role::image, box);
    node.flags.add(semantics::Flag::decorative);
    ui.space(ui.tokens().gap_large);
}

}  // namespace pillarbox::widgets
