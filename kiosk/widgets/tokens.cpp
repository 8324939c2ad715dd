// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/tokens.hpp"

#include <algorithm>

#include "accessibility/semantics/audit.hpp"

namespace pillarbox::widgets {
namespace {

constexpr float design_short_side_px = 1080;
constexpr float design_px_per_mm = 4.03F;
// A page is never drawn smaller than this part of what fills the window: on a wall-sized display it would be lost.
constexpr float unit_share_min = 0.75F;

float unit_of(const TokenSettings& settings) {
    const float fills = static_cast<float>(std::min(settings.width, settings.height)) / design_short_side_px;
    const float true_size = static_cast<float>(settings.px_per_mm) / design_px_per_mm;
    return std::clamp(true_size, unit_share_min * fills, fills);
}

// At the largest text no letter is smaller than can be read from 600 mm (EN 301 549 5.1.4), however many pixels the
// display has to a millimetre.
float letters_min(const TokenSettings& settings) {
    constexpr double capital_share = 0.71;  // of the font's size, in the flattest of the fonts
    const bool large = settings.text_scale >= semantics::large_mode_scale;
    return large ? static_cast<float>(semantics::capital_mm_min * settings.px_per_mm / capital_share) : 0;
}

void set_type(Tokens& tokens, const Sizes& sizes, float unit, float text, float least) {
    // Headings are large already: they grow half as fast, so that at 200 % a word still fits a line.
    const float heading = unit * (1.0F + 0.5F * (text / unit - 1.0F));
    tokens.option_px = std::max(sizes.option * text, least);
    tokens.body_px = std::max(sizes.body * text, least);
    tokens.help_px = std::max(sizes.help * text, least);
    tokens.small_px = std::max(sizes.small * text, least);
    tokens.title_px = std::max(sizes.title * heading, tokens.option_px);
    tokens.heading_px = std::max(sizes.heading * heading, tokens.title_px + 4 * unit);
}

}  // namespace

Tokens make_tokens(const Style& style, const TokenSettings& settings) {
    const Sizes& sizes = style.sizes();
    const float unit = unit_of(settings);
    const float text = unit * static_cast<float>(std::clamp(settings.text_scale, 1.0, 2.0));
    const float target = sizes.target_mm * static_cast<float>(settings.px_per_mm);
    const auto target_or = [&](float size) { return std::max(size * unit, target); };
    Tokens tokens;
    tokens.palette = style.palette(settings.theme);
    tokens.unit = unit;
    tokens.text_unit = text;
    set_type(tokens, sizes, unit, text, letters_min(settings));
    tokens.margin = sizes.margin * unit;
    const bool lies = settings.width > settings.height;
    tokens.rail = lies ? target_or(sizes.rail) : 0;
    const float room = static_cast<float>(settings.width) - 2 * (tokens.margin + tokens.rail);
    tokens.column = std::min(room, sizes.column * text);
    tokens.column_wide = std::min(room, std::max(sizes.column_wide * unit, tokens.column));
    tokens.gap = sizes.gap * unit;
    tokens.gap_small = sizes.gap_small * unit;
    tokens.gap_large = sizes.gap_large * unit;
    tokens.padding = sizes.padding * unit;
    tokens.radius = sizes.radius * unit;
    tokens.border = std::max(1.0F, sizes.border * unit);
    tokens.border_chosen = std::max(2.0F, sizes.border_chosen * unit);
    tokens.card_height_min = target_or(sizes.card_height);
    tokens.button_height_min = target_or(sizes.button_height);
    tokens.header_height_min = target_or(sizes.header_height);
    tokens.header_button_height_min = target_or(sizes.header_button_height);
    tokens.target_min = target;
    tokens.icon = 30 * unit + 22 * text;
    tokens.focus_ring = std::max(3.0F, sizes.focus_ring * unit);
    tokens.drag_slop = sizes.drag_slop * unit;
    tokens.key_height =
        std::max(target, std::min(sizes.key_height * unit, static_cast<float>(settings.height) * 0.085F));
    tokens.key_gap = sizes.key_gap * unit;
    tokens.key_radius = sizes.key_radius * unit;
    tokens.keyboard_width = sizes.keyboard_width * unit;
    return tokens;
}

}  // namespace pillarbox::widgets
