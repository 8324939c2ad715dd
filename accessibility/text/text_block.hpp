// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text being edited, set paragraph by paragraph: a key press re-sets one paragraph, the others come from the cache.
// The same questions as TextLayout, over the whole text. Byte indexes are into the whole text.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "accessibility/text/text_layouter.hpp"

namespace pillarbox::text {

struct BlockParagraph {
    std::size_t start = 0;  // bytes into the whole text
    float top = 0;          // px from the block's top
    std::shared_ptr<const TextLayout> layout;
};

class TextBlock {
  public:
    // Paragraphs end at '\n'. Each paragraph has its own direction, where the style's direction_source asks for it.
    [[nodiscard]] static TextBlock lay_out(TextLayouter& layouter, std::string_view text, const TextStyle& style,
                                           ColumnWidth width);

    [[nodiscard]] const std::vector<BlockParagraph>& paragraphs() const { return paragraphs_; }  // never empty
    [[nodiscard]] Size size() const { return size_; }

    [[nodiscard]] Rect caret_at(std::size_t byte_index) const;
    [[nodiscard]] std::size_t index_at(Point point) const;
    [[nodiscard]] std::vector<Rect> selection_rects(std::size_t start, std::size_t end) const;

    // The line that holds a caret: its byte range in the whole text, and its rectangle in the block.
    [[nodiscard]] TextLine line_at(std::size_t byte_index) const;

  private:
    [[nodiscard]] const BlockParagraph& paragraph_at(std::size_t byte_index) const;
    std::vector<BlockParagraph> paragraphs_;
    Size size_;
};

}  // namespace pillarbox::text
