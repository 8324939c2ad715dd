// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/text/glyph_painter.hpp"

#include <pango/pangofc-font.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace pillarbox::text {
namespace {
constexpr int phases = 4;  // horizontal places of a glyph within a pixel

Ink ink_of(PangoFont* font) {
    FcBool coloured = FcFalse;
    if (PANGO_IS_FC_FONT(font)) {
        FcPatternGetBool(pango_fc_font_get_pattern(PANGO_FC_FONT(font)), FC_COLOR, 0, &coloured);
    }
    return coloured == FcTrue ? Ink::coloured : Ink::tinted;
}

std::string key_of(PangoFont* font, PangoGlyph glyph, int phase) {
    struct {
        PangoFont* font;
        PangoGlyph glyph;
        int phase;
    } const fields{font, glyph, phase};
    std::string key = "glyph:";
    key.append(reinterpret_cast<const char*>(&fields.font), sizeof fields.font);
    key.append(reinterpret_cast<const char*>(&fields.glyph), sizeof fields.glyph);
    key.push_back(static_cast<char>('0' + phase));
    return key;
}

// Cairo's pixels are native-endian words A, R, G, B, with colours multiplied by alpha; the atlas has bytes R, G, B, A
// without.
void append_straight(std::uint32_t pixel, std::vector<std::uint8_t>& rgba) {
    const std::uint32_t alpha = pixel >> 24U;
    for (const unsigned shift : {16U, 8U, 0U}) {
        const std::uint32_t colour = (pixel >> shift) & 0xFFU;
        rgba.push_back(static_cast<std::uint8_t>(alpha == 0 ? 0 : std::min(255U, colour * 255U / alpha)));
    }
    rgba.push_back(static_cast<std::uint8_t>(alpha));
}

std::vector<std::uint8_t> rgba_of(cairo_surface_t* surface, const PixelRect& bounds, Ink ink) {
    cairo_surface_flush(surface);
    const unsigned char* data = cairo_image_surface_get_data(surface);
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface));
    std::vector<std::uint8_t> rgba;
    rgba.reserve(static_cast<std::size_t>(bounds.width) * static_cast<std::size_t>(bounds.height) * 4);
    for (std::size_t y = 0; y < static_cast<std::size_t>(bounds.height); ++y) {
        for (std::size_t x = 0; x < static_cast<std::size_t>(bounds.width); ++x) {
            if (ink == Ink::tinted) {
                rgba.insert(rgba.end(), {255, 255, 255, data[y * stride + x]});
                continue;
            }
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, data + y * stride + x * 4, sizeof pixel);
            append_straight(pixel, rgba);
        }
    }
    return rgba;
}

std::vector<std::uint8_t> rasterise(PangoFont* font, PangoGlyph glyph, int phase, const PixelRect& bounds, Ink ink) {
    const SurfaceHandle surface(cairo_image_surface_create(ink == Ink::tinted ? CAIRO_FORMAT_A8 : CAIRO_FORMAT_ARGB32,
                                                           bounds.width, bounds.height));
    const CairoHandle cairo(cairo_create(surface.get()));
    cairo_set_source_rgba(cairo.get(), 0, 0, 0, 1);
    cairo_translate(cairo.get(), -bounds.x + static_cast<double>(phase) / phases, -bounds.y);
    PangoGlyphInfo info{};
    info.glyph = glyph;
    int cluster = 0;
    PangoGlyphString string{};
    string.num_glyphs = 1;
    string.glyphs = &info;
    string.log_clusters = &cluster;
    pango_cairo_show_glyph_string(cairo.get(), font, &string);
    return rgba_of(surface.get(), bounds, ink);
}

// Where a glyph paints, in whole pixels from its origin, with a pixel to spare on each side for its phase and its
// soft edges.
std::optional<PixelRect> bounds_of(PangoFont* font, PangoGlyph glyph) {
    constexpr int bounds_max_px = 2000;
    PangoRectangle ink{};
    pango_font_get_glyph_extents(font, glyph, &ink, nullptr);
    if (ink.width <= 0 || ink.height <= 0) {
        return std::nullopt;
    }
    const int left = PANGO_PIXELS_FLOOR(ink.x) - 1;
    const int top = PANGO_PIXELS_FLOOR(ink.y) - 1;
    const int right = PANGO_PIXELS_CEIL(ink.x + ink.width) + 2;
    const int bottom = PANGO_PIXELS_CEIL(ink.y + ink.height) + 1;
    return PixelRect{left, top, std::min(right - left, bounds_max_px), std::min(bottom - top, bounds_max_px)};
}

}  // namespace

PaintedText GlyphPainter::paint(const ShapedText& text) {
    constexpr int attempts = 2;  // the second one starts with an atlas that holds nothing else
    PaintedText painted;
    auto& quads = painted.quads;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        quads.clear();
        painted.line_ends.clear();
        const auto generation_before = atlas_->generation();
        const IteratorHandle iterator(pango_layout_get_iter(text.layout()));
        do {
            const PangoGlyphItem* run = pango_layout_iter_get_run_readonly(iterator.get());
            if (run == nullptr) {
                painted.line_ends.push_back(quads.size());
                continue;
            }
            PangoRectangle logical{};
            pango_layout_iter_get_run_extents(iterator.get(), nullptr, &logical);
            paint_run(*run, to_px(logical.x), to_px(pango_layout_iter_get_baseline(iterator.get())), quads);
            if (attempt > 0 && atlas_->generation() != generation_before) {
                // Larger than the atlas: what was painted before is gone.
                quads.clear();
                std::ranges::fill(painted.line_ends, 0U);
            }
        } while (pango_layout_iter_next_run(iterator.get()) != FALSE);
        if (atlas_->generation() == generation_before) {
            return painted;
        }
    }
    return painted;
}

void GlyphPainter::paint_run(const PangoGlyphItem& run, float x, float baseline, std::vector<GlyphQuad>& quads) {
    PangoFont* font = run.item->analysis.font;
    const Ink ink = ink_of(font);
    float pen = x;
    for (int index = 0; index < run.glyphs->num_glyphs; ++index) {
        const PangoGlyphInfo& info = run.glyphs->glyphs[index];
        if (info.glyph != PANGO_GLYPH_EMPTY) {
            const auto quad = paint_glyph(font, info.glyph, pen + to_px(info.geometry.x_offset),
                                          baseline + to_px(info.geometry.y_offset - run.y_offset), ink);
            if (quad) {
                quads.push_back(*quad);
            }
        }
        pen += to_px(info.geometry.width);
    }
}

std::optional<GlyphQuad> GlyphPainter::paint_glyph(PangoFont* font, PangoGlyph glyph, float x, float y, Ink ink) {
    const auto bounds = bounds_of(font, glyph);
    if (!bounds) {
        return std::nullopt;
    }
    const float snapped = std::round(x * phases) / phases;
    const float whole = std::floor(snapped);
    const int phase = static_cast<int>((snapped - whole) * phases);
    const std::string key = key_of(font, glyph, phase);
    auto image = atlas_->find(key);
    if (!image) {
        image = atlas_->add(key, bounds->width, bounds->height, rasterise(font, glyph, phase, *bounds, ink), ink);
        keep(font);
    }
    if (!image) {
        return std::nullopt;
    }
    const Rect target{whole + static_cast<float>(bounds->x), std::round(y) + static_cast<float>(bounds->y),
                      static_cast<float>(bounds->width), static_cast<float>(bounds->height)};
    return GlyphQuad{target, image->uv, ink};
}

void GlyphPainter::keep(PangoFont* font) {
    if (generation_ != atlas_->generation()) {
        generation_ = atlas_->generation();
        fonts_.clear();
    }
    if (!fonts_.contains(font)) {
        fonts_.emplace(font, FontHandle(PANGO_FONT(g_object_ref(font))));
    }
}

}  // namespace pillarbox::text
