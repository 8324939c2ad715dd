// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/choices.hpp"

#include <algorithm>

#include "kiosk/widgets/drawing.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::widgets {

using semantics::Checked;
using semantics::Flag;
using semantics::Node;
using semantics::Role;

namespace {

class CardDrawing {
  public:
    CardDrawing(Ui& ui, const ChoicesSpec& spec, std::size_t index)
        : ui_(ui), spec_(spec), option_(spec.options[index]), index_(index), key_(spec.key + "/" + option_.key) {}

    Press draw() {
        const Tokens& tokens = ui_.tokens();
        const float mark = 28 * tokens.unit + tokens.option_px * 0.6F;
        const float scale = scale_width();
        const float text_x = tokens.padding + mark + tokens.gap * 1.2F;
        const float text_width = ui_.flow().width - text_x - tokens.padding - scale;
        const TextSpec label_spec{.size_px = tokens.option_px,
                                  .weight = chosen() ? text::Weight::semibold : text::Weight::medium,
                                  .lang = option_.lang};
        const TextSpec hint_spec{.size_px = tokens.help_px, .line_height = 1.3F, .lang = option_.lang};
        const auto label = ui_.lay_out(option_.label, label_spec, text_width);
        const auto hint = ui_.lay_out(option_.hint, hint_spec, text_width);
        const float hint_height = option_.hint.empty() ? 0 : hint->height() + tokens.gap_small / 2;
        const float text_height = label->height() + hint_height;
        const float smallest = spec_.kind == ChoiceKind::rating ? tokens.button_height_min : tokens.card_height_min;
        const Rect card = ui_.take(std::max(smallest, text_height + 2 * tokens.gap * 1.2F));
        draw_ground(card);
        const float top = card.y + (card.height - text_height) / 2;
        const text::TextLine& first = label->lines().front();
        const float middle = top + first.rect.y + first.rect.height / 2;
        draw_mark({card.x + tokens.padding, middle - mark / 2, mark, mark});
        const Rect text_box{card.x + text_x, top, text_width, label->height()};
        const Colour ink = disabled() ? ui_.palette().ink_soft : ui_.palette().ink;
        ui_.painter().text(*label, text_box, ink);
        if (!option_.hint.empty()) {
            ui_.painter().text(
                *hint,
                {text_box.x, card.y + (card.height + text_height) / 2 - hint->height(), text_width, hint->height()},
                ui_.palette().ink_soft);
        }
        draw_scale(card);
        Node& node = ui_.add_node(key_, spec_.kind == ChoiceKind::several ? Role::checkbox : Role::radio, card);
        describe(node);
        ui_.note_text(node, *label, text_box, label_spec, ink, ground());
        ui_.focus_ring(node, card, tokens.radius);
        return ui_.press_of(key_);
    }

  private:
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

    void draw_mark(const Rect& box) {
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
            }
            return;
        }
        painter.circle(box, palette.surface);
        painter.ring(box, edge, line);
        if (chosen()) {
            const float inset = box.width * 0.26F;
            painter.circle({box.x + inset, box.y + inset, box.width - 2 * inset, box.width - 2 * inset},
                           palette.brand);
        }
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

    void describe(Node& node) const {
        node.name = option_.label;
        node.description = option_.hint;
        node.checked = chosen() ? Checked::on : Checked::off;
        node.position = static_cast<int>(index_) + 1;
        node.set_size = static_cast<int>(spec_.options.size());
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
};

}  // namespace

std::optional<std::size_t> choices(Ui& ui, const ChoicesSpec& spec) {
    const LabelSpec label{spec.key, spec.label, spec.hint, spec.error};
    draw_label(ui, label);
    const Rect place{ui.flow().x, ui.flow().y, ui.flow().width, 0};
    Node& group = ui.open_node(spec.key, spec.kind == ChoiceKind::several ? Role::group : Role::radio_group, place);
    group.name = spec.label.empty() ? spec.name : spec.label;
    group.set_size = static_cast<int>(spec.options.size());
    refer_to_label(ui, group, label);
    std::optional<std::size_t> pressed;
    for (std::size_t index = 0; index < spec.options.size(); ++index) {
        if (CardDrawing(ui, spec, index).draw() == Press::activated) {
            pressed = index;
        }
        ui.space(spec.kind == ChoiceKind::rating ? ui.tokens().gap_small : ui.tokens().gap * 0.8F);
    }
    ui.close_node();
    if (Node* drawn = ui.builder().find(ui.builder().id_of(spec.key)); drawn != nullptr) {
        drawn->rect.height = ui.flow().y - drawn->rect.y;
    }
    gap(ui);
    return pressed;
}

}  // namespace pillarbox::widgets
