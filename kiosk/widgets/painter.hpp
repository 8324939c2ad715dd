// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws in logical coordinates: x runs from the side where reading starts. This is the one place that mirrors a page
// for right-to-left languages; no widget asks for the direction.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "accessibility/semantics/geometry.hpp"
#include "accessibility/text/text_block.hpp"
#include "accessibility/text/text_layouter.hpp"
#include "kiosk/widgets/icons.hpp"

struct ImDrawList;

namespace pillarbox::widgets {

using semantics::Colour;
using semantics::Rect;

class Painter {
  public:
    Painter(ImDrawList& list, text::TextLayouter& layouter, const IconSet& icons, float window_width,
            text::Direction direction);

    [[nodiscard]] text::Direction direction() const { return direction_; }
    // Logical to physical and back (the same function both ways).
    [[nodiscard]] Rect mirrored(const Rect& rect) const;
    [[nodiscard]] float mirrored_x(float x) const;

    // Shapes above or below the clip add nothing to the list: of a long page, only what is seen is drawn.
    void fill(const Rect& rect, Colour colour, float radius = 0);
    void stroke(const Rect& rect, Colour colour, float radius, float thickness);  // the line lies inside `rect`
    void circle(const Rect& box, Colour colour);
    void ring(const Rect& box, Colour colour, float thickness);
    void icon(Icon icon, const Rect& box, Colour colour);

    // The layout's top left at (x, y) of the logical box's physical left edge. What is out of sight is not even
    // rasterised: a long page in large letters is larger than the atlas, a screen of it is not.
    void text(const text::TextLayout& layout, const Rect& box, Colour colour);
    // Physical coordinates, for text being edited: left to right whatever the page.
    void quads(std::span<const text::GlyphQuad> quads, float left, float top, Colour colour);
    void fill_physical(const Rect& rect, Colour colour);

    // Of all that is drawn from now on: 0 is nothing, 1 as the colours say.
    void set_opacity(float opacity) { opacity_ = opacity; }

    void push_clip(const Rect& rect);
    void pop_clip();
    [[nodiscard]] Rect clip() const { return clips_.back(); }    // logical
    [[nodiscard]] bool in_sight(float top, float bottom) const;  // whether the clip shows anything between them

  private:
    [[nodiscard]] bool shows(const Rect& shape) const;  // whether any of its pixels may be in sight
    [[nodiscard]] std::uint32_t packed(Colour colour) const;
    void fill_rounded_ends(const Rect& at, std::uint32_t ink, float radius, float band);

    ImDrawList& list_;
    text::TextLayouter& layouter_;
    const IconSet& icons_;
    float window_width_;
    text::Direction direction_;
    std::vector<Rect> clips_;
    float opacity_ = 1;
};

}  // namespace pillarbox::widgets
