// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/key_variants.hpp"

#include <algorithm>
#include <cmath>

#include "kiosk/widgets/keyboard_key.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

class VariantsRow {
  public:
    VariantsRow(Ui& ui, const VariantsSpec& spec) : ui_(ui), spec_(spec) {
        const float gap = ui.tokens().key_gap;
        const auto count = static_cast<float>(spec.variants.size());
        const float room = (spec.keyboard.width - 2 * gap) / count - gap;
        cell_ = {0, 0, std::min(std::max(spec.key_place.width, spec.key_place.height * 0.8F), room),
                 spec.key_place.height};
        const float width = count * (cell_.width + gap) + gap;
        const float centred = spec.key_place.x + spec.key_place.width / 2 - width / 2;
        const float last = spec.keyboard.right() - width;
        row_ = {std::clamp(centred, spec.keyboard.x, std::max(spec.keyboard.x, last)),
                spec.key_place.y - cell_.height - 3 * gap, width, cell_.height + 2 * gap};
    }

    std::optional<std::string> draw() {
        const Tokens& tokens = ui_.tokens();
        const Rect logical = ui_.painter().mirrored(row_);
        ui_.painter().fill(logical, ui_.palette().surface, tokens.key_radius * 1.5F);
        ui_.painter().stroke(logical, ui_.palette().control_border, tokens.key_radius * 1.5F, tokens.border);
        Node& node = ui_.open_node("keyboard/variants", Role::group, logical);
        node.name = ui_.words().key_variants;
        node.flags.add(semantics::Flag::expanded);  // a layer that lies over the keys on purpose
        const auto under = under_finger();
        std::optional<std::string> chosen;
        for (std::size_t index = 0; index < spec_.variants.size(); ++index) {
            const input::KeySymbol& symbol = spec_.variants[index];
            const KeyFace face{.id = "variant/" + std::to_string(index),
                               .name = symbol.name,
                               .label = symbol.label,
                               .letter_forms = spec_.letter_forms,
                               .ground = under == index ? KeyGround::on : KeyGround::letter};
            if (draw_key(ui_, face, place_of(index)) == Press::activated) {
                chosen = symbol.text;
            }
        }
        ui_.close_node();
        if (under && grip_->phase == Gripped::Phase::let_go) {
            chosen = spec_.variants[*under].text;
        }
        return chosen;
    }

  private:
    [[nodiscard]] Rect place_of(std::size_t index) const {
        const float gap = ui_.tokens().key_gap;
        return {row_.x + gap + static_cast<float>(index) * (cell_.width + gap), row_.y + gap, cell_.width,
                cell_.height};
    }

    // Once the finger has left the place of its long press, it points by its side alone while it is on the key or on
    // the row.
    std::optional<std::size_t> under_finger() {
        grip_ = ui_.grips().gripped_by(ui_.builder().id_of(key_node(spec_.key)));
        if (!grip_ || std::hypot(grip_->at.x - grip_->from.x, grip_->at.y - grip_->from.y) < ui_.tokens().drag_slop ||
            grip_->at.y < row_.y - cell_.height || grip_->at.y > spec_.key_place.bottom()) {
            return std::nullopt;
        }
        for (std::size_t index = 0; index < spec_.variants.size(); ++index) {
            const Rect place = place_of(index);
            if (grip_->at.x >= place.x - ui_.tokens().key_gap && grip_->at.x < place.right()) {
                return index;
            }
        }
        return std::nullopt;
    }

    Ui& ui_;
    const VariantsSpec& spec_;
    std::optional<Gripped> grip_;
    Rect cell_;
    Rect row_;
};

}  // namespace

std::optional<std::string> draw_variants(Ui& ui, const VariantsSpec& spec) {
    return VariantsRow(ui, spec).draw();
}

}  // namespace pillarbox::widgets
