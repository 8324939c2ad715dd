// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sets text: shaping, bidi, fallback fonts and line breaking by Pango, behind a cache. The glyphs of a layout come
// into the atlas when they are asked for. A text set before costs a look-up; a new paragraph 0.1-0.9 ms, Nastaliq
// about 2. One thread only.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "accessibility/text/font_library.hpp"
#include "accessibility/text/geometry.hpp"
#include "accessibility/text/glyph_atlas.hpp"
#include "accessibility/text/text_layout.hpp"
#include "accessibility/text/text_style.hpp"

namespace pillarbox::text {

// The column a text is wrapped to, in px; none: it breaks only where the text says so.
using ColumnWidth = std::optional<float>;

class TextLayouter {
  public:
    static constexpr std::size_t text_size_max = 256 * 1024;  // bytes of one text; what is beyond is not set

    TextLayouter(std::shared_ptr<FontLibrary> fonts, std::shared_ptr<GlyphAtlas> atlas);
    ~TextLayouter();
    TextLayouter(const TextLayouter&) = delete;
    TextLayouter& operator=(const TextLayouter&) = delete;

    // Bytes that are not UTF-8 are shown as U+FFFD; never null.
    [[nodiscard]] std::shared_ptr<const TextLayout> lay_out(std::string_view text, const TextStyle& style,
                                                            ColumnWidth width = std::nullopt);

    [[nodiscard]] Size measure(std::string_view text, const TextStyle& style, ColumnWidth width = std::nullopt);

    [[nodiscard]] GlyphAtlas& atlas() { return *atlas_; }

    // Ends a person's session: wipes every cached text, with the atlas, whose glyphs would tell what was written.
    void forget();

  private:
    struct Cache;
    std::shared_ptr<FontLibrary> fonts_;
    std::shared_ptr<GlyphAtlas> atlas_;
    std::unique_ptr<Cache> cache_;
};

}  // namespace pillarbox::text
