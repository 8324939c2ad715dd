// SPDX-License-Identifier: GPL-3.0-or-later
//
// The state of a text field: text, caret, selection. Steps are graphemes as a reader sees them (UAX #29, and no caret
// between a virama and its consonant); backspace takes one character where the script is typed so (Arabic marks,
// Bengali signs). It knows no screen: only up(), down() and the line ends need to be told how the text is set
// (TextBlock). Every edit can be taken back and done again. Text and history are wiped when the editor goes, and so
// is every copy that an edit leaves behind. There is no clipboard: nothing of an answer leaves its field.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accessibility/text/edit_history.hpp"
#include "accessibility/text/text_block.hpp"
#include "accessibility/text/text_style.hpp"

namespace pillarbox::text {

enum class Lines { single, multiple };
enum class Selecting { no, yes };  // yes: the step extends the selection (Shift held)

struct EditorLimits {
    Lines lines = Lines::single;
    std::size_t characters_max = 2000;  // Unicode code points
};

class TextEditor {
  public:
    explicit TextEditor(EditorLimits limits = {}, std::string language = "en",
                        Direction direction = Direction::left_to_right);
    ~TextEditor();
    TextEditor(const TextEditor&) = delete;
    TextEditor& operator=(const TextEditor&) = delete;
    TextEditor(TextEditor&&) noexcept;
    TextEditor& operator=(TextEditor&&) noexcept;

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] std::size_t caret() const { return caret_; }  // byte index
    [[nodiscard]] std::size_t anchor() const {
        return anchor_;
    }  // the selection's other end; == caret() where there is none
    [[nodiscard]] std::pair<std::size_t, std::size_t> selection() const;  // [first, second) in bytes
    [[nodiscard]] bool has_selection() const { return caret_ != anchor_; }
    [[nodiscard]] std::size_t character_count() const;  // code points
    [[nodiscard]] bool is_full() const;

    // Starts anew: caret to the end, no history; what is beyond the limits is cut at a grapheme.
    void set_text(std::string_view text);
    void set_caret(std::size_t byte_index, Selecting selecting = Selecting::no);  // moved to a caret position
    void set_selection(std::size_t anchor, std::size_t caret);                    // both moved to caret positions
    void select_all();
    void select_word(std::size_t byte_index);       // the word that holds or touches the place, else no selection
    void select_paragraph(std::size_t byte_index);  // without its line break

    // Replaces the selection. Control characters are dropped, and line breaks in a single line become spaces. Inserts
    // whole graphemes as long as there is room. Returns whether all of it fitted: the field says so where it did not.
    enum class Inserted { all, part, nothing };
    Inserted insert(std::string_view text);
    void backspace();            // the selection, or the character or grapheme before the caret
    void delete_forward();       // the selection, or the grapheme after the caret
    void delete_word_back();     // the selection, or to the start of the word before the caret
    void delete_word_forward();  // the selection, or to the end of the word after it

    // One step of what was written or deleted; nothing where there is none (EditHistory).
    void undo();
    void redo();
    [[nodiscard]] bool can_undo() const { return history_.can_undo(); }
    [[nodiscard]] bool can_redo() const { return history_.can_redo(); }

    void left(
        Selecting selecting = Selecting::no);  // as seen: forward in the text where its paragraph runs right to left
    void right(Selecting selecting = Selecting::no);
    void word_left(Selecting selecting = Selecting::no);
    void word_right(Selecting selecting = Selecting::no);
    void text_start(Selecting selecting = Selecting::no);
    void text_end(Selecting selecting = Selecting::no);
    // These need the text as set. Up and down keep the column they started from over short lines.
    void up(const TextBlock& block, Selecting selecting = Selecting::no);
    void down(const TextBlock& block, Selecting selecting = Selecting::no);
    void line_start(const TextBlock& block, Selecting selecting = Selecting::no);
    void line_end(const TextBlock& block, Selecting selecting = Selecting::no);

  private:
    enum class Way { back, forward };
    [[nodiscard]] Way way_of(Direction screen_direction) const;
    void step(Way way, Selecting selecting);
    void step_word(Way way, Selecting selecting);
    [[nodiscard]] std::size_t word_step_from(std::size_t byte_index, Way way) const;
    void move_line(const TextBlock& block, Way way, Selecting selecting);
    void place_caret(std::size_t byte_index, Selecting selecting);
    void end_movement();
    // Every edit is this one; the caret ends behind `replacement`.
    void replace(std::size_t start, std::size_t end, std::string_view replacement);
    void apply(const Edit& edit, std::string_view from, std::string_view to);
    void wipe();

    EditorLimits limits_;
    std::string language_;
    Direction direction_;
    std::string text_;
    std::size_t caret_ = 0;
    std::size_t anchor_ = 0;
    std::optional<float> column_x_;  // px; while up and down follow each other
    EditHistory history_;
};

}  // namespace pillarbox::text
