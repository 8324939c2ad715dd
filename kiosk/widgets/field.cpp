// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/field.hpp"

#include <algorithm>
#include <optional>

#include "accessibility/text/text_block.hpp"
#include "kiosk/widgets/drawing.hpp"
#include "kiosk/widgets/field_touch.hpp"
#include "kiosk/widgets/texts.hpp"

namespace pillarbox::widgets {

using platform::Key;
using semantics::Flag;
using semantics::Node;
using semantics::Role;
using text::TextBlock;
using text::TextEditor;

namespace {

std::size_t code_points(std::string_view text, std::size_t bytes) {
    const auto part = text.substr(0, bytes);
    return static_cast<std::size_t>(std::ranges::count_if(
        part, [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; }));
}

class FieldDrawing {
  public:
    FieldDrawing(Ui& ui, const FieldSpec& spec, TextEditor& editor) : ui_(ui), spec_(spec), editor_(editor) {
        const Tokens& tokens = ui.tokens();
        style_ = ui.style_of({.size_px = tokens.option_px, .line_height = 1.25F});
        style_.direction_source = text::DirectionSource::first_strong_letter;
        if (spec.direct == Direct::left_to_right) {
            style_.direction = text::Direction::left_to_right;
            style_.direction_source = text::DirectionSource::style;
        }
        inset_ = tokens.padding * 0.8F;
        width_ = ui.flow().width;
        if (spec.figures > 0) {
            width_ = std::min(width_, static_cast<float>(spec.figures) * tokens.option_px * 0.75F + 2 * inset_);
        }
        text_width_ = width_ - 2 * inset_;
    }

    FieldChange draw() {
        take_typing();
        const TextBlock block = lay_out();
        const float line = ui_.layouter().measure("X", style_).height;
        const int rows = spec_.lines == FieldLines::multiple ? spec_.rows_min : 1;
        const float text_height = std::max(block.size().height, line * static_cast<float>(rows));
        box_ = ui_.take(text_height + 2 * inset_);
        box_.width = width_;
        const Rect physical = ui_.painter().mirrored(box_);
        const float left = physical.x + inset_;
        const float top = physical.y + inset_;
        const TouchedText touched{spec_.key, block, left, top, seen_part_of(physical)};
        if (!masked() && take_touches(ui_, touched, editor_) == Touched::yes) {
            moved_ = true;
        }
        draw_box();
        draw_selection(block, left, top);
        for (const text::BlockPart& part : block.parts()) {
            const auto ink = part.layout->ink_rect();
            if (ui_.painter().in_sight(top + part.top + ink.y, top + part.top + ink.bottom())) {
                ui_.painter().quads(part.quads(), left, top + part.top, ui_.palette().ink);
            }
        }
        draw_caret(block, left, top);
        emit_node(block);
        if (takes_typing() && !masked()) {
            draw_handles(ui_, touched, editor_);
        }
        return change_;
    }

  private:
    [[nodiscard]] bool has_focus() const { return ui_.is_focused(spec_.key); }
    // The on-screen keyboard's keys may have the focus themselves (by Tab or a switch).
    [[nodiscard]] bool takes_typing() const {
        return has_focus() || ui_.keyboard().field == ui_.builder().id_of(spec_.key);
    }
    [[nodiscard]] bool is_wrong() const { return !spec_.error.empty() || spec_.marking == Marking::wrong; }
    [[nodiscard]] bool masked() const { return spec_.reveal == Reveal::masked; }

    [[nodiscard]] TextBlock lay_out() {
        if (!masked()) {
            return TextBlock::lay_out(ui_.layouter(), editor_.text(), style_, text_width_);
        }
        return TextBlock::lay_out(ui_.layouter(), editor_.text().empty() ? std::string_view{} : masked_text, style_,
                                  text_width_);
    }

    void take_typing() {
        if (const auto text = ui_.input().text_request(ui_.builder().id_of(spec_.key))) {
            editor_.select_all();  // and not set_text(), which could not be undone
            editor_.backspace();
            editor_.insert(*text);
            change_ = FieldChange::changed;
        }
        if (!takes_typing()) {
            return;
        }
        ui_.keyboard().keys = spec_.keys;
        for (const Typed& typed : ui_.input().take_typed()) {
            moved_ = true;
            if (typed.key == Key::none) {
                editor_.insert(typed.text);
                change_ = FieldChange::changed;
            } else {
                take_key(typed);
            }
        }
        ui_.keyboard().undo = editor_.can_undo() ? KeyboardState::Undo::possible : KeyboardState::Undo::nothing;
    }

    void take_key(const Typed& typed) {
        const auto selecting = typed.shift == platform::Shift::held ? text::Selecting::yes : text::Selecting::no;
        const bool by_word = typed.control == platform::Control::held;
        switch (typed.key) {
            case Key::enter:
                if (spec_.lines == FieldLines::single) {
                    change_ = FieldChange::entered;
                } else {
                    editor_.insert("\n");
                    change_ = FieldChange::changed;
                }
                break;
            case Key::backspace:
                by_word ? editor_.delete_word_back() : editor_.backspace();
                change_ = FieldChange::changed;
                break;
            case Key::delete_forward:
                by_word ? editor_.delete_word_forward() : editor_.delete_forward();
                change_ = FieldChange::changed;
                break;
            case Key::undo:
                editor_.undo();
                change_ = FieldChange::changed;
                break;
            case Key::redo:
                editor_.redo();
                change_ = FieldChange::changed;
                break;
            case Key::select_all:
                editor_.select_all();
                break;
            case Key::left:
                by_word ? editor_.word_left(selecting) : editor_.left(selecting);
                break;
            case Key::right:
                by_word ? editor_.word_right(selecting) : editor_.right(selecting);
                break;
            case Key::up:
            case Key::down:
                take_line_step(typed.key, selecting);
                break;
            case Key::home:
                by_word ? editor_.text_start(selecting) : editor_.line_start(lay_out(), selecting);
                break;
            case Key::end:
                by_word ? editor_.text_end(selecting) : editor_.line_end(lay_out(), selecting);
                break;
            case Key::none:
            case Key::tab:
            case Key::space:
            case Key::escape:
            case Key::page_up:
            case Key::page_down:
            case Key::next_item:
            case Key::previous_item:
            case Key::activate:
            case Key::go_back:
            case Key::open_help:
                break;
        }
    }

    // At the first and last line the arrows leave the field, so that a keypad without Tab is never stuck in it.
    void take_line_step(Key key, text::Selecting selecting) {
        const TextBlock block = TextBlock::lay_out(ui_.layouter(), editor_.text(), style_, text_width_);
        const auto line_before = block.line_at(editor_.caret()).start;
        const std::size_t caret_before = editor_.caret();
        key == Key::up ? editor_.up(block, selecting) : editor_.down(block, selecting);
        const bool stayed = block.line_at(editor_.caret()).start == line_before;
        if (stayed && selecting == text::Selecting::no) {
            editor_.set_caret(caret_before);
            ui_.input().move_focus(ui_.tree(), key == Key::up ? -1 : 1, semantics::arrow_stops(ui_.tree()));
            ui_.bring_into_view(ui_.input().focus());
            moved_ = false;
        }
    }

    [[nodiscard]] Rect seen_part_of(const Rect& physical) {
        return physical.intersected(ui_.painter().mirrored(ui_.painter().clip()));
    }

    void draw_box() {
        const Tokens& tokens = ui_.tokens();
        const Palette& palette = ui_.palette();
        edge_ = !is_wrong() ? (takes_typing() ? palette.brand : palette.control_border) : palette.danger;
        const bool thick = takes_typing() || is_wrong();
        ui_.painter().fill(box_, palette.surface, tokens.radius * 0.7F);
        ui_.painter().stroke(box_, edge_, tokens.radius * 0.7F, thick ? tokens.border_chosen : tokens.border * 1.5F);
    }

    void draw_selection(const TextBlock& block, float left, float top) {
        if (!editor_.has_selection() || masked()) {
            return;
        }
        const auto [start, end] = editor_.selection();
        for (const text::Rect& part : block.selection_rects(start, end)) {
            ui_.painter().fill_physical({left + part.x, top + part.y, part.width, part.height},
                                        ui_.palette().brand_tint);
        }
    }

    // The caret does not blink: a blinking one would keep an idle kiosk drawing for ever.
    void draw_caret(const TextBlock& block, float left, float top) {
        if (!takes_typing()) {
            return;
        }
        const text::Rect caret = block.caret_at(masked() ? 0 : editor_.caret());
        const float width = std::max(3.0F, 4 * ui_.tokens().unit);
        const Rect drawn{left + caret.x - width / 2, top + caret.y, width, caret.height};
        ui_.painter().fill_physical(drawn, ui_.palette().brand);
        if (moved_ || ui_.keyboard().place == KeyboardState::Place::new_field) {
            ui_.keyboard().place = KeyboardState::Place::seen;
            const float below = editor_.has_selection() ? height_of_handle(ui_) : 0;
            ui_.reveal({box_.x, drawn.y - inset_, box_.width, drawn.height + 2 * inset_ + below});
        }
    }

    void emit_node(const TextBlock& block) {
        Node& node = ui_.add_node(spec_.key, Role::text_field, box_);
        node.name = spec_.label.empty() ? spec_.name : spec_.label;
        node.flags.add(Flag::private_text);
        if (spec_.lines == FieldLines::multiple) {
            node.flags.add(Flag::multiline);
        }
        if (is_wrong()) {
            node.flags.add(Flag::invalid);
        }
        if (masked()) {
            node.flags.add(Flag::masked);
        } else {
            node.value = editor_.text();
            node.caret = code_points(editor_.text(), editor_.caret());
            const auto [start, end] = editor_.selection();
            node.selection = {code_points(editor_.text(), start), code_points(editor_.text(), end)};
        }
        ui_.make_pressable(node);
        node.actions.add(semantics::Action::set_text);
        refer_to_label(ui_, node, {spec_.key, spec_.label, spec_.hint, spec_.error});
        node.visual.foreground = ui_.palette().ink;
        node.visual.background = ui_.palette().surface;
        node.visual.border = edge_;
        node.visual.page = ui_.palette().page;
        ui_.note_size(node, style_.size_px);
        const Rect physical = ui_.painter().mirrored(box_);
        node.visual.text = Rect{physical.x + inset_, physical.y + inset_, block.size().width, block.size().height};
        ui_.focus_ring(node, box_, ui_.tokens().radius * 0.7F);
    }

    Ui& ui_;
    const FieldSpec& spec_;
    TextEditor& editor_;
    text::TextStyle style_;
    float inset_ = 0;
    float width_ = 0;
    float text_width_ = 0;
    Rect box_;
    Colour edge_;
    FieldChange change_ = FieldChange::none;
    bool moved_ = false;
};

// A line of small print below the field, spoken when it comes.
void draw_note(Ui& ui, const std::string& key, const std::string& text) {
    if (text.empty()) {
        return;
    }
    const TextSpec note_spec{.size_px = ui.tokens().small_px};
    ui.space(ui.tokens().gap_small);
    const auto layout = ui.lay_out(text, note_spec, ui.flow().width);
    const Rect rect = ui.take(layout->height());
    ui.painter().text(*layout, rect, ui.palette().ink_soft);
    Node& node = ui.add_node(key, Role::status, rect);
    node.name = text;
    node.live = semantics::Live::polite;
    ui.note_text(node, *layout, rect, note_spec, ui.palette().ink_soft, ui.palette().page);
}

}  // namespace

FieldChange text_field(Ui& ui, const FieldSpec& spec, TextEditor& editor) {
    draw_label(ui, {spec.key, spec.label, spec.hint, spec.error});
    const FieldChange change = FieldDrawing(ui, spec, editor).draw();
    draw_note(ui, spec.key + ".counter", spec.counter);
    draw_note(ui, spec.key + ".letters", ui.words().letters_missing);
    large_gap(ui);
    return change;
}

}  // namespace pillarbox::widgets
