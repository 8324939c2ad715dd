// SPDX-License-Identifier: GPL-3.0-or-later
//
// The design in one place: colours, type sizes and spacing, in px of this window. Sizes are drawn for 1080 px of
// width and scale with the window's short side; text sizes scale with the person's choice (100-200 %) as well.
// Nothing has a fixed height: heights follow from the text.
#pragma once

#include "accessibility/semantics/tree.hpp"

namespace pillarbox::widgets {

using semantics::Colour;

struct Palette {
    Colour page;            // behind everything
    Colour surface;         // cards and fields
    Colour ink;             // text
    Colour ink_soft;        // hints: still 4.5:1 on page and surface (7:1 in high contrast)
    Colour line;            // decorative rules
    Colour control_border;  // of cards and fields, 3:1
    Colour brand;           // header, primary buttons, what is chosen
    Colour on_brand;
    Colour brand_tint;  // behind a chosen card
    Colour brand_pressed;
    Colour surface_pressed;
    Colour danger;
    Colour on_danger;
    Colour danger_tint;
    Colour warning;  // bar and icon of a warning
    Colour warning_tint;
    Colour info_tint;
    Colour focus;        // the ring
    Colour focus_under;  // its second colour, so that it shows on any ground
    Colour key;          // of the keyboard
    Colour keyboard;
    Colour veil;  // over the page while a dialog is open
};

struct Tokens {
    Palette palette;
    float unit = 1;  // px of one design px

    float heading_px = 58;
    float title_px = 46;
    float option_px = 42;
    float body_px = 40;
    float help_px = 36;
    float small_px = 32;

    float margin = 60;   // left and right of the column
    float column = 960;  // widest text column, px
    float gap = 20;      // between cards
    float gap_small = 12;
    float gap_large = 40;
    float padding = 32;  // inside cards
    float radius = 22;
    float border = 2;
    float border_chosen = 5;
    float card_height_min = 132;
    float button_height_min = 112;
    float icon = 52;
    float focus_ring = 6;
    float drag_slop = 24;
};

// `width`, `height` in px; `text_scale` from 1 to 2.
[[nodiscard]] Tokens make_tokens(int width, int height, double text_scale, semantics::Theme theme);

}  // namespace pillarbox::widgets
