// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/field_touch.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

using platform::Point;
using semantics::NodeId;

namespace {

constexpr std::chrono::milliseconds next_tap{500};
constexpr double target_mm = 12;

enum Part : int { caret_part = 0, start_part = 1, end_part = 2 };

std::size_t index_under(const TouchedText& text, Point at) {
    return text.block.index_at({at.x - text.left, at.y - text.top});
}

void tap(Ui& ui, const TouchedText& text, text::TextEditor& editor, Point at) {
    FieldTouch& touch = ui.field_touch();
    const NodeId field = ui.builder().id_of(text.key);
    const float far = 2 * ui.tokens().drag_slop;
    const bool again = touch.field == field && ui.frame().now - touch.tapped < next_tap &&
                       std::hypot(at.x - touch.at.x, at.y - touch.at.y) < far;
    touch.taps = again ? touch.taps % 3 + 1 : 1;
    touch.field = field;
    touch.tapped = ui.frame().now;
    touch.at = at;
    const std::size_t index = index_under(text, at);
    if (touch.taps == 1) {
        editor.set_caret(index);
    } else if (touch.taps == 2) {
        editor.select_word(index);
    } else {
        editor.select_paragraph(index);
    }
}

void hold(Ui& ui, const TouchedText& text, text::TextEditor& editor, const Gripped& grip) {
    if (grip.phase == Gripped::Phase::took) {
        ui.input().set_focus(grip.owner);
        ui.keyboard().visibility = KeyboardVisibility::shown;
        ui.settle();
    }
    editor.set_caret(index_under(text, grip.at));
}

Point middle_of_caret(const TouchedText& text, std::size_t index) {
    const text::Rect caret = text.block.caret_at(index);
    return {text.left + caret.x, text.top + caret.y + caret.height / 2};
}

void drag(Ui& ui, const TouchedText& text, text::TextEditor& editor, const Gripped& grip) {
    FieldTouch& touch = ui.field_touch();
    if (grip.phase == Gripped::Phase::took) {
        const auto [start, end] = editor.selection();
        touch.fixed = grip.part == start_part ? end : start;
        const Point caret = middle_of_caret(text, grip.part == start_part ? start : end);
        touch.to_caret = {caret.x - grip.from.x, caret.y - grip.from.y};
        return;
    }
    const auto index = index_under(text, {grip.at.x + touch.to_caret.x, grip.at.y + touch.to_caret.y});
    if (index != touch.fixed) {  // the handles stay apart: else the selection and they would be gone
        editor.set_selection(touch.fixed, index);
    }
}

}  // namespace

Touched take_touches(Ui& ui, const TouchedText& text, text::TextEditor& editor) {
    const NodeId field = ui.builder().id_of(text.key);
    const auto caret = editor.caret();
    const auto anchor = editor.anchor();
    const auto at = ui.input().tapped_at(field);
    if (at) {
        tap(ui, text, editor, *at);
    }
    if (const auto& grip = ui.grips().gripped(); grip && grip->owner == field) {
        grip->part == caret_part ? hold(ui, text, editor, *grip) : drag(ui, text, editor, *grip);
    }
    ui.grips().offer({field, caret_part, text.box, Grip::Takes::after_hold});
    const bool moved = at.has_value() || editor.caret() != caret || editor.anchor() != anchor;
    return moved ? Touched::yes : Touched::no;
}

float height_of_handle(const Ui& ui) {
    return static_cast<float>(target_mm * ui.frame().px_per_mm);
}

void draw_handles(Ui& ui, const TouchedText& text, const text::TextEditor& editor) {
    if (!editor.has_selection() || ui.input().modality() != Modality::pointer) {
        return;
    }
    const auto [start, end] = editor.selection();
    const float side = height_of_handle(ui);
    const float width = std::max(3.0F, 4 * ui.tokens().unit);
    for (const auto& [part, index, name] :
         {std::tuple(start_part, start, ".start"), std::tuple(end_part, end, ".end")}) {
        const text::Rect caret = text.block.caret_at(index);
        const Rect stem{text.left + caret.x - width / 2, text.top + caret.y, width, caret.height + side * 0.2F};
        const Rect knob{stem.x + width / 2 - side * 0.3F, stem.bottom() - 1, side * 0.6F, side * 0.6F};
        ui.painter().fill_physical(stem, ui.palette().brand);
        ui.painter().circle(ui.painter().mirrored(knob), ui.palette().brand);
        // Each reaches away from the other, so that those of a single letter can be told apart.
        const bool forwards = text.block.line_at(index).direction == text::Direction::left_to_right;
        const float away = (part == end_part) == forwards ? side * 0.3F : -side * 0.3F;
        const Rect area{stem.x + width / 2 - side / 2 + away, stem.bottom() - side * 0.2F, side, side};
        // No stop of its own: keys and switches select with Shift and arrows.
        semantics::Node& node = ui.add_node(text.key + name, semantics::Role::image, ui.painter().mirrored(area));
        node.flags.add(semantics::Flag::decorative);
        ui.grips().offer(
            {ui.builder().id_of(text.key), part, node.rect.intersected(node.clip), Grip::Takes::at_once});
    }
}

}  // namespace pillarbox::widgets
