// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/ranking.hpp"

#include <algorithm>

#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/drawing.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

class RankDrawing {
  public:
    RankDrawing(Ui& ui, const RankingSpec& spec) : ui_(ui), spec_(spec) {}

    std::optional<RankChange> draw() {
        const Rect place{ui_.flow().x, ui_.flow().y, ui_.flow().width, 0};
        Node& list = ui_.open_node(spec_.key, Role::list, place);
        list.name = spec_.label.empty() ? spec_.name : spec_.label;
        list.set_size = static_cast<int>(spec_.items.size());
        refer_to_label(ui_, list, {spec_.key, spec_.label, spec_.hint, spec_.error});
        for (std::size_t index = 0; index < spec_.items.size(); ++index) {
            draw_item(index);
            ui_.space(ui_.tokens().gap * 0.8F);
        }
        ui_.close_node();
        if (Node* drawn = ui_.builder().find(ui_.builder().id_of(spec_.key)); drawn != nullptr) {
            drawn->rect.height = ui_.flow().y - drawn->rect.y;
        }
        draw_below();
        return change_;
    }

  private:
    void draw_item(std::size_t index) {
        const Tokens& tokens = ui_.tokens();
        const Palette& palette = ui_.palette();
        const RankItem& item = spec_.items[index];
        const float side = tokens.button_height_min;
        const float badge = 28 * tokens.unit + tokens.option_px;
        const float text_x = tokens.padding + badge + tokens.gap;
        const float buttons = 2 * side + tokens.gap_small;
        const float text_width = ui_.flow().width - text_x - buttons - 2 * tokens.gap;
        const TextSpec label_spec{.size_px = tokens.option_px, .weight = text::Weight::medium};
        const auto label = ui_.lay_out(item.label, label_spec, text_width);
        const float inset = tokens.gap * 0.8F;
        const Rect card = ui_.take(std::max(side, label->height()) + 2 * inset);
        ui_.painter().fill(card, palette.surface, tokens.radius);
        ui_.painter().stroke(card, palette.line, tokens.radius, tokens.border);
        draw_badge(item, {card.x + tokens.padding, card.y + (card.height - badge) / 2, badge, badge});
        const Rect text_box{card.x + text_x, card.y + (card.height - label->height()) / 2, text_width,
                            label->height()};
        ui_.painter().text(*label, text_box, palette.ink);
        Node& node = ui_.open_node(spec_.key + "/" + item.key, Role::list_item, card);
        node.name = item.label;
        node.value = spec_.state == RankState::ordered ? item.place : ui_.words().not_answered;
        node.position = static_cast<int>(index) + 1;
        node.set_size = static_cast<int>(spec_.items.size());
        ui_.note_text(node, *label, text_box, label_spec, palette.ink, palette.surface);
        const float y = card.y + (card.height - side) / 2;
        const float x = card.right() - inset - buttons;
        draw_button(RankPress::up, index, {x, y, side, side});
        draw_button(RankPress::down, index, {x + side + tokens.gap_small, y, side, side});
        ui_.close_node();
    }

    void draw_badge(const RankItem& item, const Rect& box) {
        const Tokens& tokens = ui_.tokens();
        if (spec_.state == RankState::untouched) {
            ui_.painter().circle(box, ui_.palette().line);  // no ring: it would look like a choice
            return;
        }
        ui_.painter().circle(box, ui_.palette().brand);
        TextSpec spec{.size_px = tokens.option_px * 0.85F,
                      .weight = text::Weight::bold,
                      .alignment = text::Alignment::centre,
                      .line_height = 1.0F};
        const float natural = ui_.layouter().measure(item.number, ui_.style_of(spec)).width;
        spec.size_px *= std::min(1.0F, box.width * 0.8F / std::max(natural, 1.0F));
        const auto number = ui_.lay_out(item.number, spec, box.width);
        ui_.painter().text(*number, {box.x, box.y + (box.height - number->height()) / 2, box.width, number->height()},
                           ui_.palette().on_brand);
    }

    void draw_button(RankPress press, std::size_t index, const Rect& place) {
        const bool up = press == RankPress::up;
        const RankItem& item = spec_.items[index];
        const bool at_end = index == (up ? 0 : spec_.items.size() - 1);
        const ButtonSpec button{.key = spec_.key + "/" + item.key + (up ? ".up" : ".down"),
                                .kind = ButtonKind::secondary,
                                .icon = up ? Icon::up : Icon::down,
                                .availability = at_end ? Availability::disabled : Availability::enabled};
        if (button_at(ui_, button, place) == Press::activated) {
            change_ = RankChange{press, index};
        }
        if (Node* node = ui_.builder().find(ui_.builder().id_of(button.key)); node != nullptr) {
            node->name = up ? item.up_name : item.down_name;
        }
    }

    void draw_below() {
        ui_.space(ui_.tokens().gap_small);
        if (spec_.state == RankState::untouched) {
            const ButtonSpec confirm{
                .key = spec_.key + ".confirm", .label = spec_.confirm_label, .kind = ButtonKind::secondary};
            if (button(ui_, confirm) == Press::activated) {
                change_ = RankChange{RankPress::confirm};
            }
        } else if (!spec_.clear_label.empty()) {
            const ButtonSpec clear{.key = spec_.key + ".clear", .label = spec_.clear_label, .kind = ButtonKind::link};
            if (button(ui_, clear) == Press::activated) {
                change_ = RankChange{RankPress::clear};
            }
        }
    }

    Ui& ui_;
    const RankingSpec& spec_;
    std::optional<RankChange> change_;
};

}  // namespace

std::optional<RankChange> ranking(Ui& ui, const RankingSpec& spec) {
    draw_label(ui, {spec.key, spec.label, spec.hint, spec.error});
    const auto change = RankDrawing(ui, spec).draw();
    gap(ui);
    return change;
}

}  // namespace pillarbox::widgets
