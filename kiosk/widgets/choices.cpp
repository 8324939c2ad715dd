// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/choices.hpp"

#include <algorithm>
#include <ranges>

#include "kiosk/widgets/drawing.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::widgets {

using semantics::Checked;
using semantics::Flag;
using semantics::Node;
using semantics::Role;

namespace {

constexpr float sample_shape = 1.3F;  // width to height

// The language that a label's letters are set in. A list of eighteen names would look for fonts eighteen times, and
// open them, for letters that only one font has.
std::string_view setting_of(const Option& option) {
    return text::is_set_apart(option.lang) ? std::string_view(option.lang) : std::string_view();
}

bool is_latin(std::string_view label) {
    constexpr unsigned char first_byte_behind_latin = 0xCA;  // U+0280 and on
    return std::ranges::all_of(label, [](char byte) {
        const auto value = static_cast<unsigned char>(byte);
        return value < first_byte_behind_latin;
    });
}

class CardDrawing {
  public:
    CardDrawing(Ui& ui, const ChoicesSpec& spec, std::size_t index, float width)
        : ui_(ui), spec_(spec), option_(spec.options[index]), index_(index), key_(spec.key + "/" + option_.key) {
        const Tokens& tokens = ui_.tokens();
        mark_ = acts() ? 0 : 28 * tokens.unit + tokens.option_px * 0.6F;
        text_x_ = acts() ? tokens.gap : tokens.padding + mark_ + tokens.gap * 1.2F;
        const float beside = std::max(scale_width(), end_width() > 0 ? end_width() + tokens.gap : 0);
        text_width_ = width - text_x_ - (acts() ? tokens.gap : tokens.padding) - beside;
        label_spec_ = {.size_px = tokens.option_px,
                       .weight = chosen() ? text::Weight::semibold : text::Weight::medium,
                       .alignment = acts() ? text::Alignment::centre : text::Alignment::start,
                       .lang = setting_of(option_)};
        hint_spec_ = {.size_px = tokens.help_px, .line_height = 1.3F, .lang = setting_of(option_)};
        label_ = ui_.lay_out(option_.label, label_spec_, text_width_);
        hint_ = ui_.lay_out(option_.hint, hint_spec_, text_width_);
        // Scripts differ in how much they leave above and below a line: a row of names takes what is painted.
        by_ink_ = acts() && option_.hint.empty() && lines() == 1 && label_->height() + tokens.gap > height_min();
        painted_ = label_->ink_rect();
        if (by_ink_ && is_latin(option_.label)) {
            // Names with and without a tail or an accent stand on one line.
            const text::Rect tallest = ui_.lay_out("\u00C1g", label_spec_, text_width_)->ink_rect();
            const float bottom = std::max(painted_.bottom(), tallest.bottom());
            painted_.y = std::min(painted_.y, tallest.y);
            painted_.height = bottom - painted_.y;
        }
    }

    [[nodiscard]] float height() const {
        const Tokens& tokens = ui_.tokens();
        const float content = std::max(text_height(), sample_height());
        return std::max(height_min(), content + 2 * tokens.gap * (acts() ? 0.6F : 1.2F));
    }

    [[nodiscard]] std::size_t lines() const { return label_->lines().size(); }

    Press draw(const Rect& card) {
        const Tokens& tokens = ui_.tokens();
        draw_ground(card);
        const float top = card.y + (card.height - text_height()) / 2 - (by_ink_ ? painted_.y : 0);
        const text::TextLine& first = label_->lines().front();
        const float middle = top + first.rect.y + first.rect.height / 2;
        if (!acts()) {
            mark_drawn_ = draw_mark({card.x + tokens.padding, middle - mark_ / 2, mark_, mark_});
        }
        const Rect text_box{card.x + text_x_, top, text_width_, label_->height()};
        const Colour ink = disabled() ? ui_.palette().ink_soft : ui_.palette().ink;
        ui_.painter().text(*label_, text_box, ink);
        const Rect hint_box{text_box.x, top + text_height() - hint_->height(), text_width_, hint_->height()};
        if (!option_.hint.empty()) {
            ui_.painter().text(*hint_, hint_box, ui_.palette().ink_soft);
        }
        draw_scale(card);
        draw_sample(card);
        draw_icon(card);
        Node& node = ui_.add_node(key_, role(), card);
        describe(node);
        ui_.note_text(node, *label_, text_box, label_spec_, ink, ground());
        if (by_ink_) {
            const text::Rect painted = label_->ink_rect();
            node.visual.text = Rect{ui_.painter().mirrored(text_box).x + painted.x, text_box.y + painted.y,
                                    painted.width, painted.height};
        }
        if (!option_.hint.empty()) {
            ui_.note_text(node, *hint_, hint_box, hint_spec_, ui_.palette().ink_soft, ground());
        }
        ui_.focus_ring(node, card, tokens.radius);
        return ui_.press_of(key_);
    }

  private:
    [[nodiscard]] bool acts() const { return spec_.kind == ChoiceKind::actions; }
    [[nodiscard]] bool chosen() const { return option_.choice == Choice::chosen; }
    [[nodiscard]] bool disabled() const { return option_.availability == Availability::disabled; }
    [[nodiscard]] bool scaled() const {
        return spec_.kind == ChoiceKind::rating &&
               index_ + static_cast<std::size_t>(spec_.unscaled) < spec_.options.size();
    }
    [[nodiscard]] std::size_t scale_size() const {
        return spec_.options.size() - static_cast<std::size_t>(spec_.unscaled);
    }
    [[nodiscard]] float scale_width() const {
        return spec_.kind == ChoiceKind::rating ? static_cast<float>(scale_size()) * 24 * ui_.tokens().unit : 0;
    }
    // Of the picture at the end of the card.
    [[nodiscard]] float end_width() const {
        return option_.sample || option_.icon == Icon::none ? sample_width() : ui_.tokens().icon;
    }
    [[nodiscard]] float sample_width() const { return option_.sample ? sample_height() * sample_shape : 0; }
    [[nodiscard]] float sample_height() const { return option_.sample ? 112 * ui_.tokens().unit : 0; }
    [[nodiscard]] float text_height() const {
        if (by_ink_) {
            return painted_.height;
        }
        const float hint = option_.hint.empty() ? 0 : hint_->height() + ui_.tokens().gap_small / 2;
        return label_->height() + hint;
    }
    [[nodiscard]] float height_min() const {
        const Tokens& tokens = ui_.tokens();
        switch (spec_.kind) {
            case ChoiceKind::one:
            case ChoiceKind::several:
                return spec_.arrangement == Arrangement::grid ? tokens.button_height_min : tokens.card_height_min;
            case ChoiceKind::rating:
                return tokens.button_height_min;
            case ChoiceKind::actions:
                return tokens.header_button_height_min;
        }
        return tokens.card_height_min;
    }
    [[nodiscard]] Role role() const {
        switch (spec_.kind) {
            case ChoiceKind::one:
            case ChoiceKind::rating:
                return Role::radio;
            case ChoiceKind::several:
                return Role::checkbox;
            case ChoiceKind::actions:
                return Role::button;
        }
        return Role::radio;
    }
    [[nodiscard]] Colour ground() const {
        const Palette& palette = ui_.palette();
        if (disabled()) {
            return palette.page;
        }
        if (chosen()) {
            return palette.brand_tint;
        }
        return ui_.is_held(key_) ? palette.surface_pressed : palette.surface;
    }

    void draw_ground(const Rect& card) {
        const Tokens& tokens = ui_.tokens();
        ui_.painter().fill(card, ground(), tokens.radius);
        const Colour edge =
            chosen() ? ui_.palette().brand : (disabled() ? ui_.palette().line : ui_.palette().control_border);
        ui_.painter().stroke(card, edge, tokens.radius, chosen() ? tokens.border_chosen : tokens.border);
    }

    // Says which state its shape shows.
    Checked draw_mark(const Rect& box) {
        const Tokens& tokens = ui_.tokens();
        const Palette& palette = ui_.palette();
        Painter& painter = ui_.painter();
        const Colour edge = disabled() ? palette.line : (chosen() ? palette.brand : palette.ink_soft);
        const float line = std::max(2.0F, 3.5F * tokens.unit);
        if (spec_.kind == ChoiceKind::several) {
            const float radius = box.width * 0.2F;
            painter.fill(box, chosen() ? palette.brand : palette.surface, radius);
            painter.stroke(box, edge, radius, line);
            if (chosen()) {
                const float inset = box.width * 0.14F;
                painter.icon(Icon::check_small,
                             {box.x + inset, box.y + inset, box.width - 2 * inset, box.width - 2 * inset},
                             palette.on_brand);
                return Checked::on;
            }
            return Checked::off;
        }
        painter.circle(box, palette.surface);
        painter.ring(box, edge, line);
        if (!chosen()) {
            return Checked::off;
        }
        const float inset = box.width * 0.26F;
        painter.circle({box.x + inset, box.y + inset, box.width - 2 * inset, box.width - 2 * inset}, palette.brand);
        return Checked::on;
    }

    // Rising bars beside the words: a picture of the scale for those who read little.
    void draw_scale(const Rect& card) {
        if (!scaled()) {
            return;
        }
        const float unit = ui_.tokens().unit;
        const std::size_t count = scale_size();
        const float bottom = card.y + card.height / 2 + 26 * unit;
        for (std::size_t bar = 0; bar < count; ++bar) {
            const float height = (16 + 9 * static_cast<float>(bar)) * unit;
            const float x =
                card.right() - ui_.tokens().padding - static_cast<float>(count - bar) * 22 * unit + 8 * unit;
            const Colour colour = bar + index_ < count ? ui_.palette().brand : ui_.palette().line;
            ui_.painter().fill({x, bottom - height, 14 * unit, height}, colour, 4 * unit);
        }
    }

    // A page in small: its ground, its edge, "Aa" and a button. A picture, so that nobody need know what "contrast"
    // means.
    void draw_sample(const Rect& card) {
        if (!option_.sample) {
            return;
        }
        const Tokens& tokens = ui_.tokens();
        const Palette& palette = ui_.style().palette(option_.sample->theme);
        const Rect box{card.right() - tokens.padding - sample_width(), card.y + (card.height - sample_height()) / 2,
                       sample_width(), sample_height()};
        const float radius = tokens.radius * 0.6F;
        ui_.painter().fill(box, palette.page, radius);
        ui_.painter().stroke(box, ui_.palette().control_border, radius, tokens.border);
        const TextSpec letters_spec{.size_px = 40 * tokens.unit * static_cast<float>(option_.sample->text_scale),
                                    .weight = text::Weight::semibold,
                                    .lang = "en",
                                    .face = option_.sample->face};
        const auto letters = ui_.lay_out("Aa", letters_spec, std::nullopt);
        const float bar = 12 * tokens.unit;
        const float room = box.height - 2.2F * bar;
        ui_.painter().text(*letters,
                           {box.x + (box.width - letters->width()) / 2,
                            box.y + (room - letters->height()) / 2 + bar / 2, letters->width(), letters->height()},
                           palette.ink);
        const float inset = box.width * 0.26F;
        ui_.painter().fill({box.x + inset, box.bottom() - 1.9F * bar, box.width - 2 * inset, bar}, palette.brand,
                           bar / 2);
    }

    void draw_icon(const Rect& card) {
        if (option_.sample || option_.icon == Icon::none) {
            return;
        }
        const float side = ui_.tokens().icon;
        ui_.painter().icon(
            option_.icon, {card.right() - ui_.tokens().padding - side, card.y + (card.height - side) / 2, side, side},
            chosen() ? ui_.palette().brand : ui_.palette().ink_soft);
    }

    void describe(Node& node) const {
        node.name = option_.label;
        node.description = option_.hint;
        node.visual.label = option_.label;
        node.visual.mark = mark_drawn_;
        if (!acts()) {
            node.checked = chosen() ? Checked::on : Checked::off;
            node.position = static_cast<int>(index_) + 1;
            node.set_size = static_cast<int>(spec_.options.size());
        }
        if (!option_.lang.empty()) {
            node.lang = option_.lang;
        }
        if (disabled()) {
            node.flags.add(Flag::focusable).add(Flag::disabled);
        } else {
            ui_.make_pressable(node);
            node.visual.border = chosen() ? ui_.palette().brand : ui_.palette().control_border;
            node.visual.page = ui_.palette().page;
        }
    }

    Ui& ui_;
    const ChoicesSpec& spec_;
    const Option& option_;
    std::size_t index_;
    std::string key_;
    bool by_ink_ = false;
    text::Rect painted_;  // of the label
    float mark_ = 0;
    float text_x_ = 0;
    float text_width_ = 0;
    TextSpec label_spec_;
    TextSpec hint_spec_;
    Checked mark_drawn_ = Checked::none;
    std::shared_ptr<const text::TextLayout> label_;
    std::shared_ptr<const text::TextLayout> hint_;
};

// A column of many cards is more than a window on its side can show: there they stand in twos, if no label needs a
// third line for it. A scale stays a column, or it would not read as one.
std::size_t columns_of_column(Ui& ui, const ChoicesSpec& spec) {
    constexpr std::size_t many = 4;
    const Tokens& tokens = ui.tokens();
    const bool may = tokens.rail > 0 && spec.options.size() >= many &&
                     (spec.kind == ChoiceKind::one || spec.kind == ChoiceKind::several);
    if (!may) {
        return 1;
    }
    const float width = (ui.flow().width - tokens.gap) / 2;
    const bool fits =
        std::ranges::all_of(std::views::iota(std::size_t{0}, spec.options.size()),
                            [&](std::size_t index) { return CardDrawing(ui, spec, index, width).lines() <= 2; });
    return fits ? 2 : 1;
}

// How many stand beside one another: as many as the longest label allows in one line.
std::size_t columns_of(Ui& ui, const ChoicesSpec& spec) {
    if (spec.arrangement == Arrangement::column) {
        return columns_of_column(ui, spec);
    }
    const Tokens& tokens = ui.tokens();
    // A chosen label is set bolder; an action is never chosen.
    const auto widest_weight = spec.kind == ChoiceKind::actions ? text::Weight::medium : text::Weight::semibold;
    float widest = 0;
    float beside = 2 * (spec.kind == ChoiceKind::actions ? tokens.gap : tokens.padding);
    for (const Option& option : spec.options) {
        const TextSpec label{.size_px = tokens.option_px, .weight = widest_weight, .lang = setting_of(option)};
        widest = std::max(widest, ui.layouter().measure(option.label, ui.style_of(label)).width + 2);
        beside =
            std::max(beside, option.sample ? 2 * tokens.padding + 112 * sample_shape * tokens.unit + tokens.gap : 0);
        beside = std::max(beside, option.icon == Icon::none ? 0 : 2 * tokens.padding + tokens.icon + tokens.gap);
    }
    if (spec.kind != ChoiceKind::actions) {
        beside += 28 * tokens.unit + tokens.option_px * 0.6F + tokens.gap * 1.2F;
    }
    const float gap = tokens.gap_small;
    const float fit = (ui.flow().width + gap) / (widest + beside + gap);
    return std::clamp<std::size_t>(static_cast<std::size_t>(fit), 1, std::max<std::size_t>(1, spec.options.size()));
}

std::optional<std::size_t> draw_cards(Ui& ui, const ChoicesSpec& spec) {
    const Tokens& tokens = ui.tokens();
    const std::size_t columns = columns_of(ui, spec);
    const bool close = spec.kind == ChoiceKind::rating || spec.arrangement == Arrangement::grid;
    const float gap = close ? tokens.gap_small : tokens.gap * 0.8F;
    const float width = (ui.flow().width + gap) / static_cast<float>(columns) - gap;
    std::optional<std::size_t> pressed;
    for (std::size_t first = 0; first < spec.options.size(); first += columns) {
        std::vector<CardDrawing> row;
        float height = 0;
        for (std::size_t index = first; index < std::min(first + columns, spec.options.size()); ++index) {
            row.emplace_back(ui, spec, index, width);
            height = std::max(height, row.back().height());
        }
        const Rect place = ui.take(height);
        for (std::size_t at = 0; at < row.size(); ++at) {
            const Rect card{place.x + static_cast<float>(at) * (width + gap), place.y, width, height};
            if (row[at].draw(card) == Press::activated) {
                pressed = first + at;
            }
        }
        ui.space(gap);
    }
    return pressed;
}

}  // namespace

std::optional<std::size_t> choices(Ui& ui, const ChoicesSpec& spec) {
    const LabelSpec label{spec.key, spec.label, spec.hint, spec.error};
    draw_label(ui, label);
    const Rect place{ui.flow().x, ui.flow().y, ui.flow().width, 0};
    const bool is_group = spec.kind == ChoiceKind::several || spec.kind == ChoiceKind::actions;
    Node& group = ui.open_node(spec.key, is_group ? Role::group : Role::radio_group, place);
    group.name = spec.label.empty() ? spec.name : spec.label;
    group.set_size = static_cast<int>(spec.options.size());
    refer_to_label(ui, group, label);
    const std::optional<std::size_t> pressed = draw_cards(ui, spec);
    ui.close_node();
    if (Node* drawn = ui.builder().find(ui.builder().id_of(spec.key)); drawn != nullptr) {
        drawn->rect.height = ui.flow().y - drawn->rect.y;
    }
    gap(ui);
    return pressed;
}

}  // namespace pillarbox::widgets
