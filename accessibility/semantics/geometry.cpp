// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/semantics/geometry.hpp"

#include <cmath>

namespace pillarbox::semantics {
namespace {

// WCAG 2.2, "relative luminance".
double linear(std::uint8_t channel) {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

}  // namespace

double relative_luminance(Colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

double contrast_ratio(Colour first, Colour second) {
    const double one = relative_luminance(first);
    const double other = relative_luminance(second);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

}  // namespace pillarbox::semantics
