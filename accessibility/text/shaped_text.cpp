// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/shaped_text.hpp"

#include <algorithm>
#include <cmath>

#include "accessibility/text/font_parts.hpp"

namespace pillarbox::text {
namespace {

Rect rect_of(const PangoRectangle& rectangle) {
    return {to_px(rectangle.x), to_px(rectangle.y), to_px(rectangle.width), to_px(rectangle.height)};
}

// Left and right as the page runs. With auto_dir Pango swaps them in the lines that run against the page.
PangoAlignment alignment_of(const TextStyle& style) {
    const bool starts_right = style.direction == Direction::right_to_left;
    switch (style.alignment) {
        case Alignment::centre:
            return PANGO_ALIGN_CENTER;
        case Alignment::start:
            return starts_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
        case Alignment::end:
            return starts_right ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

// Noto Sans Arabic keeps room for stacked Quranic marks, 2.1 em a line; Arabic and Farsi as they are written today
// need less.
// OpenDyslexic keeps 1.75 em a line, which tears headings apart; its readers are well served by about 1.5.
double line_height_of(const TextStyle& style) {
    constexpr double arabic_share = 0.78;
    constexpr double readable_share = 0.72;
    const bool latin = pango_language_includes_script(pango_language_from_string(style.language.c_str()),
                                                      PANGO_SCRIPT_LATIN) != FALSE;
    if (style.face == Face::readable && latin) {
        return static_cast<double>(style.line_height) * readable_share;
    }
    const bool arabic = style.language.starts_with("ar") || style.language.starts_with("fa");
    return static_cast<double>(style.line_height) * (arabic ? arabic_share : 1.0);
}

}  // namespace

ShapedText::ShapedText(const FontLibrary& fonts, std::string text, const TextStyle& style, std::optional<float> width)
    : text_(std::move(text)),
      layout_(pango_layout_new(fonts.parts().context_of(style.language, style.direction))),
      boundaries_(boundaries_of(text_, style.language)) {
    set_style(style, width);
    missing_glyphs_ = pango_layout_get_unknown_glyphs_count(layout_.get());
    if (missing_glyphs_ > 0 && fonts.parts().add_further_fonts()) {
        pango_layout_context_changed(layout_.get());
        missing_glyphs_ = pango_layout_get_unknown_glyphs_count(layout_.get());
    }
    PangoRectangle ink{};
    PangoRectangle logical{};
    pango_layout_get_extents(layout_.get(), &ink, &logical);
    text_rect_ = rect_of(logical);
    ink_rect_ = rect_of(ink);
    if (width && ink_rect_.right() <= *width && text_rect_.right() > *width) {
        text_rect_.width = *width - text_rect_.x;  // only a space that ends a line hangs over
    }
    // Whole pixels, rounded up: a column as wide as a measured text must not wrap it.
    size_ = {width.value_or(std::ceil(text_rect_.right())), std::ceil(text_rect_.height)};
    read_lines();
}

ShapedText::~ShapedText() {
    wipe(text_);
}

void ShapedText::set_style(const TextStyle& style, std::optional<float> width) {
    const FontDescriptionHandle font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(),
                                             style.face == Face::readable ? readable_family : interface_family);
    pango_font_description_set_weight(font.get(), static_cast<PangoWeight>(style.weight));
    pango_font_description_set_absolute_size(font.get(), static_cast<double>(style.size_px) * PANGO_SCALE);
    pango_layout_set_font_description(layout_.get(), font.get());
    const AttributesHandle attributes(pango_attr_list_new());
    pango_attr_list_insert(attributes.get(), pango_attr_line_height_new(line_height_of(style)));
    pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout_.get(), attributes.get());
    pango_layout_set_auto_dir(layout_.get(), style.direction_source == DirectionSource::first_strong_letter);
    pango_layout_set_alignment(layout_.get(), alignment_of(style));
    pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout_.get(), width ? to_pango_units(std::max(*width, 1.0F)) : -1);
    pango_layout_set_text(layout_.get(), text_.data(), static_cast<int>(text_.size()));
}

void ShapedText::read_lines() {
    const IteratorHandle iterator(pango_layout_get_iter(layout_.get()));
    do {
        const PangoLayoutLine* line = pango_layout_iter_get_line_readonly(iterator.get());
        PangoRectangle logical{};
        pango_layout_iter_get_line_extents(iterator.get(), nullptr, &logical);
        TextLine found;
        found.start = static_cast<std::size_t>(pango_layout_line_get_start_index(const_cast<PangoLayoutLine*>(line)));
        found.length = static_cast<std::size_t>(pango_layout_line_get_length(const_cast<PangoLayoutLine*>(line)));
        found.rect = rect_of(logical);
        found.baseline = to_px(pango_layout_iter_get_baseline(iterator.get()));
        const auto direction = pango_layout_line_get_resolved_direction(const_cast<PangoLayoutLine*>(line));
        found.direction = direction == PANGO_DIRECTION_RTL ? Direction::right_to_left : Direction::left_to_right;
        lines_.push_back(found);
    } while (pango_layout_iter_next_line(iterator.get()) != FALSE);
}

std::size_t ShapedText::caret_at_or_before(std::size_t byte_index) const {
    std::size_t best = 0;
    for (const auto& boundary : boundaries_) {
        if (boundary.byte_index > byte_index) {
            break;
        }
        if (boundary.caret) {
            best = boundary.byte_index;
        }
    }
    return best;
}

Rect ShapedText::caret_at(std::size_t byte_index) const {
    const auto index = caret_at_or_before(std::min(byte_index, text_.size()));
    PangoRectangle strong{};
    pango_layout_get_cursor_pos(layout_.get(), static_cast<int>(index), &strong, nullptr);
    return rect_of(strong);
}

std::size_t ShapedText::index_at(Point point) const {
    int index = 0;
    int trailing = 0;
    pango_layout_xy_to_index(layout_.get(), to_pango_units(point.x), to_pango_units(point.y), &index, &trailing);
    const char* position = g_utf8_offset_to_pointer(text_.data() + index, trailing);
    auto byte_index = std::min(static_cast<std::size_t>(position - text_.data()), text_.size());
    // Past the end of a wrapped line the index is the start of the next, and the caret would jump there: stay before
    // the space.
    for (const auto& line : lines_) {
        const auto end = line.start + line.length;
        const bool touched = point.y >= line.rect.y && point.y < line.rect.bottom();
        if (touched && line.length > 0 && byte_index == end && end < text_.size() && text_[end] != '\n') {
            byte_index = end - 1;
        }
    }
    return caret_at_or_before(byte_index);
}

std::vector<Rect> ShapedText::selection_rects(std::size_t start, std::size_t end) const {
    std::vector<Rect> result;
    for (std::size_t number = 0; number < lines_.size(); ++number) {
        const auto& line = lines_[number];
        const auto from = std::max(start, line.start);
        const auto until = std::min(end, line.start + line.length);
        if (from >= until) {
            continue;
        }
        int* ranges = nullptr;
        int count = 0;
        pango_layout_line_get_x_ranges(pango_layout_get_line_readonly(layout_.get(), static_cast<int>(number)),
                                       static_cast<int>(from), static_cast<int>(until), &ranges, &count);
        for (int range = 0; range < count; ++range) {
            const auto pair = ranges + static_cast<std::ptrdiff_t>(range) * 2;
            result.push_back({to_px(pair[0]), line.rect.y, to_px(pair[1] - pair[0]), line.rect.height});
        }
        g_free(ranges);
    }
    return result;
}

}  // namespace pillarbox::text
