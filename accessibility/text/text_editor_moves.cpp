// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the caret moves. Pango's own visual stepping is not used: pango_layout_move_cursor_visually (1.50) sticks at
// the ends of lines that run right to left. A step is logical, and "left" is forward in a paragraph that runs right
// to left.
#include <algorithm>

#include "accessibility/text/text_boundaries.hpp"
#include "accessibility/text/text_editor.hpp"

namespace pillarbox::text {

TextEditor::Way TextEditor::way_of(Direction screen_direction) const {
    const std::string_view text = text_;
    const auto start = caret_ == 0 ? 0 : text.rfind('\n', caret_ - 1) + 1;  // npos + 1 is 0
    const auto end = std::min(text.find('\n', caret_), text.size());
    const auto paragraph = direction_of_paragraph(text.substr(start, end - start), direction_);
    return screen_direction == paragraph ? Way::forward : Way::back;
}

void TextEditor::place_caret(std::size_t byte_index, Selecting selecting) {
    std::size_t place = 0;
    for (const auto& boundary : boundaries_of(text_, language_)) {
        if (boundary.byte_index > byte_index) {
            break;
        }
        place = boundary.caret ? boundary.byte_index : place;
    }
    caret_ = place;
    if (selecting == Selecting::no) {
        anchor_ = caret_;
    }
}

void TextEditor::end_movement() {
    column_x_.reset();
    history_.end_step();
}

void TextEditor::step(Way way, Selecting selecting) {
    end_movement();
    if (has_selection() && selecting == Selecting::no) {
        const auto [start, end] = selection();
        place_caret(way == Way::back ? start : end, selecting);
        return;
    }
    std::size_t target = way == Way::back ? 0 : text_.size();
    for (const auto& boundary : boundaries_of(text_, language_)) {
        if (way == Way::back && boundary.byte_index >= caret_) {
            break;
        }
        if (boundary.caret && way == Way::back) {
            target = boundary.byte_index;
        }
        if (boundary.caret && way == Way::forward && boundary.byte_index > caret_) {
            target = boundary.byte_index;
            break;
        }
    }
    place_caret(target, selecting);
}

std::size_t TextEditor::word_step_from(std::size_t byte_index, Way way) const {
    std::size_t target = way == Way::back ? 0 : text_.size();
    for (const auto& boundary : boundaries_of(text_, language_)) {
        if (way == Way::back && boundary.byte_index < byte_index && boundary.word_start) {
            target = boundary.byte_index;
        }
        if (way == Way::forward && boundary.byte_index > byte_index && boundary.word_end) {
            target = boundary.byte_index;
            break;
        }
    }
    return target;
}

void TextEditor::step_word(Way way, Selecting selecting) {
    end_movement();
    place_caret(word_step_from(caret_, way), selecting);
}

void TextEditor::move_line(const TextBlock& block, Way way, Selecting selecting) {
    const Rect caret = block.caret_at(caret_);
    const TextLine line = block.line_at(caret_);
    const float x = column_x_.value_or(caret.x);
    const float y = way == Way::back ? line.rect.y - 1 : line.rect.bottom() + 1;
    if (y < 0) {
        place_caret(0, selecting);
    } else if (y >= block.size().height) {
        place_caret(text_.size(), selecting);
    } else {
        place_caret(block.index_at({x, y}), selecting);
    }
    column_x_ = x;
    history_.end_step();
}

void TextEditor::set_caret(std::size_t byte_index, Selecting selecting) {
    end_movement();
    place_caret(byte_index, selecting);
}

void TextEditor::set_selection(std::size_t anchor, std::size_t caret) {
    set_caret(anchor);
    place_caret(caret, Selecting::yes);
}

void TextEditor::select_all() {
    end_movement();
    anchor_ = 0;
    caret_ = text_.size();
}

void TextEditor::select_word(std::size_t byte_index) {
    std::size_t start = 0;
    std::size_t end = 0;
    for (const auto& boundary : boundaries_of(text_, language_)) {
        if (boundary.word_end && boundary.byte_index >= byte_index) {
            end = boundary.byte_index;
            break;
        }
        start = boundary.word_start ? boundary.byte_index : start;
    }
    // Between two words the one found may lie behind the place; it has to touch it.
    const bool touches = end > start && start <= byte_index;
    touches ? set_selection(start, end) : set_caret(byte_index);
}

void TextEditor::select_paragraph(std::size_t byte_index) {
    const std::string_view text = text_;
    const auto at = std::min(byte_index, text.size());
    const auto start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;  // npos + 1 is 0
    set_selection(start, std::min(text.find('\n', at), text.size()));
}

void TextEditor::left(Selecting selecting) {
    step(way_of(Direction::right_to_left), selecting);
}
void TextEditor::right(Selecting selecting) {
    step(way_of(Direction::left_to_right), selecting);
}
void TextEditor::word_left(Selecting selecting) {
    step_word(way_of(Direction::right_to_left), selecting);
}
void TextEditor::word_right(Selecting selecting) {
    step_word(way_of(Direction::left_to_right), selecting);
}
void TextEditor::text_start(Selecting selecting) {
    set_caret(0, selecting);
}
void TextEditor::text_end(Selecting selecting) {
    set_caret(text_.size(), selecting);
}
void TextEditor::up(const TextBlock& block, Selecting selecting) {
    move_line(block, Way::back, selecting);
}
void TextEditor::down(const TextBlock& block, Selecting selecting) {
    move_line(block, Way::forward, selecting);
}

void TextEditor::line_start(const TextBlock& block, Selecting selecting) {
    set_caret(block.line_at(caret_).start, selecting);
}

void TextEditor::line_end(const TextBlock& block, Selecting selecting) {
    const TextLine line = block.line_at(caret_);
    const auto end = line.start + line.length;
    const bool wrapped = line.length > 0 && end < text_.size() && text_[end] != '\n';
    set_caret(wrapped ? end - 1 : end, selecting);  // before the space at which the line was wrapped
}

}  // namespace pillarbox::text
