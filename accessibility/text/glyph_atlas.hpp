// SPDX-License-Identifier: GPL-3.0-or-later
//
// One page of RGBA pixels that holds every glyph and icon on the screen, for one texture. No GL here: the
// platform uploads `pixels()` inside `take_changed()` whenever that is not empty.
//
// Pixels have straight (not premultiplied) alpha. Tinted images are white with coverage as alpha, so that a vertex
// colour paints them; coloured ones (emoji) are drawn with a white vertex colour.
//
// When the page is full it is emptied, and `generation()` grows: everything that holds texture coordinates from
// before is stale. A frame that sees generation() change while it is drawn is drawn again from the start
// (TextLayouter re-makes its layouts). A frame that needs more than the page holds lets it grow, up to a square: most
// never do, and a full square takes 16 MiB in the driver of a software renderer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "accessibility/text/geometry.hpp"

namespace pillarbox::text {

enum class Ink { tinted, coloured };

struct PixelRect {
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    bool operator==(const PixelRect&) const = default;
};

// An image in the page: `pixels` where it is, `uv` the same in 0..1.
struct AtlasImage {
    PixelRect pixels;
    Rect uv;
    Ink ink = Ink::tinted;
};

class GlyphAtlas {
  public:
    static constexpr int default_side_px = 2048;

    // `height_px` to begin with; the side where left out.
    explicit GlyphAtlas(int side_px = default_side_px, std::optional<int> height_px = std::nullopt);
    ~GlyphAtlas();
    GlyphAtlas(const GlyphAtlas&) = delete;
    GlyphAtlas& operator=(const GlyphAtlas&) = delete;

    [[nodiscard]] int side_px() const { return side_px_; }
    [[nodiscard]] int height_px() const { return height_px_; }
    [[nodiscard]] std::span<const std::uint8_t> pixels() const;  // side * height * 4 bytes: R, G, B, A, rows top down
    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    [[nodiscard]] Point white_pixel()
        const;  // the uv of an opaque white pixel, for solid shapes in the same draw call

    // The rectangle changed since the last call, and forgets it; nothing where the texture is up to date. What was
    // never in such a rectangle is never drawn either: a new texture needs no more.
    [[nodiscard]] std::optional<PixelRect> take_changed();

    // Images by key, for glyphs and for foreign bitmaps such as icons ("icon:back:64"). `rgba` has width * height * 4
    // bytes with straight alpha. add() empties the page when it is full, and is empty only where the image alone is
    // larger than the page can be.
    [[nodiscard]] std::optional<AtlasImage> find(std::string_view key) const;
    [[nodiscard]] std::optional<AtlasImage> add(std::string key, int width, int height,
                                                std::span<const std::uint8_t> rgba, Ink ink);

    void clear();  // empties the page, and starts a new generation
    void grow();   // the same, with twice the height where that is less than the side
    // The same, as high as at the beginning, and what the pixels took goes back to the system: for the next person.
    void start_over();

  private:
    struct Shelves;
    [[nodiscard]] std::optional<PixelRect> place(int width, int height);
    void mark_changed(const PixelRect& rect);
    void wipe();

    int side_px_;
    int first_height_px_;
    int height_px_;
    std::uint64_t generation_ = 1;
    std::optional<PixelRect> changed_;
    std::unique_ptr<Shelves> shelves_;
};

}  // namespace pillarbox::text
