// SPDX-License-Identifier: GPL-3.0-or-later
//
// What fingers do to a field's text. A tap places the caret, a second one on the same spot selects the word, a third
// the paragraph. A long press takes the caret along with the finger. Where something is selected, each end has a
// handle below its line that can be dragged. Keys do the same by Shift and arrows.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "accessibility/semantics/node.hpp"
#include "accessibility/text/text_block.hpp"
#include "accessibility/text/text_editor.hpp"
#include "kiosk/platform/event.hpp"

namespace pillarbox::widgets {

class Ui;

// From frame to frame, of the field that was touched last.
struct FieldTouch {
    semantics::NodeId field = semantics::NodeId::none;
    int taps = 0;  // on the same spot, soon after one another
    std::chrono::milliseconds tapped{0};
    platform::Point at{};
    std::size_t fixed = 0;       // the selection's other end, while a handle is dragged
    platform::Point to_caret{};  // from the finger on the handle to the caret that it moves
};

// A field's text as it is drawn.
struct TouchedText {
    std::string key;
    const text::TextBlock& block;
    float left = 0;  // physical px of the block's corner
    float top = 0;
    semantics::Rect box;  // of the field, physical
};

enum class Touched { no, yes };  // yes: caret or selection may have moved

[[nodiscard]] Touched take_touches(Ui& ui, const TouchedText& text, text::TextEditor& editor);

// Draws the handles and offers them to the next finger. Only where fingers are in use and something is selected.
void draw_handles(Ui& ui, const TouchedText& text, const text::TextEditor& editor);
[[nodiscard]] float height_of_handle(const Ui& ui);

}  // namespace pillarbox::widgets
