// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/text_editor.hpp"

#include <algorithm>

#include "accessibility/text/shaped_text.hpp"
#include "accessibility/text/text_boundaries.hpp"
#include "accessibility/text/typed_text.hpp"

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
        other.wipe();
    }
    return *this;
}

void TextEditor::wipe() {
    text::wipe(text_);
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
}

void TextEditor::set_caret(std::size_t byte_index, Selecting selecting) {
    column_x_.reset();
    place_caret(byte_index, selecting);
}

void TextEditor::select_all() {
    column_x_.reset();
    anchor_ = 0;
    caret_ = text_.size();
}

TextEditor::Inserted TextEditor::insert(std::string_view text) {
    const auto [start, end] = selection();
    std::string typed = typed_text(text, limits_.lines);
    const auto kept = character_count() - count_characters(std::string_view(text_).substr(start, end - start));
    const auto room = limits_.characters_max - std::min(limits_.characters_max, kept);
    const auto fitting = fitting_size(typed, room, language_);
    const bool all = fitting == typed.size();
    if (fitting == 0) {
        text::wipe(typed);
        return all ? Inserted::all : Inserted::nothing;
    }
    erase(start, end);
    // Room is made first, so that no unwiped copy of the text is left behind by a growing string.
    std::string grown;
    grown.reserve(text_.size() + fitting);
    grown.append(text_, 0, start).append(typed, 0, fitting).append(text_, start);
    text_.swap(grown);
    text::wipe(grown);
    text::wipe(typed);
    // Not place_caret(): after a virama the caret has to stay where it is, in front of the consonant that joins it.
    caret_ = start + fitting;
    anchor_ = caret_;
    return all ? Inserted::all : Inserted::part;
}

void TextEditor::erase(std::size_t start, std::size_t end) {
    const auto old_size = text_.size();
    text_.erase(start, end - start);
    // What moved up left its last bytes behind, after the end.
    text_.append(old_size - text_.size(), '\0');
    text_.resize(old_size - (end - start));
    caret_ = start;
    anchor_ = start;
    column_x_.reset();
}

void TextEditor::backspace() {
    if (has_selection()) {
        const auto [start, end] = selection();
        erase(start, end);
        return;
    }
    std::size_t grapheme = 0;   // the caret position before
    std::size_t character = 0;  // the character before
    for (const auto& boundary : boundaries_of(text_, language_)) {
        if (boundary.byte_index >= caret_) {
            const bool takes_character = boundary.backspace_takes_character && boundary.byte_index == caret_;
            erase(takes_character ? character : grapheme, caret_);
            return;
        }
        character = boundary.byte_index;
        grapheme = boundary.caret ? boundary.byte_index : grapheme;
    }
}

void TextEditor::delete_forward() {
    if (has_selection()) {
        const auto [start, end] = selection();
        erase(start, end);
        return;
    }
    for (const auto& boundary : boundaries_of(text_, language_)) {
        if (boundary.caret && boundary.byte_index > caret_) {
            erase(caret_, boundary.byte_index);
            return;
        }
    }
}

}  // namespace pillarbox::text
