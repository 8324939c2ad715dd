// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text as Pango set it: lines, carets and glyph runs, before any pixels. For this folder's sources only.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/text/font_library.hpp"
#include "accessibility/text/pango_handles.hpp"
#include "accessibility/text/text_boundaries.hpp"
#include "accessibility/text/text_layout.hpp"
#include "accessibility/text/text_style.hpp"
#include "accessibility/text/wiped_text.hpp"

namespace pillarbox::text {

class ShapedText {
  public:
    ShapedText(const FontLibrary& fonts, std::string text, const TextStyle& style, std::optional<float> width);
    ~ShapedText();  // wipes its copy of the text
    ShapedText(const ShapedText&) = delete;
    ShapedText& operator=(const ShapedText&) = delete;

    [[nodiscard]] Size size() const { return size_; }
    [[nodiscard]] Rect text_rect() const { return text_rect_; }
    [[nodiscard]] Rect ink_rect() const { return ink_rect_; }
    [[nodiscard]] const std::vector<TextLine>& lines() const { return lines_; }
    [[nodiscard]] int missing_glyphs() const { return missing_glyphs_; }
    [[nodiscard]] PangoLayout* layout() const { return layout_.get(); }

    [[nodiscard]] Rect caret_at(std::size_t byte_index) const;
    [[nodiscard]] std::size_t index_at(Point point) const;
    [[nodiscard]] std::vector<Rect> selection_rects(std::size_t start, std::size_t end) const;

  private:
    void set_style(const TextStyle& style, std::optional<float> width);
    void read_lines();
    [[nodiscard]] std::size_t caret_at_or_before(std::size_t byte_index) const;

    std::string text_;
    LayoutHandle layout_;
    std::vector<Boundary> boundaries_;
    std::vector<TextLine> lines_;
    Size size_;
    Rect text_rect_;
    Rect ink_rect_;
    int missing_glyphs_ = 0;
};

}  // namespace pillarbox::text
