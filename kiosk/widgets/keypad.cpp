// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/keypad.hpp"

#include <algorithm>
#include <vector>

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

// The letters of a UTF-8 text, each by itself.
std::vector<std::string> letters_of(const std::string& text) {
    std::vector<std::string> letters;
    for (const char byte : text) {
        if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) {
            letters.emplace_back();
        }
        letters.back() += byte;
    }
    return letters;
}

class KeypadDrawing {
  public:
    KeypadDrawing(Ui& ui, const Rect& place) : ui_(ui), gap_(10 * ui.tokens().unit) {
        const Rect physical = ui.painter().mirrored(place);
        const float width = std::min(physical.width, 900 * ui.tokens().unit) - 2 * gap_;
        inner_ = {physical.x + (physical.width - width) / 2, physical.y + gap_, width, physical.height - 2 * gap_};
        key_width_ = (inner_.width - 3 * gap_) / 4;
        key_height_ = (inner_.height - 3 * gap_) / 4;
    }

    void draw(const Rect& logical) {
        ui_.painter().fill(logical, ui_.palette().keyboard);
        Node& node = ui_.open_node("keyboard", Role::keyboard, logical);
        node.name = ui_.words().keyboard;
        node.controls = ui_.keyboard().field;
        const Words& words = ui_.words();
        const auto figures = letters_of(words.figures);
        const FieldKeys keys = ui_.keyboard().keys;
        for (std::size_t figure = 1; figure <= 9 && figure < figures.size(); ++figure) {
            type_key("figure-" + std::to_string(figure), figures[figure], {}, (figure - 1) % 3, (figure - 1) / 3);
        }
        if (keys == FieldKeys::whole_number || keys == FieldKeys::decimal_number) {
            type_key("minus", "\u2212", words.key_minus, 0, 3);
        }
        if (!figures.empty()) {
            type_key("figure-0", figures.front(), {}, 1, 3);
        }
        if (keys == FieldKeys::decimal_number) {
            type_key("point", words.decimal_point, words.key_point, 2, 3);
        }
        const Rect erase = cell(3, 0, 2);
        if (key("delete", words.key_delete, {}, Icon::backspace, erase)) {
            ui_.input().type_next_frame({.key = platform::Key::backspace});
        }
        if (key("done", words.key_done, {}, Icon::keyboard_hide, cell(3, 2, 2))) {
            ui_.keyboard().visibility = KeyboardVisibility::hidden;
            ui_.focus(ui_.keyboard().field_key);
        }
        ui_.close_node();
    }

  private:
    [[nodiscard]] Rect cell(std::size_t column, std::size_t row, std::size_t rows = 1) const {
        const auto count = static_cast<float>(rows);
        return {inner_.x + static_cast<float>(column) * (key_width_ + gap_),
                inner_.y + static_cast<float>(row) * (key_height_ + gap_), key_width_,
                count * key_height_ + (count - 1) * gap_};
    }

    void type_key(const std::string& id, const std::string& letter, const std::string& name, std::size_t column,
                  std::size_t row) {
        if (key(id, name.empty() ? letter : name, letter, Icon::none, cell(column, row))) {
            ui_.input().type_next_frame({.text = letter});
        }
    }

    // Draws one key at a physical place, since figures stand the same way on every keypad; true when it was pressed.
    bool key(const std::string& id, const std::string& name, const std::string& label, Icon icon,
             const Rect& physical) {
        const Tokens& tokens = ui_.tokens();
        const Palette& palette = ui_.palette();
        const Rect rect = ui_.painter().mirrored(physical);
        const std::string node_key = "keyboard/" + id;
        const bool function = icon != Icon::none;
        const Colour ground =
            ui_.is_held(node_key) ? palette.line : (function ? palette.surface_pressed : palette.key);
        const float radius = 12 * tokens.unit;
        ui_.painter().fill({rect.x, rect.y + 3 * tokens.unit, rect.width, rect.height}, palette.line, radius);
        ui_.painter().fill(rect, ground, radius);
        Node& node = ui_.add_node(node_key, Role::key, rect);
        node.name = name;
        if (function) {
            const float side = std::min(rect.width * 0.4F, 60 * tokens.unit);
            ui_.painter().icon(
                icon, {rect.x + (rect.width - side) / 2, rect.y + (rect.height - side) / 2, side, side}, palette.ink);
        } else {
            const TextSpec spec{.size_px = std::min(tokens.title_px * 1.2F, rect.height * 0.5F),
                                .weight = text::Weight::medium,
                                .line_height = 1.0F};
            const auto layout = ui_.lay_out(label, spec, std::nullopt);
            const Rect box{rect.x + (rect.width - layout->width()) / 2, rect.y + (rect.height - layout->height()) / 2,
                           layout->width(), layout->height()};
            ui_.painter().text(*layout, box, palette.ink);
            ui_.note_text(node, *layout, box, spec, palette.ink, ground);
        }
        ui_.make_pressable(node);
        ui_.focus_ring(node, rect, radius);
        return ui_.press_of(node_key) == Press::activated;
    }

    Ui& ui_;
    float gap_;
    Rect inner_;
    float key_width_ = 0;
    float key_height_ = 0;
};

}  // namespace

void draw_keypad(Ui& ui, const Rect& place) {
    KeypadDrawing(ui, place).draw(place);
}

}  // namespace pillarbox::widgets
