// SPDX-License-Identifier: GPL-3.0-or-later
//
// A style in px of one window, for one person: what the widgets draw with. Sizes scale with the window's short side
// and, on a display that is large for its resolution, with its millimetres; text scales with the person's choice
// (100-200 %) as well. Nothing has a fixed height: heights follow from the text.
#pragma once

#include "kiosk/widgets/style.hpp"

namespace pillarbox::widgets {

struct Tokens {
    Palette palette;
    float unit = 1;       // px of one design px
    float text_unit = 1;  // the same, grown with the text

    float heading_px = 0;
    float title_px = 0;
    float option_px = 0;
    float body_px = 0;
    float help_px = 0;
    float small_px = 0;

    float margin = 0;  // left and right of the column
    float column = 0;  // px, of a page to read: as many letters to a line at every text size, while there is room
    float column_wide = 0;  // of a page whose parts stand side by side
    float rail = 0;         // beside the column of a window that lies on its side: for its scroll buttons
    float gap = 0;          // between cards
    float gap_small = 0;
    float gap_large = 0;
    float padding = 0;  // inside cards
    float radius = 0;
    float border = 0;
    float border_chosen = 0;
    float card_height_min = 0;
    float button_height_min = 0;
    float header_height_min = 0;
    float header_button_height_min = 0;
    float target_min = 0;  // px: no side of a target is shorter
    float icon = 0;
    float focus_ring = 0;
    float drag_slop = 0;
    float key_height = 0;
    float key_gap = 0;
    float key_radius = 0;
    float keyboard_width = 0;  // at most: wider, a thumb would have to travel
};

struct TokenSettings {
    int width = 1080;  // px of the window
    int height = 1920;
    double text_scale = 1;  // from 1 to 2
    semantics::Theme theme = semantics::Theme::light;
    double px_per_mm = 4.03;  // of the display
};

[[nodiscard]] Tokens make_tokens(const Style& style, const TokenSettings& settings);

}  // namespace pillarbox::widgets
