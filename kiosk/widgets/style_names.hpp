// SPDX-License-Identifier: GPL-3.0-or-later
//
// The names of a style's colours and sizes, and which colours are laid on which: the tables behind Style.
#pragma once

#include <span>
#include <string_view>

#include "kiosk/widgets/style.hpp"

namespace pillarbox::widgets {

struct ColourName {
    std::string_view name;
    Colour Palette::* member;
};
[[nodiscard]] std::span<const ColourName> colour_names();

struct SizeName {
    std::string_view group;  // "type", "space" or "shape"
    std::string_view name;
    float Sizes::* member;
    float min;
    float max;
};
[[nodiscard]] std::span<const SizeName> size_names();

enum class PairUse {
    text,  // 4.5:1, and 7:1 in high contrast
    mark,  // an icon, an edge: 3:1
    ring,  // the focus ring on a strong ground: one of its two colours has 3:1
};
struct ColourPair {
    std::string_view above;
    std::string_view below;
    PairUse use;
};
// Every pair that a widget draws. Who draws a new one adds it here; the audit of every screen finds what was
// forgotten.
[[nodiscard]] std::span<const ColourPair> colour_pairs();

}  // namespace pillarbox::widgets
