// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/painter.hpp"

#include <imgui.h>

#include <cmath>

namespace pillarbox::widgets {

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
    const Rect at = mirrored(rect);
    list_.AddRectFilled({at.x, at.y}, {at.right(), at.bottom()}, packed(colour), radius);
}

void Painter::fill_physical(const Rect& rect, Colour colour) {
    list_.AddRectFilled({rect.x, rect.y}, {rect.right(), rect.bottom()}, packed(colour));
}

void Painter::stroke(const Rect& rect, Colour colour, float radius, float thickness) {
    const Rect at = mirrored(rect);
    const float inset = thickness / 2;  // ImGui centres the line on the edge
    list_.AddRect({at.x + inset, at.y + inset}, {at.right() - inset, at.bottom() - inset}, packed(colour),
                  std::max(0.0F, radius - inset), 0, thickness);
}

void Painter::circle(const Rect& box, Colour colour) {
    const Rect at = mirrored(box);
    list_.AddCircleFilled({at.x + at.width / 2, at.y + at.height / 2}, at.width / 2, packed(colour));
}

void Painter::ring(const Rect& box, Colour colour, float thickness) {
    const Rect at = mirrored(box);
    list_.AddCircle({at.x + at.width / 2, at.y + at.height / 2}, (at.width - thickness) / 2, packed(colour), 0,
                    thickness);
}

void Painter::icon(Icon icon, const Rect& box, Colour colour) {
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
