// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rectangles and colours as the semantic tree records them. Lengths in physical pixels of the window, y downwards.
#pragma once

#include <algorithm>
#include <cstdint>

namespace pillarbox::semantics {

struct Rect {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    [[nodiscard]] float right() const { return x + width; }
    [[nodiscard]] float bottom() const { return y + height; }
    [[nodiscard]] bool contains(float px, float py) const {
        return px >= x && px < right() && py >= y && py < bottom();
    }
    [[nodiscard]] Rect intersected(const Rect& other) const {
        const float left = std::max(x, other.x);
        const float top = std::max(y, other.y);
        return {left, top, std::max(0.0F, std::min(right(), other.right()) - left),
                std::max(0.0F, std::min(bottom(), other.bottom()) - top)};
    }
    // The smallest that holds both.
    [[nodiscard]] Rect united(const Rect& other) const {
        const float left = std::min(x, other.x);
        const float top = std::min(y, other.y);
        return {left, top, std::max(right(), other.right()) - left, std::max(bottom(), other.bottom()) - top};
    }
    // True where `inner` lies inside, give or take `slack` px (rounding of glyph boxes).
    [[nodiscard]] bool holds(const Rect& inner, float slack) const {
        return inner.x >= x - slack && inner.y >= y - slack && inner.right() <= right() + slack &&
               inner.bottom() <= bottom() + slack;
    }
    bool operator==(const Rect&) const = default;
};

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
    bool operator==(const Colour&) const = default;
};

// WCAG 2.2, from 0 for black to 1 for white.
[[nodiscard]] double relative_luminance(Colour colour);

// WCAG 2.2 contrast ratio of two opaque colours, from 1 to 21.
[[nodiscard]] double contrast_ratio(Colour first, Colour second);

}  // namespace pillarbox::semantics
