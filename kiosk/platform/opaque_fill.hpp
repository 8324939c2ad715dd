// SPDX-License-Identifier: GPL-3.0-or-later
//
// Large opaque rectangles without blending or texture: a scissored clear. On a software renderer it costs a quarter
// of the same rectangle drawn as textured triangles, and headers, cards and bars are most of a page's area.
#pragma once

#include <imgui.h>

namespace pillarbox::platform {

// In whole pixels of the window.
struct PixelRect {
    int left = 0;
    int top = 0;
    int right = 0;
    int bottom = 0;
};

// Fills what of `rect` the list's clip shows, in the order of the list. The colour's alpha is not looked at.
void fill_opaque(ImDrawList& list, const PixelRect& rect, ImU32 colour);

}  // namespace pillarbox::platform
