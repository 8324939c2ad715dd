// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/painter.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "kiosk/platform/opaque_fill.hpp"

namespace pillarbox::widgets {
namespace {

// Below this a clear costs more to set up than it saves.
constexpr float opaque_fill_px_min = 8192;

// Whole pixels: an edge between them looks soft, and only whole ones can be cleared. No line is lost by it.
Rect snapped(const Rect& rect) {
    const float left = std::round(rect.x);
    const float top = std::round(rect.y);
    return {left, top, std::max(1.0F, std::round(rect.right()) - left),
            std::max(1.0F, std::round(rect.bottom()) - top)};
}

platform::PixelRect pixels(const Rect& rect) {
    return {static_cast<int>(rect.x), static_cast<int>(rect.y), static_cast<int>(rect.right()),
            static_cast<int>(rect.bottom())};
}

}  // namespace

std::uint32_t Painter::packed(Colour colour) const {
    const auto alpha = static_cast<std::uint8_t>(std::lround(static_cast<float>(colour.alpha) * opacity_));
    return IM_COL32(colour.red, colour.green, colour.blue, alpha);
}

Painter::Painter(ImDrawList& list, text::TextLayouter& layouter, const IconSet& icons, float window_width,
                 text::Direction direction)
    : list_(list), layouter_(layouter), icons_(icons), window_width_(window_width), direction_(direction) {
    clips_.push_back({0, 0, window_width, 1.0e6F});
}

float Painter::mirrored_x(float x) const {
    return direction_ == text::Direction::right_to_left ? window_width_ - x : x;
}

Rect Painter::mirrored(const Rect& rect) const {
    if (direction_ == text::Direction::left_to_right) {
        return rect;
    }
    return {window_width_ - rect.right(), rect.y, rect.width, rect.height};
}

void Painter::fill(const Rect& rect, Colour colour, float radius) {
    if (!shows(rect)) {
        return;
    }
    const Rect at = snapped(mirrored(rect));
    const std::uint32_t ink = packed(colour);
    // The corners need blended edges; what lies between them does not.
    const float band = radius > 0 ? std::ceil(radius) + 1 : 0;  // ImGui makes a radius less than the height
    const Rect middle{at.x, at.y + band, at.width, at.height - 2 * band};
    if ((ink >> IM_COL32_A_SHIFT) != 255 || middle.height <= 0 || at.width <= 2 * band ||
        middle.width * middle.height < opaque_fill_px_min) {
        list_.AddRectFilled({at.x, at.y}, {at.right(), at.bottom()}, ink, radius);
        return;
    }
    if (band > 0) {
        fill_rounded_ends(at, ink, radius, band);
    }
    platform::fill_opaque(list_, pixels(middle), ink);
}

// The first and the last `band` rows of a rounded rectangle.
void Painter::fill_rounded_ends(const Rect& at, std::uint32_t ink, float radius, float band) {
    const auto corner = [&](float x, float y, ImDrawFlags which) {
        list_.AddRectFilled({x, y}, {x + band, y + band}, ink, radius, which);
    };
    const float right = at.right() - band;
    const float bottom = at.bottom() - band;
    corner(at.x, at.y, ImDrawFlags_RoundCornersTopLeft);
    corner(right, at.y, ImDrawFlags_RoundCornersTopRight);
    corner(at.x, bottom, ImDrawFlags_RoundCornersBottomLeft);
    corner(right, bottom, ImDrawFlags_RoundCornersBottomRight);
    const float between = at.width - 2 * band;
    platform::fill_opaque(list_, pixels({at.x + band, at.y, between, band}), ink);
    platform::fill_opaque(list_, pixels({at.x + band, bottom, between, band}), ink);
}

void Painter::fill_physical(const Rect& rect, Colour colour) {
    if (!shows(rect)) {
        return;
    }
    list_.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, packed(colour));
}

void Painter::stroke(const Rect& rect, Colour colour, float radius, float thickness) {
    if (!shows(rect)) {
        return;
    }
    const Rect at = snapped(mirrored(rect));
    const float inset = thickness / 2;  // ImGui centres the line on the edge
    list_.AddRect({at.x + inset, at.y + inset}, {at.right() - inset, at.bottom() - inset}, packed(colour),
                  std::max(0.0F, radius - inset), 0, thickness);
}

void Painter::circle(const Rect& box, Colour colour) {
    if (!shows(box)) {
        return;
    }
    const Rect at = mirrored(box);
    list_.AddCircleFilled({at.x + at.width / 2, at.y + at.height / 2}, at.width / 2, packed(colour));
}

void Painter::ring(const Rect& box, Colour colour, float thickness) {
    if (!shows(box)) {
        return;
    }
    const Rect at = mirrored(box);
    list_.AddCircle({at.x + at.width / 2, at.y + at.height / 2}, (at.width - thickness) / 2, packed(colour), 0,
                    thickness);
}

void Painter::icon(Icon icon, const Rect& box, Colour colour) {
    if (!shows(box)) {
        return;
    }
    // Whole pixels: an icon drawn between them looks soft.
    const int side = static_cast<int>(std::lround(box.width));
    const auto image = icons_.image(icon, side, layouter_.atlas());
    if (!image) {
        return;
    }
    const Rect at = mirrored(box);
    const float left = std::round(at.x);
    const float top = std::round(at.y);
    const auto size = static_cast<float>(side);
    float u_left = image->uv.x;
    float u_right = image->uv.right();
    if (direction_ == text::Direction::right_to_left && is_directional(icon)) {
        std::swap(u_left, u_right);
    }
    list_.PrimReserve(6, 4);
    list_.PrimRectUV({left, top}, {left + size, top + size}, {u_left, image->uv.y}, {u_right, image->uv.bottom()},
                     packed(colour));
}

void Painter::text(const text::TextLayout& layout, const Rect& box, Colour colour) {
    const auto ink = layout.ink_rect();
    if (in_sight(box.y + ink.y, box.y + ink.bottom())) {
        quads(layout.quads(), mirrored(box).x, box.y, colour);
    }
}

void Painter::quads(std::span<const text::GlyphQuad> quads, float left, float top, Colour colour) {
    const Rect visible = mirrored(clips_.back());
    const ImU32 tint = packed(colour);
    const ImU32 plain = packed({255, 255, 255, colour.alpha});
    for (const text::GlyphQuad& quad : quads) {
        const float y = top + quad.target.y;
        if (y > visible.bottom() || y + quad.target.height < visible.y) {
            continue;
        }
        const float x = left + quad.target.x;
        list_.PrimReserve(6, 4);
        list_.PrimRectUV({x, y}, {x + quad.target.width, y + quad.target.height}, {quad.uv.x, quad.uv.y},
                         {quad.uv.right(), quad.uv.bottom()}, quad.ink == text::Ink::tinted ? tint : plain);
    }
}

bool Painter::in_sight(float top, float bottom) const {
    return top <= clips_.back().bottom() && bottom >= clips_.back().y;
}

bool Painter::shows(const Rect& shape) const {
    constexpr float rounding_px = 1;  // a shape may be drawn that much higher or lower, and the clip be cut
    return in_sight(shape.y - rounding_px, shape.bottom() + rounding_px);
}

void Painter::push_clip(const Rect& rect) {
    const Rect both = rect.intersected(clips_.back());
    clips_.push_back(both);
    const Rect at = mirrored(both);
    list_.PushClipRect({at.x, at.y}, {at.right(), at.bottom()});
}

void Painter::pop_clip() {
    clips_.pop_back();
    list_.PopClipRect();
}

}  // namespace pillarbox::widgets
