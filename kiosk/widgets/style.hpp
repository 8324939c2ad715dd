// SPDX-License-Identifier: GPL-3.0-or-later
//
// The design as data: type sizes, spacing, shapes and the colours of four themes, read from assets/styles/kiosk.json.
// What each name is for stands in docs/design-system.md.
//
// A style is accepted only if every pair of colours that the widgets lay on one another can be read (WCAG 2.2: text
// 4.5:1, edges and icons 3:1; 7:1 for text in high contrast). So a kiosk never starts with a theme that it would have
// to apologise for, and whoever changes a colour is told which pair it spoils.
#pragma once

#include <array>
#include <filesystem>
#include <string_view>

#include "accessibility/semantics/tree.hpp"
#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::widgets {

using semantics::Colour;

struct Palette {
    Colour page;     // behind everything
    Colour surface;  // cards, fields, footer and dialogs
    Colour surface_pressed;
    Colour ink;             // text
    Colour ink_soft;        // hints: still 4.5:1
    Colour line;            // decorative rules
    Colour control_border;  // of cards and fields, 3:1
    Colour header;
    Colour on_header;
    Colour header_pressed;
    Colour brand;  // primary buttons, links, what is chosen
    Colour on_brand;
    Colour brand_pressed;
    Colour brand_tint;  // behind a chosen card
    Colour danger;
    Colour on_danger;
    Colour danger_pressed;
    Colour danger_tint;
    Colour warning;  // bar and icon of a warning
    Colour warning_tint;
    Colour info_tint;
    Colour success;
    Colour success_tint;
    Colour focus;        // the ring
    Colour focus_under;  // its second colour, so that it shows on any ground
    Colour keyboard;
    Colour key;
    Colour veil;  // over the page while a dialog is open
};

// In design px: 1080 of them to the window's short side, 4.03 to the millimetre on the display they were drawn for.
struct Sizes {
    float heading = 0;  // type
    float title = 0;
    float option = 0;
    float body = 0;
    float help = 0;
    float small = 0;
    float margin = 0;  // space
    float column = 0;
    float column_wide = 0;
    float rail = 0;
    float gap = 0;
    float gap_small = 0;
    float gap_large = 0;
    float padding = 0;
    float radius = 0;  // shape
    float border = 0;
    float border_chosen = 0;
    float focus_ring = 0;
    float card_height = 0;
    float button_height = 0;
    float header_height = 0;
    float header_button_height = 0;
    float target_mm = 0;  // the one true millimetre: no target is smaller, whatever the display
    float drag_slop = 0;
    float key_height = 0;
    float key_gap = 0;
    float key_radius = 0;
    float keyboard_width = 0;
};

inline constexpr std::array all_themes{semantics::Theme::light, semantics::Theme::dark,
                                       semantics::Theme::high_contrast, semantics::Theme::low_contrast};
[[nodiscard]] std::string_view name_of(semantics::Theme theme);  // in the file

class Style {
  public:
    static constexpr std::size_t file_size_bytes_max = 64 * 1024;

    // Errors: not_found; malformed, with the name that is missing, unknown or out of range; refused, where a pair of
    // colours can't be read.
    [[nodiscard]] static base::Result<Style> load(const std::filesystem::path& file);
    // `where` is named in errors.
    [[nodiscard]] static base::Result<Style> parse(std::string_view json, const std::string& where);

    [[nodiscard]] const Sizes& sizes() const { return sizes_; }
    [[nodiscard]] const Palette& palette(semantics::Theme theme) const {
        return palettes_[static_cast<std::size_t>(theme)];
    }

  private:
    Sizes sizes_;
    std::array<Palette, all_themes.size()> palettes_;
};

}  // namespace pillarbox::widgets
