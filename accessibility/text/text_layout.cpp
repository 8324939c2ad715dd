// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/text_layout.hpp"

#include <algorithm>

#include "accessibility/text/glyph_painter.hpp"
#include "accessibility/text/shaped_text.hpp"

namespace pillarbox::text {

TextLayout::TextLayout(std::shared_ptr<const ShapedText> shaped, std::shared_ptr<GlyphPainter> painter)
    : shaped_(std::move(shaped)), painter_(std::move(painter)) {}
TextLayout::~TextLayout() = default;

Size TextLayout::size() const {
    return shaped_->size();
}
Rect TextLayout::text_rect() const {
    return shaped_->text_rect();
}
Rect TextLayout::ink_rect() const {
    return shaped_->ink_rect();
}
const std::vector<TextLine>& TextLayout::lines() const {
    return shaped_->lines();
}
int TextLayout::missing_glyphs() const {
    return shaped_->missing_glyphs();
}
const PaintedText& TextLayout::painted() const {
    if (generation_ != painter_->generation()) {
        painted_ = painter_->paint(*shaped_);
        generation_ = painter_->generation();
    }
    return painted_;
}
std::span<const GlyphQuad> TextLayout::quads() const {
    return painted().quads;
}
std::span<const GlyphQuad> TextLayout::quads_of_lines(std::size_t line_count) const {
    const auto& text = painted();
    if (line_count == 0 || text.line_ends.empty()) {
        return {};
    }
    const auto line = std::min(line_count, text.line_ends.size()) - 1;
    return std::span(text.quads).first(text.line_ends[line]);
}
Rect TextLayout::caret_at(std::size_t byte_index) const {
    return shaped_->caret_at(byte_index);
}
std::size_t TextLayout::index_at(Point point) const {
    return shaped_->index_at(point);
}
std::vector<Rect> TextLayout::selection_rects(std::size_t start, std::size_t end) const {
    return shaped_->selection_rects(start, end);
}

}  // namespace pillarbox::text
