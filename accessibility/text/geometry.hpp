// SPDX-License-Identifier: GPL-3.0-or-later
//
// Points and rectangles of text, in pixels; x to the right, y down.
#pragma once

namespace pillarbox::text {

struct Point {
    float x = 0;
    float y = 0;
    bool operator==(const Point&) const = default;
};

struct Size {
    float width = 0;
    float height = 0;
    bool operator==(const Size&) const = default;
};

struct Rect {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    [[nodiscard]] float right() const { return x + width; }
    [[nodiscard]] float bottom() const { return y + height; }
    bool operator==(const Rect&) const = default;
};

}  // namespace pillarbox::text
