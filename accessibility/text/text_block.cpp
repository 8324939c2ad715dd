// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/text_block.hpp"

#include <algorithm>

namespace pillarbox::text {

TextBlock TextBlock::lay_out(TextLayouter& layouter, std::string_view text, const TextStyle& style,
                             ColumnWidth width) {
    TextBlock block;
    std::size_t start = 0;
    while (true) {
        const auto end = std::min(text.find('\n', start), text.size());
        BlockParagraph paragraph;
        paragraph.start = start;
        paragraph.top = block.size_.height;
        paragraph.layout = layouter.lay_out(text.substr(start, end - start), style, width);
        block.size_.width = std::max(block.size_.width, paragraph.layout->width());
        block.size_.height += paragraph.layout->height();
        block.paragraphs_.push_back(std::move(paragraph));
        if (end == text.size()) {
            return block;
        }
        start = end + 1;
    }
}

const BlockParagraph& TextBlock::paragraph_at(std::size_t byte_index) const {
    const auto after = std::ranges::upper_bound(paragraphs_, byte_index, {}, &BlockParagraph::start);
    return after == paragraphs_.begin() ? paragraphs_.front() : *std::prev(after);
}

Rect TextBlock::caret_at(std::size_t byte_index) const {
    const auto& paragraph = paragraph_at(byte_index);
    Rect caret = paragraph.layout->caret_at(byte_index - paragraph.start);
    caret.y += paragraph.top;
    return caret;
}

std::size_t TextBlock::index_at(Point point) const {
    const auto after = std::ranges::upper_bound(paragraphs_, point.y, {}, &BlockParagraph::top);
    const auto& paragraph = after == paragraphs_.begin() ? paragraphs_.front() : *std::prev(after);
    return paragraph.start + paragraph.layout->index_at({point.x, point.y - paragraph.top});
}

std::vector<Rect> TextBlock::selection_rects(std::size_t start, std::size_t end) const {
    std::vector<Rect> result;
    for (const auto& paragraph : paragraphs_) {
        if (end <= paragraph.start) {
            break;
        }
        const auto from = start > paragraph.start ? start - paragraph.start : 0;
        for (auto rect : paragraph.layout->selection_rects(from, end - paragraph.start)) {
            rect.y += paragraph.top;
            result.push_back(rect);
        }
    }
    return result;
}

TextLine TextBlock::line_at(std::size_t byte_index) const {
    const auto& paragraph = paragraph_at(byte_index);
    const auto& lines = paragraph.layout->lines();
    const auto inside = byte_index - paragraph.start;
    // At the break of a wrapped line the caret stands at the start of the next one.
    const auto after = std::ranges::upper_bound(lines, inside, {}, &TextLine::start);
    TextLine line = after == lines.begin() ? lines.front() : *std::prev(after);
    line.start += paragraph.start;
    line.rect.y += paragraph.top;
    line.baseline += paragraph.top;
    return line;
}

}  // namespace pillarbox::text
