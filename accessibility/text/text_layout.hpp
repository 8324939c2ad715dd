// SPDX-License-Identifier: GPL-3.0-or-later
//
// A text that has been set: where its lines, glyphs and carets are, relative to its top left corner. Byte indexes are
// into the UTF-8 text that was given. Immutable but for its glyphs: they come into the atlas when they are first
// asked for, so that what is out of sight takes no room there, and again in each generation of the atlas
// (glyph_atlas.hpp). Keep a layout for a frame, and ask TextLayouter again in the next, which costs a look-up. One
// thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "accessibility/text/geometry.hpp"
#include "accessibility/text/glyph_atlas.hpp"
#include "accessibility/text/text_style.hpp"

namespace pillarbox::text {

struct GlyphQuad {
    Rect target;  // px from the layout's top left
    Rect uv;      // in the atlas, 0..1
    Ink ink = Ink::tinted;
};

// The glyphs of a text, line after line.
struct PaintedText {
    std::vector<GlyphQuad> quads;
    std::vector<std::size_t> line_ends;  // into `quads`
};

struct TextLine {
    std::size_t start = 0;   // bytes into the text
    std::size_t length = 0;  // bytes; a line break character is outside it
    Rect rect;               // px, logical: as wide as the text in the line, as high as the line
    float baseline = 0;      // px from the layout's top
    Direction direction = Direction::left_to_right;
};

class GlyphPainter;
class ShapedText;

class TextLayout {
  public:
    TextLayout(std::shared_ptr<const ShapedText> shaped, std::shared_ptr<GlyphPainter> painter);
    ~TextLayout();

    [[nodiscard]] Size size() const;  // the width asked for, or that of the longest line where that was unlimited
    [[nodiscard]] float width() const { return size().width; }
    [[nodiscard]] float height() const { return size().height; }
    [[nodiscard]] Rect text_rect() const;  // logical bounds of the text itself: narrower than size() in a wide column
    [[nodiscard]] Rect ink_rect() const;   // bounds of what is painted: marks may reach outside size()
    // Rasterises what the atlas lacks: ask only for what is in sight. They hold until the next call.
    [[nodiscard]] std::span<const GlyphQuad> quads() const;
    [[nodiscard]] std::span<const GlyphQuad> quads_of_lines(std::size_t line_count) const;  // of the first lines
    [[nodiscard]] const std::vector<TextLine>& lines() const;  // never empty: an empty text has one empty line
    [[nodiscard]] int missing_glyphs() const;                  // characters that no font has; drawn as boxes

    // The caret before the character at `byte_index` (0..text size): zero width, as high as its line.
    [[nodiscard]] Rect caret_at(std::size_t byte_index) const;
    // The caret position nearest to a point; never inside a grapheme.
    [[nodiscard]] std::size_t index_at(Point point) const;
    // What to paint behind the bytes [start, end): one or more rectangles a line.
    [[nodiscard]] std::vector<Rect> selection_rects(std::size_t start, std::size_t end) const;

  private:
    [[nodiscard]] const PaintedText& painted() const;

    std::shared_ptr<const ShapedText> shaped_;
    std::shared_ptr<GlyphPainter> painter_;
    mutable PaintedText painted_;
    mutable std::uint64_t generation_ = 0;  // of the atlas, in which `painted_` holds; 0: not painted yet
};

}  // namespace pillarbox::text
