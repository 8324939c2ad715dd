// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/keyboard.hpp"

#include <algorithm>
#include <functional>

#include "kiosk/widgets/keypad.hpp"

namespace pillarbox::widgets {

using input::KeyboardLayout;
using input::KeyLevel;
using input::KeySymbol;
using semantics::Node;
using semantics::Role;

namespace {

struct KeyFace {
    std::string id{};     // "AD01", "shift"
    std::string name{};   // for speech
    std::string label{};  // painted, where there is no icon
    Icon icon = Icon::none;
    bool is_function = false;
    bool is_on = false;  // Shift held down
};

class KeyboardDrawing {
  public:
    KeyboardDrawing(Ui& ui, const Rect& place) : ui_(ui), state_(ui.keyboard()) {
        const Tokens& tokens = ui.tokens();
        // Letters stand where people know them: left to right on the glass whatever way the page runs.
        place_ = ui.painter().mirrored(place);
        gap_ = 10 * tokens.unit;
        state_.layout = std::min(state_.layout, ui.frame().keyboards.size() - 1);
        layout_ = &ui.frame().keyboards[state_.layout];
        inner_ = {place_.x + (place_.width - std::min(place_.width, 1500 * tokens.unit)) / 2 + gap_, place_.y + gap_,
                  std::min(place_.width, 1500 * tokens.unit) - 2 * gap_, place_.height - 2 * gap_};
        row_height_ = (inner_.height - 4 * gap_) / 5;
    }

    void draw(const Rect& logical) {
        ui_.painter().fill(logical, ui_.palette().keyboard);
        Node& node = ui_.open_node("keyboard", Role::keyboard, logical);
        node.name = ui_.words().keyboard;
        node.controls = state_.field;
        float y = inner_.y;
        for (std::size_t row = 0; row < layout_->rows.size() && row < 4; ++row) {
            draw_letters(layout_->rows[row], y, row + 1 == layout_->rows.size());
            y += row_height_ + gap_;
        }
        draw_functions(inner_.bottom() - row_height_);
        ui_.close_node();
    }

  private:
    [[nodiscard]] KeyLevel level() const {
        const bool shifted = state_.shift == ShiftState::once;
        if (state_.plane == KeyboardPlane::symbols) {
            return shifted ? KeyLevel::shift_alt : KeyLevel::alt;
        }
        return shifted ? KeyLevel::shift : KeyLevel::base;
    }

    void type_key(platform::Key key) { ui_.input().type_next_frame({.key = key}); }

    void draw_letters(const std::vector<input::Key>& keys, float y, bool last) {
        // The last row has Shift and Delete at its ends. All rows share one key width, so that columns line up.
        std::size_t longest = 0;
        for (std::size_t row = 0; row < layout_->rows.size(); ++row) {
            const std::size_t extra = row + 1 == layout_->rows.size() ? 3 : 0;
            longest = std::max(longest, layout_->rows[row].size() + extra);
        }
        const float width = (inner_.width + gap_) / static_cast<float>(std::max<std::size_t>(longest, 1)) - gap_;
        const float row_width = static_cast<float>(keys.size()) * (width + gap_) - gap_;
        float x = inner_.x + (inner_.width - row_width) / 2;
        const float left_end = x;
        if (last) {
            const Rect shift{inner_.x, y, left_end - gap_ - inner_.x, row_height_};
            if (key({.id = "shift",
                     .name = ui_.words().key_shift,
                     .icon = Icon::shift,
                     .is_function = true,
                     .is_on = state_.shift == ShiftState::once},
                    shift)) {
                state_.shift = state_.shift == ShiftState::once ? ShiftState::off : ShiftState::once;
            }
        }
        for (const input::Key& letter : keys) {
            const KeySymbol symbol = letter.at(level());
            if (!symbol.text.empty() &&
                key({.id = letter.id, .name = symbol.name.empty() ? symbol.text : symbol.name, .label = symbol.label},
                    {x, y, width, row_height_})) {
                ui_.input().type_next_frame({.text = symbol.text});
                state_.shift = ShiftState::off;
            }
            x += width + gap_;
        }
        if (last) {
            const Rect place{x, y, inner_.right() - x, row_height_};
            if (key({.id = "delete", .name = ui_.words().key_delete, .icon = Icon::backspace, .is_function = true},
                    place)) {
                type_key(platform::Key::backspace);
            }
        }
    }

    void draw_functions(float y) {
        const float unit = (inner_.width + gap_) / 10;
        float x = inner_.x;
        const auto next = [&](float units) {
            const Rect place{x, y, units * unit - gap_, row_height_};
            x += units * unit;
            return place;
        };
        const Words& words = ui_.words();
        const bool symbols = state_.plane == KeyboardPlane::symbols;
        if (layout_->alt_levels == input::AltLevels::present &&
            key({.id = "symbols",
                 .name = symbols ? words.key_letters : words.key_symbols,
                 .label = symbols ? "abc" : "#+=",
                 .is_function = true},
                next(1.5F))) {
            state_.plane = symbols ? KeyboardPlane::letters : KeyboardPlane::symbols;
        }
        if (ui_.frame().keyboards.size() > 1 &&
            key({.id = "layout", .name = words.key_layout, .icon = Icon::language, .is_function = true},
                next(1.3F))) {
            state_.layout = (state_.layout + 1) % ui_.frame().keyboards.size();
            state_.plane = KeyboardPlane::letters;
        }
        const Node* field = semantics::find(ui_.tree(), state_.field);
        const bool multiline = field != nullptr && field->flags.has(semantics::Flag::multiline);
        const float rest = inner_.right() + gap_ - x - unit * (multiline ? 3.4F : 1.9F);
        if (key({.id = "space", .name = words.key_space, .label = words.key_space}, next(rest / unit))) {
            ui_.input().type_next_frame({.text = " "});
        }
        if (multiline &&
            key({.id = "return", .name = words.key_return, .icon = Icon::line_break, .is_function = true},
                next(1.5F))) {
            type_key(platform::Key::enter);
        }
        if (key({.id = "done", .name = words.key_done, .icon = Icon::keyboard_hide, .is_function = true},
                next(1.9F))) {
            state_.visibility = KeyboardVisibility::hidden;
            ui_.focus(state_.field_key);
        }
    }

    // Draws one key at a physical place; true when it was pressed.
    bool key(const KeyFace& face, const Rect& physical) {
        const Tokens& tokens = ui_.tokens();
        const Palette& palette = ui_.palette();
        const Rect rect = ui_.painter().mirrored(physical);
        const std::string node_key = "keyboard/" + face.id;
        Colour ground = face.is_function ? palette.surface_pressed : palette.key;
        Colour ink = palette.ink;
        if (face.is_on) {
            ground = palette.brand;
            ink = palette.on_brand;
        } else if (ui_.is_held(node_key)) {
            ground = palette.line;
        }
        const float radius = 12 * tokens.unit;
        ui_.painter().fill({rect.x, rect.y + 3 * tokens.unit, rect.width, rect.height}, palette.line, radius);
        ui_.painter().fill(rect, ground, radius);
        Node& node = ui_.add_node(node_key, Role::key, rect);
        node.name = face.name;
        if (face.icon != Icon::none) {
            const float side = std::min(rect.height * 0.5F, 56 * tokens.unit);
            ui_.painter().icon(
                face.icon, {rect.x + (rect.width - side) / 2, rect.y + (rect.height - side) / 2, side, side}, ink);
        } else {
            draw_label(face, rect, ground, ink, node);
        }
        ui_.make_pressable(node);
        ui_.focus_ring(node, rect, radius);
        return ui_.press_of(node_key) == Press::activated;
    }

    void draw_label(const KeyFace& face, const Rect& rect, Colour ground, Colour ink, Node& node) {
        // As large as the key allows, up to the chosen text size.
        const float wanted = face.id == "space" ? ui_.tokens().help_px : ui_.tokens().option_px;
        TextSpec spec{.size_px = std::min(wanted, rect.height * 0.42F), .line_height = 1.0F};
        const float natural = ui_.layouter().measure(face.label, ui_.style_of(spec)).width;
        const float room = rect.width - 8 * ui_.tokens().unit;
        if (natural > room) {
            spec.size_px *= room / natural;
        }
        const auto layout = ui_.lay_out(face.label, spec, std::nullopt);
        const Rect box{rect.x + (rect.width - layout->width()) / 2, rect.y + (rect.height - layout->height()) / 2,
                       layout->width(), layout->height()};
        ui_.painter().text(*layout, box, ink);
        node.visual.foreground = ink;
        node.visual.background = ground;
        node.visual.font_px = spec.size_px;
    }

    Ui& ui_;
    KeyboardState& state_;
    const KeyboardLayout* layout_ = nullptr;
    Rect place_;
    Rect inner_;
    float gap_ = 0;
    float row_height_ = 0;
};

}  // namespace

bool keyboard_is_open(const Ui& ui) {
    return ui.keyboard().field != NodeId::none && ui.keyboard().visibility == KeyboardVisibility::shown &&
           !ui.frame().keyboards.empty() && !ui.frame().keyboards.front().rows.empty();
}

float height_of_keyboard(const Ui& ui) {
    const float unit = ui.tokens().unit;
    const float row =
        std::max(ui.tokens().target_min, std::min(104 * unit, static_cast<float>(ui.frame().height) * 0.085F));
    return 5 * row + 6 * 10 * unit;
}

void draw_keyboard(Ui& ui, const Rect& place) {
    if (ui.keyboard().keys != FieldKeys::letters) {
        return draw_keypad(ui, place);
    }
    KeyboardDrawing(ui, place).draw(place);
}

}  // namespace pillarbox::widgets
