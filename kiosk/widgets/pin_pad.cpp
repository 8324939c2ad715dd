// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/pin_pad.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "kiosk/widgets/button.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

namespace {

// A telephone's pad where the window is high, two rows where it is wide: all keys are seen without scrolling.
constexpr std::array<std::string_view, 4> high_pad{"123", "456", "789", "<0 "};
constexpr std::array<std::string_view, 2> wide_pad{"12345<", "67890 "};
using Rows = std::span<const std::string_view>;

Rows rows_of(const Ui& ui) {
    return ui.frame().width > ui.frame().height ? Rows(wide_pad) : Rows(high_pad);
}

constexpr float pad_width_px = 660;  // of the high one: fingers reach all keys without moving the hand

void draw_dots(Ui& ui, const PinPadSpec& spec, float x, float width) {
    const Tokens& tokens = ui.tokens();
    const float dot = 26 * tokens.unit;
    const float height = tokens.card_height_min * 0.8F;
    Rect box = ui.take(height);
    box.x = x;
    box.width = width;
    ui.painter().fill(box, ui.palette().surface, tokens.radius);
    ui.painter().stroke(box, ui.palette().control_border, tokens.radius, tokens.border);
    const auto count = static_cast<float>(spec.digits);
    const float step = std::min(dot * 1.9F, (width - 2 * tokens.gap) / std::max(1.0F, count));
    float left = box.x + (box.width - step * count) / 2 + (step - dot) / 2;
    for (std::size_t index = 0; index < spec.digits; ++index) {
        ui.painter().circle({left, box.y + (box.height - dot) / 2, dot, dot}, ui.palette().ink);
        left += step;
    }
    Node& node = ui.add_node(spec.key, Role::status, box);
    node.name = spec.name;
    node.live = semantics::Live::polite;
    ui.space(tokens.gap);
}

std::optional<PinKey> key_of(char letter) {
    if (letter == '<') {
        return PinKey{PinKeyKind::erase};
    }
    return letter == ' ' ? std::nullopt : std::optional(PinKey{PinKeyKind::digit, letter});
}

ButtonSpec button_of(const PinPadSpec& spec, const PinKey& key) {
    ButtonSpec button{.kind = ButtonKind::secondary, .availability = spec.availability};
    if (key.kind == PinKeyKind::digit) {
        button.key = spec.key + "/" + key.digit;
        button.label = spec.labels[static_cast<std::size_t>(key.digit - '0')];
    } else {
        button.key = spec.key + "/erase";
        button.icon = Icon::backspace;
    }
    return button;
}

void draw_keys(Ui& ui, const PinPadSpec& spec, float x, float width, std::vector<PinKey>& pressed) {
    const Tokens& tokens = ui.tokens();
    const Rows rows = rows_of(ui);
    const std::size_t column_count = rows.front().size();
    const float key_width =
        (width - static_cast<float>(column_count - 1) * tokens.gap) / static_cast<float>(column_count);
    const ButtonSpec widest{.label = spec.labels[0], .kind = ButtonKind::secondary};
    const float key_height = height_of_button(ui, widest, key_width);
    // The pad is the same in every language, so it is not mirrored.
    const bool mirrored = ui.painter().direction() == text::Direction::right_to_left;
    for (const std::string_view row : rows) {
        const Rect line = ui.take(key_height);
        for (std::size_t column = 0; column < column_count; ++column) {
            const auto key = key_of(row[column]);
            if (!key.has_value()) {
                continue;
            }
            const auto place = static_cast<float>(mirrored ? column_count - 1 - column : column);
            const ButtonSpec button = button_of(spec, *key);
            if (button_at(ui, button, {x + place * (key_width + tokens.gap), line.y, key_width, line.height}) ==
                Press::activated) {
                pressed.push_back(*key);
            }
            Node* node = ui.builder().find(ui.builder().id_of(button.key));
            if (node != nullptr && key->kind == PinKeyKind::erase) {
                node->name = spec.erase_name;
            }
        }
        ui.space(tokens.gap);
    }
}

void read_hardware(Ui& ui, std::vector<PinKey>& pressed) {
    const Node* focused = semantics::find(ui.tree(), ui.input().focus());
    const bool enter_presses_another = focused != nullptr && focused->actions.has(semantics::Action::click);
    for (const platform::Event& event : ui.frame().events) {
        if (event.kind == platform::EventKind::character && event.character >= U'0' && event.character <= U'9') {
            pressed.push_back({PinKeyKind::digit, static_cast<char>('0' + (event.character - U'0'))});
        }
        if (event.kind == platform::EventKind::key_down && event.key == platform::Key::backspace) {
            pressed.push_back({PinKeyKind::erase});
        }
        if (event.kind == platform::EventKind::key_down && event.key == platform::Key::enter &&
            !enter_presses_another) {
            pressed.push_back({PinKeyKind::enter});
        }
    }
}

}  // namespace

std::vector<PinKey> pin_pad(Ui& ui, const PinPadSpec& spec) {
    std::vector<PinKey> pressed;
    const bool wide = rows_of(ui).size() == wide_pad.size();
    const float width = wide ? ui.flow().width : std::min(ui.flow().width, pad_width_px * ui.tokens().unit);
    const float x = ui.flow().x + (ui.flow().width - width) / 2;
    draw_dots(ui, spec, x, width);
    draw_keys(ui, spec, x, width, pressed);
    if (spec.availability == Availability::enabled) {
        read_hardware(ui, pressed);
    }
    return pressed;
}

}  // namespace pillarbox::widgets
