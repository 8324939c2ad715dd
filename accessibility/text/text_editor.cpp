// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/text_editor.hpp"

#include <algorithm>

#include "accessibility/text/text_boundaries.hpp"
#include "accessibility/text/typed_text.hpp"
#include "accessibility/text/wiped_text.hpp"

namespace pillarbox::text {

TextEditor::TextEditor(EditorLimits limits, std::string language, Direction direction)
    : limits_(limits), language_(std::move(language)), direction_(direction) {}

TextEditor::~TextEditor() {
    wipe();
}

// Moved member by member, and the other wiped: a short text lives inside its string object and would stay there.
TextEditor::TextEditor(TextEditor&& other) noexcept {
    *this = std::move(other);
}

TextEditor& TextEditor::operator=(TextEditor&& other) noexcept {
    if (this != &other) {
        wipe();
        limits_ = other.limits_;
        language_ = std::move(other.language_);
        direction_ = other.direction_;
        text_.swap(other.text_);
        caret_ = other.caret_;
        anchor_ = other.anchor_;
        column_x_ = other.column_x_;
        history_ = std::move(other.history_);
        other.wipe();
    }
    return *this;
}

void TextEditor::wipe() {
    text::wipe(text_);
    history_.clear();
    caret_ = 0;
    anchor_ = 0;
    column_x_.reset();
}

std::pair<std::size_t, std::size_t> TextEditor::selection() const {
    return std::minmax(caret_, anchor_);
}

std::size_t TextEditor::character_count() const {
    return count_characters(text_);
}

bool TextEditor::is_full() const {
    return character_count() >= limits_.characters_max;
}

void TextEditor::set_text(std::string_view text) {
    wipe();
    insert(text);
    history_.clear();
}

TextEditor::Inserted TextEditor::insert(std::string_view text) {
    const auto [start, end] = selection();
    std::string typed = typed_text(text, limits_.lines);
    const auto kept = character_count() - count_characters(std::string_view(text_).substr(start, end - start));
    const auto room = limits_.characters_max - std::min(limits_.characters_max, kept);
    const auto fitting = fitting_size(typed, room, language_);
    const bool all = fitting == typed.size();
    if (fitting > 0) {
        replace(start, end, std::string_view(typed).substr(0, fitting));
    }
    text::wipe(typed);
    if (all) {
        return Inserted::all;
    }
    return fitting > 0 ? Inserted::part : Inserted::nothing;
}

void TextEditor::replace(std::size_t start, std::size_t end, std::string_view replacement) {
    if (start == end && replacement.empty()) {
        return;
    }
    history_.record(start, std::string_view(text_).substr(start, end - start), replacement, caret_, anchor_);
    replace_part(text_, start, end - start, replacement);
    // Not place_caret(): after a virama the caret has to stay where it is, in front of the consonant that joins it.
    caret_ = start + replacement.size();
    anchor_ = caret_;
    column_x_.reset();
}

void TextEditor::backspace() {
    if (has_selection()) {
        const auto [start, end] = selection();
        replace(start, end, {});
        return;
    }
    std::size_t grapheme = 0;   // the caret position before
    std::size_t character = 0;  // the character before
    for (const auto& boundary : boundaries_of(text_, language_)) {
        if (boundary.byte_index >= caret_) {
            const bool takes_character = boundary.backspace_takes_character && boundary.byte_index == caret_;
            replace(takes_character ? character : grapheme, caret_, {});
            return;
        }
        character = boundary.byte_index;
        grapheme = boundary.caret ? boundary.byte_index : grapheme;
    }
}

void TextEditor::delete_forward() {
    if (has_selection()) {
        const auto [start, end] = selection();
        replace(start, end, {});
        return;
    }
    for (const auto& boundary : boundaries_of(text_, language_)) {
        if (boundary.caret && boundary.byte_index > caret_) {
            replace(caret_, boundary.byte_index, {});
            return;
        }
    }
}

void TextEditor::delete_word_back() {
    if (has_selection()) {
        backspace();
    } else {
        replace(word_step_from(caret_, Way::back), caret_, {});
    }
}

void TextEditor::delete_word_forward() {
    if (has_selection()) {
        delete_forward();
    } else {
        replace(caret_, word_step_from(caret_, Way::forward), {});
    }
}

void TextEditor::apply(const Edit& edit, std::string_view from, std::string_view to) {
    replace_part(text_, edit.start, from.size(), to);
    caret_ = edit.start + to.size();
    anchor_ = caret_;
    column_x_.reset();
}

void TextEditor::undo() {
    if (can_undo()) {
        const Edit& edit = history_.undo();
        apply(edit, edit.inserted, edit.removed);
        caret_ = edit.caret_before;
        anchor_ = edit.anchor_before;
    }
}

void TextEditor::redo() {
    if (can_redo()) {
        const Edit& edit = history_.redo();
        apply(edit, edit.removed, edit.inserted);
    }
}

}  // namespace pillarbox::text
