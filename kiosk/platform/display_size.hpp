// SPDX-License-Identifier: GPL-3.0-or-later
//
// How large a pixel is. Displays tell their millimetres, and some tell nonsense: none, a projector's metre, or only a
// ratio such as 16 x 9 cm.
#pragma once

#include <optional>

namespace pillarbox::platform {

struct DisplaySize {
    int width_px = 0;
    int height_px = 0;
    int width_mm = 0;
    int height_mm = 0;
};

// Nothing where the figures can't be those of a kiosk, a panel or a tablet: less than 1 or more than 20 px a mm,
// pixels that are not square, or a side of 160 mm by one of 90, which stands for "I don't know".
[[nodiscard]] std::optional<double> px_per_mm_of(const DisplaySize& size);

// Of the primary display, while a Window is open; on its thread.
[[nodiscard]] std::optional<double> px_per_mm_of_display();

}  // namespace pillarbox::platform
