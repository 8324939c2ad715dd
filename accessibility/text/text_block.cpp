// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/text_block.hpp"

#include <algorithm>
#include <cmath>

#include "accessibility/text/paragraph_parts.hpp"
#include "accessibility/text/text_boundaries.hpp"

namespace pillarbox::text {

TextBlock TextBlock::lay_out(TextLayouter& layouter, std::string_view text, const TextStyle& style,
                             ColumnWidth width) {
    TextBlock block;
    std::size_t start = 0;
    while (true) {
        const auto end = std::min(text.find('\n', start), text.size());
        block.add_paragraph(layouter, text.substr(start, end - start), start, style, width);
        if (end == text.size()) {
            return block;
        }
        start = end + 1;
    }
}

void TextBlock::add_paragraph(TextLayouter& layouter, std::string_view text, std::size_t start, TextStyle style,
                              ColumnWidth width) {
    if (style.direction_source == DirectionSource::first_strong_letter) {
        // The paragraph's, which its parts don't all show.
        style.direction = direction_of_paragraph(text, style.direction);
        style.direction_source = DirectionSource::style;
    }
    const bool cuts = width.has_value() && cutting_of(text) == Cutting::possible;
    std::size_t at = 0;
    std::size_t characters = window_characters;
    while (true) {
        const auto end = cuts ? window_end(text, at, characters) : text.size();
        auto layout = layouter.lay_out(text.substr(at, end - at), style, width);
        const auto lines =
            end == text.size() ? layout->lines().size() : lines_of_part(text, at, layout->lines(), style.direction);
        if (lines == 0) {
            characters *= 2;  // no line of this window ends where the text may be cut
            continue;
        }
        const auto next = end == text.size() ? end : at + layout->lines()[lines].start;
        add_part(start + at, std::move(layout), lines);
        if (end == text.size()) {
            return;
        }
        at = next;
        characters = window_characters;
    }
}

void TextBlock::add_part(std::size_t start, std::shared_ptr<const TextLayout> layout, std::size_t line_count) {
    const auto& lines = layout->lines();
    const float height = line_count == lines.size() ? layout->height() : std::ceil(lines[line_count].rect.y);
    BlockPart part{start, size_.height, line_count, std::move(layout)};
    size_.width = std::max(size_.width, part.layout->width());
    size_.height += height;
    parts_.push_back(std::move(part));
}

const BlockPart& TextBlock::part_at(std::size_t byte_index) const {
    const auto after = std::ranges::upper_bound(parts_, byte_index, {}, &BlockPart::start);
    return after == parts_.begin() ? parts_.front() : *std::prev(after);
}

Rect TextBlock::caret_at(std::size_t byte_index) const {
    const auto& part = part_at(byte_index);
    Rect caret = part.layout->caret_at(byte_index - part.start);
    caret.y += part.top;
    return caret;
}

std::size_t TextBlock::index_at(Point point) const {
    const auto after = std::ranges::upper_bound(parts_, point.y, {}, &BlockPart::top);
    const auto& part = after == parts_.begin() ? parts_.front() : *std::prev(after);
    return part.start + part.layout->index_at({point.x, point.y - part.top});
}

std::vector<Rect> TextBlock::selection_rects(std::size_t start, std::size_t end) const {
    std::vector<Rect> result;
    for (const auto& part : parts_) {
        if (end <= part.start) {
            break;
        }
        // The lines after the part's are the next part's.
        const auto& lines = part.layout->lines();
        const auto size = part.line_count < lines.size() ? lines[part.line_count].start : end - part.start;
        const auto from = start > part.start ? start - part.start : 0;
        for (auto rect : part.layout->selection_rects(from, std::min(end - part.start, size))) {
            rect.y += part.top;
            result.push_back(rect);
        }
    }
    return result;
}

TextLine TextBlock::line_at(std::size_t byte_index) const {
    const auto& part = part_at(byte_index);
    const auto& lines = part.layout->lines();
    const auto inside = byte_index - part.start;
    // At the break of a wrapped line the caret stands at the start of the next one.
    const auto after = std::ranges::upper_bound(lines, inside, {}, &TextLine::start);
    TextLine line = after == lines.begin() ? lines.front() : *std::prev(after);
    line.start += part.start;
    line.rect.y += part.top;
    line.baseline += part.top;
    return line;
}

}  // namespace pillarbox::text
