// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/keyboard.hpp"

#include <algorithm>
#include <functional>

#include "kiosk/widgets/key_variants.hpp"
#include "kiosk/widgets/keyboard_key.hpp"
#include "kiosk/widgets/keypad.hpp"

namespace pillarbox::widgets {

using input::KeyboardLayout;
using input::KeyLevel;
using input::KeySymbol;
using semantics::Checked;
using semantics::Node;
using semantics::Role;

namespace {

using namespace std::chrono_literals;
constexpr std::chrono::milliseconds double_press = 500ms;

// How much a finger that lies on Delete has deleted by then: letters, then words, then no more, for a hand that only
// rests there can't be told from one that means it.
constexpr int letters_first = 6;
constexpr int deletions_max = 20;
int deletions_due(std::chrono::milliseconds held) {
    constexpr std::chrono::milliseconds letter = 150ms;
    constexpr std::chrono::milliseconds word = 400ms;
    const auto letters = 1 + held / letter;
    if (letters <= letters_first) {
        return static_cast<int>(letters);
    }
    const auto words = (held - letters_first * letter) / word;
    return static_cast<int>(std::min<std::int64_t>(deletions_max, letters_first + 1 + words));
}

constexpr std::string_view signs_label = "\u2066#+=\u2069";  // the same way round on every page

class KeyboardDrawing {
  public:
    KeyboardDrawing(Ui& ui, const Rect& place) : ui_(ui), state_(ui.keyboard()), gap_(ui.tokens().key_gap) {
        // Letters stand where people know them: left to right on the glass whatever way the page runs.
        const Rect physical = ui.painter().mirrored(place);
        state_.layout = std::min(state_.layout, ui.frame().keyboards.size() - 1);
        layout_ = &ui.frame().keyboards[state_.layout];
        const float width = std::min(physical.width, ui.tokens().keyboard_width);
        inner_ = {physical.x + (physical.width - width) / 2 + gap_, physical.y + gap_, width - 2 * gap_,
                  physical.height - 2 * gap_};
        row_height_ = (inner_.height - 4 * gap_) / 5;
    }

    void draw(const Rect& logical) {
        ui_.painter().fill(logical, ui_.palette().keyboard);
        Node& node = ui_.open_node("keyboard", Role::keyboard, logical);
        node.name = ui_.words().keyboard;
        node.controls = state_.field;
        const bool symbols = state_.plane == KeyboardPlane::symbols;
        const auto& rows = symbols ? layout_->symbols : layout_->rows;
        const auto has_corner = [](const input::KeyRow& keys) {
            return std::ranges::any_of(keys, [](const input::Key& key) { return !key.corner.empty(); });
        };
        const bool corners = level() == KeyLevel::base && std::ranges::any_of(rows, has_corner);
        corners_ = corners ? CornerRoom::kept : CornerRoom::none;
        float y = inner_.y;
        for (std::size_t row = 0; row < rows.size() && row < 4; ++row) {
            draw_row(rows, row, y);
            y += row_height_ + gap_;
        }
        draw_functions(inner_.bottom() - row_height_);
        draw_open_variants();
        ui_.close_node();
        delete_while_held();
    }

  private:
    [[nodiscard]] KeyLevel level() const {
        const bool shifted = state_.shift != ShiftState::off && state_.plane == KeyboardPlane::letters;
        return shifted ? KeyLevel::shift : KeyLevel::base;
    }

    [[nodiscard]] bool takes_lines() const {
        const Node* field = semantics::find(ui_.tree(), state_.field);
        return field != nullptr && field->flags.has(semantics::Flag::multiline);
    }

    void type(std::string text) {
        ui_.input().type_next_frame({.text = std::move(text)});
        if (state_.shift == ShiftState::once) {
            state_.shift = ShiftState::off;
        }
        ui_.settle();
    }
    void type_key(platform::Key key, platform::Control control = platform::Control::up) {
        ui_.input().type_next_frame({.key = key, .control = control});
    }

    // Columns line up: all rows share one width of a key, but where a letter needs more. The last one has Shift and
    // Delete at its ends.
    void draw_row(const std::vector<input::KeyRow>& rows, std::size_t row, float y) {
        const bool last = row + 1 == rows.size();
        std::size_t longest = rows.back().size() + 2;
        for (const auto& keys : rows) {
            longest = std::max(longest, keys.size());
        }
        const float width = (inner_.width + gap_) / static_cast<float>(longest) - gap_;
        const float row_width = static_cast<float>(rows[row].size()) * (width + gap_) - gap_;
        float x = inner_.x + (inner_.width - row_width) / 2;
        std::size_t column = 0;
        if (last && state_.plane == KeyboardPlane::letters) {
            draw_shift({inner_.x, y, x - gap_ - inner_.x, row_height_});
        }
        for (const float key_width : widths_in(rows[row], width)) {
            draw_letter(rows[row][column++], {x, y, key_width, row_height_});
            x += key_width + gap_;
        }
        if (last) {
            draw_delete({x, y, inner_.right() - x, row_height_});
        }
    }

    // What the widest letters need, the row's other keys give up in equal parts. Shift moves no key.
    [[nodiscard]] std::vector<float> widths_in(const input::KeyRow& keys, float width) {
        const Rect share{0, 0, width, row_height_};
        std::vector<float> widths;
        float lent = 0;
        for (const input::Key& key : keys) {
            const float base = width_for_letter(ui_, face_of(key, KeyLevel::base), share);
            widths.push_back(std::max(base, width_for_letter(ui_, face_of(key, KeyLevel::shift), share)));
            lent += widths.back() - width;
        }
        const auto lenders = std::ranges::count(widths, width);
        if (lenders == 0) {
            return std::vector<float>(keys.size(), width);
        }
        for (float& each : widths) {
            each = each > width ? each : width - lent / static_cast<float>(lenders);
        }
        return widths;
    }

    void draw_shift(const Rect& place) {
        const bool locked = state_.shift == ShiftState::locked;
        const KeyFace face{.id = "shift",
                           .name = locked ? ui_.words().key_capitals : ui_.words().key_shift,
                           .icon = locked ? Icon::shift_lock : Icon::shift,
                           .ground = state_.shift == ShiftState::off ? KeyGround::function : KeyGround::on,
                           .checked = state_.shift == ShiftState::off ? Checked::off : Checked::on};
        if (draw_key(ui_, face, place) == Press::none) {
            return;
        }
        const bool again = ui_.frame().now - state_.shift_pressed < double_press;
        state_.shift_pressed = ui_.frame().now;
        state_.shift = state_.shift == ShiftState::off             ? ShiftState::once
                       : state_.shift == ShiftState::once && again ? ShiftState::locked
                                                                   : ShiftState::off;
        ui_.settle();
    }

    [[nodiscard]] KeyFace face_of(const input::Key& key, KeyLevel at) const {
        const KeySymbol& symbol = key.at(at);
        return {.id = key.id,
                .name = symbol.name,
                .label = symbol.label,
                .corner = corners_ == CornerRoom::kept ? key.corner : std::string(),
                .corner_room = corners_,
                .letter_forms = layout_->letter_forms};
    }

    void draw_letter(const input::Key& key, const Rect& place) {
        const KeySymbol& symbol = key.at(level());
        const bool has_more = !key.variants_at(level()).empty();
        const bool marked = has_more && state_.more_letters == KeyboardState::MoreLetters::of_next_key;
        KeyFace face = face_of(key, level());
        face.ground = marked ? KeyGround::marked : KeyGround::letter;
        const bool pressed = draw_key(ui_, face, place) == Press::activated;
        const auto id = ui_.builder().id_of(key_node(key.id));
        if (has_more) {
            ui_.grips().offer({id, 0, place, Grip::Takes::after_hold});
        }
        const auto grip = ui_.grips().gripped_by(id);
        if (has_more && ((pressed && marked) || (grip && grip->phase == Gripped::Phase::took))) {
            open_variants(key.id);
        } else if (pressed) {
            type(symbol.text);
        }
        if (has_more && state_.variants_of == key.id) {
            open_ = VariantsSpec{key.id, key.variants_at(level()), layout_->letter_forms, place, inner_};
        }
    }

    void open_variants(const std::string& key) {
        state_.variants_of = key;
        state_.more_letters = KeyboardState::MoreLetters::off;
        if (ui_.input().modality() == Modality::keys) {
            ui_.focus(key_node("variant/0"));
        }
        just_opened_ = true;
        ui_.settle();
    }

    void draw_open_variants() {
        if (!open_) {
            state_.variants_of.clear();
            return;
        }
        if (const auto chosen = draw_variants(ui_, *open_)) {
            type(*chosen);
            close_variants();
        } else if (!just_opened_ && (ui_.input().activated_anything() || ui_.input().escape_pressed())) {
            close_variants();  // something else was pressed
        }
    }

    void close_variants() {
        state_.variants_of.clear();
        // The focus may not go with the row: without it the keyboard would have no field.
        if (ui_.input().modality() == Modality::keys) {
            ui_.focus(key_node(open_->key));
        }
        ui_.settle();
    }

    void draw_delete(const Rect& place) {
        const KeyFace face{
            .id = "delete", .name = ui_.words().key_delete, .icon = Icon::backspace, .ground = KeyGround::function};
        if (draw_key(ui_, face, place) == Press::activated) {
            type_key(platform::Key::backspace);
        }
        delete_place_ = place;
        ui_.grips().offer({ui_.builder().id_of(key_node("delete")), 0, place, Grip::Takes::after_hold});
    }

    // A finger alone: keys, switches and requests delete one at a time.
    void delete_while_held() {
        const auto grip = ui_.grips().gripped_by(ui_.builder().id_of(key_node("delete")));
        if (!grip || grip->phase == Gripped::Phase::let_go || grip->phase == Gripped::Phase::lost ||
            !delete_place_.contains(grip->at.x, grip->at.y)) {
            state_.deleted = 0;
            return;
        }
        const int due = deletions_due(ui_.frame().now - grip->since);
        if (state_.deleted < due) {
            type_key(platform::Key::backspace,
                     state_.deleted < letters_first ? platform::Control::up : platform::Control::held);
            ++state_.deleted;
        }
        if (state_.deleted < deletions_max) {
            ui_.settle();
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
        draw_plane_keys(next);
        const float after_space = unit * (takes_lines() ? 3.7F : 2.5F);
        draw_space(next((inner_.right() + gap_ - x - after_space) / unit));
        draw_last_keys(next);
    }

    // What changes the letters that are shown.
    void draw_plane_keys(const std::function<Rect(float)>& next) {
        const Words& words = ui_.words();
        const bool symbols = state_.plane == KeyboardPlane::symbols;
        if (draw_key(ui_,
                     {.id = "symbols",
                      .name = symbols ? words.key_letters : words.key_symbols,
                      .label = symbols ? layout_->letters_label : std::string(signs_label),
                      .letter_forms = layout_->letter_forms,
                      .ground = KeyGround::function},
                     next(1.4F)) == Press::activated) {
            state_.plane = symbols ? KeyboardPlane::letters : KeyboardPlane::symbols;
            ui_.settle();
        }
        if (ui_.frame().keyboards.size() > 1 &&
            draw_key(
                ui_,
                {.id = "layout", .name = words.key_layout, .icon = Icon::language, .ground = KeyGround::function},
                next(1.2F)) == Press::activated) {
            state_.layout = (state_.layout + 1) % ui_.frame().keyboards.size();
            state_.plane = KeyboardPlane::letters;
            state_.shift = ShiftState::off;
            ui_.settle();
        }
        const bool on = state_.more_letters == KeyboardState::MoreLetters::of_next_key;
        if (!symbols && !layout_->variants_label.empty() &&
            draw_key(ui_,
                     {.id = "more",
                      .name = words.key_variants,
                      .label = layout_->variants_label,
                      .letter_forms = layout_->letter_forms,
                      .ground = on ? KeyGround::on : KeyGround::function,
                      .checked = on ? Checked::on : Checked::off},
                     next(1.2F)) == Press::activated) {
            using More = KeyboardState::MoreLetters;
            state_.more_letters = on ? More::off : More::of_next_key;
            ui_.settle();
        }
    }

    void draw_space(const Rect& place) {
        const std::string& space = ui_.words().key_space;
        const KeyFace face{.id = "space", .name = space + ", " + layout_->label, .label = layout_->label};
        if (draw_key(ui_, face, place) == Press::activated) {
            type(" ");
        }
    }

    void draw_last_keys(const std::function<Rect(float)>& next) {
        const Words& words = ui_.words();
        const bool can_undo = state_.undo == KeyboardState::Undo::possible;
        if (draw_key(ui_,
                     {.id = "undo",
                      .name = words.key_undo,
                      .icon = Icon::undo,
                      .ground = KeyGround::function,
                      .availability = can_undo ? Availability::enabled : Availability::disabled},
                     next(1.1F)) == Press::activated) {
            type_key(platform::Key::undo);
        }
        if (takes_lines() &&
            draw_key(
                ui_,
                {.id = "return", .name = words.key_return, .icon = Icon::line_break, .ground = KeyGround::function},
                next(1.2F)) == Press::activated) {
            type_key(platform::Key::enter);
        }
        if (draw_key(
                ui_,
                {.id = "done", .name = words.key_done, .icon = Icon::keyboard_hide, .ground = KeyGround::function},
                next(1.4F)) == Press::activated) {
            state_.visibility = KeyboardVisibility::hidden;
            ui_.focus(state_.field_key);
        }
    }

    Ui& ui_;
    KeyboardState& state_;
    const KeyboardLayout* layout_ = nullptr;
    float gap_ = 0;
    Rect inner_;
    float row_height_ = 0;
    CornerRoom corners_ = CornerRoom::none;
    Rect delete_place_;
    std::optional<VariantsSpec> open_;
    bool just_opened_ = false;
};

}  // namespace

bool keyboard_is_open(const Ui& ui) {
    return ui.keyboard().field != NodeId::none && ui.keyboard().visibility == KeyboardVisibility::shown &&
           !ui.frame().keyboards.empty() && !ui.frame().keyboards.front().rows.empty();
}

float height_of_keyboard(const Ui& ui) {
    return 5 * ui.tokens().key_height + 6 * ui.tokens().key_gap;
}

void draw_keyboard(Ui& ui, const Rect& place) {
    if (ui.keyboard().keys != FieldKeys::letters) {
        return draw_keypad(ui, place);
    }
    KeyboardDrawing(ui, place).draw(place);
}

}  // namespace pillarbox::widgets
