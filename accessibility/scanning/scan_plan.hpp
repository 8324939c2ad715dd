// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a scan goes through on a screen: everything that can be pressed, in groups, so that a long page and an
// on-screen keyboard take a few presses of a switch and not forty. Pure: a tree in, groups out.
#pragma once

#include <vector>

#include "accessibility/semantics/tree.hpp"

namespace pillarbox::scanning {

struct ScanGroup {
    std::vector<semantics::NodeId> items;  // never empty
    bool operator==(const ScanGroup&) const = default;
};

// The most that is gone through one by one, without groups around it.
inline constexpr std::size_t loose_items_max = 6;

// First what is being written with, row by row; then the page's own things, in reading order; then what every page
// has: footer, then header. Each thing that can be pressed stands in one group.
[[nodiscard]] std::vector<ScanGroup> plan_of(const semantics::Tree& tree);

}  // namespace pillarbox::scanning
