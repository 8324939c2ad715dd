// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a finger or a key reaches on the tree that was on the screen. Questions alone: nothing is changed here.
#pragma once

#include <span>

#include "accessibility/semantics/tree.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/widgets/input_state.hpp"

namespace pillarbox::widgets {

// Not behind a modal dialog.
[[nodiscard]] bool reachable(const semantics::Tree& tree, const semantics::Node& node);

// On what is seen of it.
[[nodiscard]] bool is_on(const semantics::Node& node, platform::Point point);

// The topmost node that can be pressed at a point: the last drawn. None where there is none.
[[nodiscard]] NodeId node_at(const semantics::Tree& tree, platform::Point point);

// The innermost region that scrolls at a point, or null.
[[nodiscard]] const ScrollRegion* region_at(std::span<const ScrollRegion> regions, platform::Point point);

// Null is neither. One that is disabled takes nothing.
[[nodiscard]] bool is_field(const semantics::Node* node);
[[nodiscard]] bool is_slider(const semantics::Node* node);

[[nodiscard]] bool has_keyboard(const semantics::Tree& tree);

// Of the keys that stand together: the nearest in that direction; left and right go round within the row. Physical
// places, since a keyboard is never mirrored. None where the keyboard ends.
[[nodiscard]] NodeId neighbour_of(const semantics::Tree& tree, const semantics::Node& from, platform::Key direction);

}  // namespace pillarbox::widgets
