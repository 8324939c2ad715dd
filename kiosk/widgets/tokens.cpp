// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/tokens.hpp"

#include <algorithm>

namespace pillarbox::widgets {
namespace {

constexpr float design_width_px = 1080;

constexpr Colour rgb(std::uint32_t code) {
    return {static_cast<std::uint8_t>(code >> 16U), static_cast<std::uint8_t>((code >> 8U) & 0xFFU),
            static_cast<std::uint8_t>(code & 0xFFU), 255};
}

constexpr Colour with_alpha(Colour colour, std::uint8_t alpha) {
    colour.alpha = alpha;
    return colour;
}

Palette standard_palette() {
    Palette palette;
    palette.page = rgb(0xF6F7F9);
    palette.surface = rgb(0xFFFFFF);
    palette.ink = rgb(0x0B0C0C);
    palette.ink_soft = rgb(0x4A5258);
    palette.line = rgb(0xD5DADF);
    palette.control_border = rgb(0x7C868D);
    palette.brand = rgb(0x003C69);
    palette.on_brand = rgb(0xFFFFFF);
    palette.brand_tint = rgb(0xE3EEF6);
    palette.brand_pressed = rgb(0x00294A);
    palette.surface_pressed = rgb(0xE6EBEF);
    palette.danger = rgb(0xB3261E);
    palette.on_danger = rgb(0xFFFFFF);
    palette.danger_tint = rgb(0xFDECEA);
    palette.warning = rgb(0x9A5B00);
    palette.warning_tint = rgb(0xFFF4DE);
    palette.info_tint = rgb(0xE8F1F8);
    palette.focus = rgb(0xB85C00);
    palette.focus_under = rgb(0xFFFFFF);
    palette.key = rgb(0xFFFFFF);
    palette.keyboard = rgb(0xDDE3E8);
    palette.veil = with_alpha(rgb(0x0B0C0C), 150);
    return palette;
}

Palette high_contrast_palette() {
    Palette palette;
    palette.page = rgb(0x000000);
    palette.surface = rgb(0x000000);
    palette.ink = rgb(0xFFFFFF);
    palette.ink_soft = rgb(0xFFFFFF);
    palette.line = rgb(0x8A8A8A);
    palette.control_border = rgb(0xFFFFFF);
    palette.brand = rgb(0xFFE600);
    palette.on_brand = rgb(0x000000);
    palette.brand_tint = rgb(0x2B2700);
    palette.brand_pressed = rgb(0xFFFFFF);
    palette.surface_pressed = rgb(0x333333);
    palette.danger = rgb(0xFFA8A0);
    palette.on_danger = rgb(0x000000);
    palette.danger_tint = rgb(0x2A0500);
    palette.warning = rgb(0xFFD27A);
    palette.warning_tint = rgb(0x241A00);
    palette.info_tint = rgb(0x0D1A24);
    palette.focus = rgb(0x4DD8FF);
    palette.focus_under = rgb(0x000000);
    palette.key = rgb(0x1F1F1F);
    palette.keyboard = rgb(0x000000);
    palette.veil = with_alpha(rgb(0x000000), 200);
    return palette;
}

}  // namespace

Tokens make_tokens(int width, int height, double text_scale, semantics::Theme theme) {
    Tokens tokens;
    tokens.palette = theme == semantics::Theme::high_contrast ? high_contrast_palette() : standard_palette();
    const float unit = static_cast<float>(std::min(width, height)) / design_width_px;
    const float text = unit * static_cast<float>(std::clamp(text_scale, 1.0, 2.0));
    // Headings are large already: they grow half as fast, so that at 200 % a word still fits a line.
    const float heading = unit * (1.0F + 0.5F * (text / unit - 1.0F));
    tokens.unit = unit;
    tokens.heading_px = 58 * heading;
    tokens.title_px = std::max(46 * heading, 42 * text);
    tokens.heading_px = std::max(tokens.heading_px, tokens.title_px + 4 * unit);
    tokens.option_px = 42 * text;
    tokens.body_px = 40 * text;
    tokens.help_px = 36 * text;
    tokens.small_px = 32 * text;

    tokens.margin = 60 * unit;
    tokens.column = std::min(static_cast<float>(width) - 2 * tokens.margin, 1100 * unit);
    tokens.gap = 20 * unit;
    tokens.gap_small = 12 * unit;
    tokens.gap_large = 44 * unit;
    tokens.padding = 32 * unit;
    tokens.radius = 22 * unit;
    tokens.border = std::max(1.0F, 2 * unit);
    tokens.border_chosen = std::max(2.0F, 5 * unit);
    tokens.card_height_min = 132 * unit;
    tokens.button_height_min = 112 * unit;
    tokens.icon = 30 * unit + 22 * text;
    tokens.focus_ring = std::max(3.0F, 6 * unit);
    tokens.drag_slop = 24 * unit;
    return tokens;
}

}  // namespace pillarbox::widgets
