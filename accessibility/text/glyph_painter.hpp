// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rasterises the glyphs of a shaped text into the atlas. For this folder's sources only.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accessibility/text/glyph_atlas.hpp"
#include "accessibility/text/pango_handles.hpp"
#include "accessibility/text/shaped_text.hpp"
#include "accessibility/text/text_layout.hpp"

namespace pillarbox::text {

class GlyphPainter {
  public:
    explicit GlyphPainter(std::shared_ptr<GlyphAtlas> atlas) : atlas_(std::move(atlas)) {}

    // The quads of every visible glyph. They hold for the atlas's generation after the call: where the atlas was
    // emptied in the middle, the text is painted again from its first glyph; a text too large for the whole atlas
    // loses its last glyphs.
    [[nodiscard]] PaintedText paint(const ShapedText& text);
    [[nodiscard]] std::uint64_t generation() const { return atlas_->generation(); }

  private:
    void paint_run(const PangoGlyphItem& run, float x, float baseline, std::vector<GlyphQuad>& quads);
    [[nodiscard]] std::optional<GlyphQuad> paint_glyph(PangoFont* font, PangoGlyph glyph, float x, float y, Ink ink);
    void keep(PangoFont* font);

    std::shared_ptr<GlyphAtlas> atlas_;
    std::uint64_t generation_ = 0;
    // Atlas keys hold the font's address, so that the font has to live as long as its glyphs.
    std::map<PangoFont*, FontHandle> fonts_;
};

}  // namespace pillarbox::text
