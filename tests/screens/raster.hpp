// SPDX-License-Identifier: GPL-3.0-or-later
//
// Draws a frame's triangles into a picture without a display or OpenGL: for contact sheets. Texture coordinates are
// sampled at the nearest pixel; sheets are made smaller afterwards, which smooths them.
#pragma once

#include <imgui.h>

#include "accessibility/semantics/geometry.hpp"
#include "accessibility/text/glyph_atlas.hpp"
#include "kiosk/platform/picture.hpp"

namespace pillarbox::tests {

[[nodiscard]] platform::Picture rasterise(const ImDrawData& data, const text::GlyphAtlas& atlas,
                                          semantics::Colour background);

// Each pixel the average of `factor` x `factor`.
[[nodiscard]] platform::Picture made_smaller(const platform::Picture& picture, int factor);

// Copies `part` with its top left corner at (x, y); what would lie outside is left out.
void paste(platform::Picture& sheet, const platform::Picture& part, int x, int y);

}  // namespace pillarbox::tests
