// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text being edited, set in parts: paragraphs, and of long ones a few lines at a time. A key press sets the part it
// changed anew, the others come from the cache. The same questions as TextLayout, over the whole text. Byte indexes
// are into the whole text.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "accessibility/text/text_layouter.hpp"

namespace pillarbox::text {

struct BlockPart {
    std::size_t start = 0;       // bytes into the whole text
    float top = 0;               // px from the block's top
    std::size_t line_count = 0;  // of the layout's first lines, which are the part
    std::shared_ptr<const TextLayout> layout;

    [[nodiscard]] std::span<const GlyphQuad> quads() const { return layout->quads_of_lines(line_count); }
};

class TextBlock {
  public:
    // Paragraphs end at '\n'. Each paragraph has its own direction, where the style's direction_source asks for it.
    [[nodiscard]] static TextBlock lay_out(TextLayouter& layouter, std::string_view text, const TextStyle& style,
                                           ColumnWidth width);

    [[nodiscard]] const std::vector<BlockPart>& parts() const { return parts_; }  // never empty
    [[nodiscard]] Size size() const { return size_; }

    [[nodiscard]] Rect caret_at(std::size_t byte_index) const;
    [[nodiscard]] std::size_t index_at(Point point) const;
    [[nodiscard]] std::vector<Rect> selection_rects(std::size_t start, std::size_t end) const;

    // The line that holds a caret: its byte range in the whole text, and its rectangle in the block.
    [[nodiscard]] TextLine line_at(std::size_t byte_index) const;

  private:
    void add_paragraph(TextLayouter& layouter, std::string_view text, std::size_t start, TextStyle style,
                       ColumnWidth width);
    void add_part(std::size_t start, std::shared_ptr<const TextLayout> layout, std::size_t line_count);
    [[nodiscard]] const BlockPart& part_at(std::size_t byte_index) const;
    std::vector<BlockPart> parts_;
    Size size_;
};

}  // namespace pillarbox::text
