// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/stepper.hpp"

#include <algorithm>
#include <cmath>

#include "kiosk/widgets/button.hpp"
#include "kiosk/widgets/drawing.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::widgets {

using semantics::Action;
using semantics::Flag;
using semantics::Node;
using semantics::Role;

namespace {

enum class Sign { minus, plus };

class StepperDrawing {
  public:
    StepperDrawing(Ui& ui, const StepperSpec& spec) : ui_(ui), spec_(spec), now_(spec.step) {}

    std::optional<StepperChange> draw() {
        draw_buttons();
        ui_.space(ui_.tokens().gap_small);
        draw_track();
        draw_ends();
        ui_.space(ui_.tokens().gap_small);
        bool cleared = false;
        if (spec_.step && !spec_.clear_label.empty()) {
            cleared =
                button(ui_, {.key = spec_.key + ".clear", .label = spec_.clear_label, .kind = ButtonKind::link}) ==
                Press::activated;
        }
        if (cleared) {
            return StepperChange{std::nullopt};
        }
        return now_ == spec_.step ? std::nullopt : std::optional(StepperChange{now_});
    }

  private:
    [[nodiscard]] const std::string& name() const { return spec_.label.empty() ? spec_.name : spec_.label; }

    void note_privacy(Node& node) const {
        if (spec_.privacy == Privacy::an_answer) {
            node.flags.add(Flag::private_text);
        }
    }

    void step_by(int steps) {
        if (steps == 0) {
            return;
        }
        if (!now_) {
            now_ = std::min(spec_.first_step, spec_.last);
            return;
        }
        const auto wanted = static_cast<std::int64_t>(*now_) + steps;
        now_ = static_cast<std::size_t>(std::clamp<std::int64_t>(wanted, 0, static_cast<std::int64_t>(spec_.last)));
    }

    void draw_buttons() {
        const Tokens& tokens = ui_.tokens();
        const float side = tokens.button_height_min * 1.1F;
        const TextSpec spec{
            .size_px = tokens.heading_px, .weight = text::Weight::bold, .alignment = text::Alignment::centre};
        const TextSpec empty_spec{.size_px = tokens.body_px, .alignment = text::Alignment::centre};
        const TextSpec& value_spec = spec_.step ? spec : empty_spec;
        const std::string& shown = spec_.step ? spec_.value : ui_.words().not_answered;
        const float room = ui_.flow().width - 2 * side - 2 * tokens.gap;
        const auto layout = ui_.lay_out(shown, value_spec, room);
        const Rect row = ui_.take(std::max(side, layout->height()));
        const float middle = row.y + row.height / 2;
        sign_button(Sign::minus, {row.x, middle - side / 2, side, side});
        const Rect box{row.x + side + tokens.gap, middle - layout->height() / 2, room, layout->height()};
        const Colour ink = spec_.step ? ui_.palette().ink : ui_.palette().ink_soft;
        ui_.painter().text(*layout, box, ink);
        // The slider says it too: this is for those who look, and for a change to be heard.
        Node& node = ui_.add_node(spec_.key + ".value", Role::status, box);
        node.name = shown;
        note_privacy(node);
        if (!ui_.is_focused(spec_.key)) {
            node.live = semantics::Live::polite;  // else the slider's own value says it
        }
        ui_.note_text(node, *layout, box, value_spec, ink, ui_.palette().page);
        sign_button(Sign::plus, {row.right() - side, middle - side / 2, side, side});
    }

    void sign_button(Sign sign, const Rect& place) {
        const bool plus = sign == Sign::plus;
        const bool at_end = now_ && (plus ? *now_ == spec_.last : *now_ == 0);
        const ButtonSpec button{.key = spec_.key + (plus ? ".more" : ".less"),
                                .kind = ButtonKind::secondary,
                                .availability = at_end ? Availability::disabled : Availability::enabled};
        const Press press = button_at(ui_, button, place);
        const float length = place.width * 0.34F;
        const float thick = std::max(4.0F, 7 * ui_.tokens().unit);
        const float x = place.x + place.width / 2;
        const float y = place.y + place.height / 2;
        const Colour ink = at_end ? ui_.palette().ink_soft : ui_.palette().brand;
        ui_.painter().fill({x - length / 2, y - thick / 2, length, thick}, ink, thick / 2);
        if (plus) {
            ui_.painter().fill({x - thick / 2, y - length / 2, thick, length}, ink, thick / 2);
        }
        if (Node* node = ui_.builder().find(ui_.builder().id_of(button.key)); node != nullptr) {
            node->name = (plus ? ui_.words().more : ui_.words().less) + ": " + name();
        }
        if (press == Press::activated) {
            step_by(plus ? 1 : -1);
        }
    }

    void draw_track() {
        const Tokens& tokens = ui_.tokens();
        const Palette& palette = ui_.palette();
        const float height = std::max({96 * tokens.unit, tokens.option_px * 1.6F, tokens.target_min});
        const float thumb = 60 * tokens.unit;
        const Rect place = ui_.take(height);
        const Rect line{place.x + thumb / 2, place.y + height / 2 - 8 * tokens.unit, place.width - thumb,
                        16 * tokens.unit};
        take_input(line);
        ui_.painter().fill(line, palette.control_border, line.height / 2);
        if (now_) {
            const float share = spec_.last == 0 ? 0 : static_cast<float>(*now_) / static_cast<float>(spec_.last);
            const float x = line.x + share * line.width;
            ui_.painter().fill({line.x, line.y, x - line.x, line.height}, palette.brand, line.height / 2);
            ui_.painter().circle({x - thumb / 2, place.y + (height - thumb) / 2, thumb, thumb}, palette.brand);
            const float inner = thumb * 0.4F;
            ui_.painter().circle({x - inner / 2, place.y + (height - inner) / 2, inner, inner}, palette.on_brand);
        }
        emit_node(place);
    }

    void take_input(const Rect& line) {
        const NodeId id = ui_.builder().id_of(spec_.key);
        auto point = ui_.input().tapped_at(id);
        if (!point) {
            point = ui_.input().dragged_at(id);
        }
        if (point) {
            const float x = ui_.painter().mirrored_x(point->x) - line.x;
            const float share = line.width > 0 ? std::clamp(x / line.width, 0.0F, 1.0F) : 0;
            now_ = static_cast<std::size_t>(std::lround(share * static_cast<float>(spec_.last)));
        } else if (ui_.press_of(spec_.key) == Press::activated && !now_) {
            now_ = std::min(spec_.first_step, spec_.last);
        }
        step_by(ui_.input().adjusted(id));
        if (const auto value = ui_.input().value_request(id); value && spec_.range.step != 0) {
            const double step = std::round((*value - start_of_scale()) / stride());
            now_ = static_cast<std::size_t>(std::clamp(step, 0.0, static_cast<double>(spec_.last)));
        }
    }

    // A scale may run downwards: then it starts at the largest number.
    [[nodiscard]] double stride() const { return spec_.range.step; }
    [[nodiscard]] double start_of_scale() const { return stride() < 0 ? spec_.range.max : spec_.range.min; }

    void emit_node(const Rect& place) {
        Node& node = ui_.add_node(spec_.key, Role::slider, place);
        node.name = name();
        node.value = spec_.step ? spec_.value : ui_.words().not_answered;
        note_privacy(node);
        node.range = spec_.range;
        node.range->step = std::abs(spec_.range.step);
        ui_.make_pressable(node);
        node.actions.add(Action::increment).add(Action::decrement).add(Action::set_value);
        refer_to_label(ui_, node, {spec_.key, spec_.label, spec_.hint, spec_.error});
        node.visual.border = ui_.palette().control_border;
        node.visual.page = ui_.palette().page;
        ui_.focus_ring(node, place, ui_.tokens().radius);
    }

    void draw_ends() {
        const TextSpec low_spec{.size_px = ui_.tokens().help_px};
        const TextSpec high_spec{.size_px = ui_.tokens().help_px, .alignment = text::Alignment::end};
        const float width = (ui_.flow().width - ui_.tokens().gap) / 2;
        const auto low = ui_.lay_out(spec_.low, low_spec, width);
        const auto high = ui_.lay_out(spec_.high, high_spec, width);
        const Rect row = ui_.take(std::max(low->height(), high->height()));
        end_text(".low", spec_.low, *low, low_spec, {row.x, row.y, width, low->height()});
        end_text(".high", spec_.high, *high, high_spec, {row.right() - width, row.y, width, high->height()});
    }

    void end_text(const char* part, const std::string& text, const text::TextLayout& layout, const TextSpec& spec,
                  const Rect& box) {
        ui_.painter().text(layout, box, ui_.palette().ink_soft);
        Node& node = ui_.add_node(spec_.key + part, Role::paragraph, box);
        node.name = text;
        ui_.note_text(node, layout, box, spec, ui_.palette().ink_soft, ui_.palette().page);
    }

    Ui& ui_;
    const StepperSpec& spec_;
    std::optional<std::size_t> now_;
};

}  // namespace

std::optional<StepperChange> stepper(Ui& ui, const StepperSpec& spec) {
    draw_label(ui, {spec.key, spec.label, spec.hint, spec.error});
    const auto change = StepperDrawing(ui, spec).draw();
    gap(ui);
    return change;
}

}  // namespace pillarbox::widgets
