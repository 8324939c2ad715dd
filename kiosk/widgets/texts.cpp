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
            return {Icon::check, palette.success, palette.success_tint};
    }
    return {};
}

// The code in boxes of one group each, as many beside one another as fit: to be copied down group by group. It reads
// left to right in every language, so the boxes are mirrored back where the page is.
class CodeDrawing {
  public:
    CodeDrawing(Ui& ui, const CodeSpec& spec) : ui_(ui), spec_(spec) {
        const Tokens& tokens = ui.tokens();
        letters_spec_ = {.size_px = tokens.heading_px, .weight = text::Weight::bold};
        text::TextStyle style = ui.style_of(letters_spec_);
        style.direction = text::Direction::left_to_right;
        style.language = "en";
        width_ = ui.flow().width - 2 * tokens.padding;
        label_ = ui.lay_out(spec.label, label_spec_ = {.size_px = tokens.help_px}, width_);
        for (std::size_t from = 0; from <= spec.code.size();) {
            const auto end = std::min(spec.code.find_first_of("- ", from), spec.code.size());
            groups_.push_back(ui.layouter().lay_out(spec.code.substr(from, end - from), style, std::nullopt));
            widest_ = std::max(widest_, groups_.back()->width());
            from = end + 1;
        }
        const float gap = tokens.gap_small;
        const float least = widest_ + tokens.gap;
        const auto fit = static_cast<std::size_t>((width_ + gap) / (least + gap));
        columns_ = std::clamp<std::size_t>(fit, 1, groups_.size());
        while (groups_.size() % columns_ != 0) {
            --columns_;  // four as two and two, six as three and three
        }
    }

    void draw() {
        const Tokens& tokens = ui_.tokens();
        const Palette& palette = ui_.palette();
        const float cell_height = groups_.front()->height() + tokens.gap;
        const auto rows = static_cast<float>((groups_.size() + columns_ - 1) / columns_);
        const float cells = rows * (cell_height + tokens.gap_small) - tokens.gap_small;
        const Rect box = ui_.take(2 * tokens.padding + label_->height() + tokens.gap + cells);
        ui_.painter().fill(box, palette.surface, tokens.radius);
        ui_.painter().stroke(box, palette.brand, tokens.radius, tokens.border_chosen);
        const Rect label_box{box.x + tokens.padding, box.y + tokens.padding, width_, label_->height()};
        ui_.painter().text(*label_, label_box, palette.ink_soft);
        const auto columns = static_cast<float>(columns_);
        const float cell_width = (width_ + tokens.gap_small) / columns - tokens.gap_small;
        for (std::size_t index = 0; index < groups_.size(); ++index) {
            const std::size_t column = index % columns_;
            const bool mirrored = ui_.painter().direction() == text::Direction::right_to_left;
            const auto across = static_cast<float>(mirrored ? columns_ - 1 - column : column);
            const Rect cell{label_box.x + across * (cell_width + tokens.gap_small),
                            label_box.bottom() + tokens.gap +
                                static_cast<float>(index / columns_) * (cell_height + tokens.gap_small),
                            cell_width, cell_height};
            draw_group(*groups_[index], cell);
        }
        Node& node = ui_.add_node(spec_.key, Role::group, box);
        node.name = spec_.label;
        node.value = spec_.code;
        node.speech_override = spec_.spoken.empty() ? std::string() : spec_.label + " " + spec_.spoken;
        const Rect last{label_box.x, label_box.bottom() + tokens.gap, std::max(width_, widest_), cells};
        ui_.note_text(node, *label_, label_box, label_spec_, palette.ink_soft, palette.surface);
        node.visual.text = node.visual.text->united(ui_.painter().mirrored(last));
        node.visual.background =
            palette.info_tint;  // of the letters, in the ink that has more contrast than the label
        ui_.space(tokens.gap * 1.4F);
    }

  private:
    void draw_group(const text::TextLayout& letters, const Rect& cell) {
        ui_.painter().fill(cell, ui_.palette().info_tint, ui_.tokens().radius * 0.5F);
        const Rect place{cell.x + (cell.width - letters.width()) / 2, cell.y + (cell.height - letters.height()) / 2,
                         letters.width(), letters.height()};
        ui_.painter().text(letters, place, ui_.palette().ink);
    }

    Ui& ui_;
    const CodeSpec& spec_;
    TextSpec label_spec_;
    TextSpec letters_spec_;
    std::shared_ptr<const text::TextLayout> label_;
    std::vector<std::shared_ptr<const text::TextLayout>> groups_;
    float width_ = 0;
    float widest_ = 0;
    std::size_t columns_ = 1;
};

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

void section_heading(Ui& ui, std::string_view key, Icon icon, std::string_view text) {
    const Tokens& tokens = ui.tokens();
    const TextSpec spec{.size_px = tokens.title_px, .weight = text::Weight::bold, .line_height = 1.12F};
    const float side = tokens.icon;
    const float text_x = side + tokens.gap_small * 1.5F;
    const auto layout = ui.lay_out(text, spec, ui.flow().width - text_x);
    ui.space(tokens.gap);
    const Rect row = ui.take(std::max(side, layout->height()));
    const Rect box{row.x + text_x, row.y + (row.height - layout->height()) / 2, row.width - text_x, layout->height()};
    ui.painter().icon(icon, {row.x, row.y + (row.height - side) / 2, side, side}, ui.palette().brand);
    ui.painter().text(*layout, box, ui.palette().ink);
    Node& node = ui.add_node(key, Role::heading, row);
    node.name = text;
    node.level = 2;
    node.actions.add(semantics::Action::focus);
    ui.note_text(node, *layout, box, spec, ui.palette().ink, ui.palette().page);
    ui.space(tokens.gap);
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

void label(Ui& ui, std::string_view key, std::string_view text) {
    const TextSpec spec{.size_px = ui.tokens().option_px, .weight = text::Weight::bold};
    text_node(ui, key, Role::paragraph, text, spec, ui.palette().ink);
    ui.space(ui.tokens().gap_small * 1.5F);
}

void bullets(Ui& ui, std::string_view key, std::span<const std::string> points, Emphasis emphasis) {
    const bool soft = emphasis == Emphasis::soft;
    const Tokens& tokens = ui.tokens();
    const TextSpec spec{.size_px = soft ? tokens.help_px : tokens.body_px, .line_height = soft ? 1.2F : 1.3F};
    const float indent = 52 * tokens.unit;
    const float dot = 12 * tokens.unit;
    const Rect place{ui.flow().x, ui.flow().y, ui.flow().width, 0};
    ui.open_node(key, Role::list, place).set_size = static_cast<int>(points.size());
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
        ui.space(soft ? tokens.gap_small / 2 : tokens.gap_small);
    }
    ui.close_node();
    if (Node* drawn = ui.builder().find(ui.builder().id_of(key)); drawn != nullptr) {
        drawn->rect.height = ui.flow().y - place.y;
    }
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
    const Rect title_box{box.x + text_x, top, text_width, title->height()};
    painter.icon(look.icon, {box.x + bar + tokens.padding, top, tokens.icon, tokens.icon}, look.bar);
    if (!spec.title.empty()) {
        painter.text(*title, title_box, ui.palette().ink);
    }
    const Rect text_box{box.x + text_x, top + title_height, text_width, text->height()};
    painter.text(*text, text_box, ui.palette().ink);
    Node& node = ui.add_node(spec.key, Role::note, box);
    node.name = spec.title.empty() ? spec.text : spec.title;
    node.description = spec.title.empty() ? std::string() : spec.text;
    ui.note_text(node, *text, text_box, text_spec, ui.palette().ink, look.ground);
    if (!spec.title.empty()) {
        ui.note_text(node, *title, title_box, title_spec, ui.palette().ink, look.ground);
    }
    ui.space(tokens.gap * 1.4F);
}

void code_display(Ui& ui, const CodeSpec& spec) {
    CodeDrawing(ui, spec).draw();
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
