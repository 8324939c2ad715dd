// SPDX-License-Identifier: GPL-3.0-or-later
//
// The nodes of a tree as they are read out. For this folder's sources only.
#pragma once

#include <set>
#include <vector>

#include "accessibility/semantics/tree.hpp"

namespace pillarbox::speech {

// Texts that belong to a widget, which says them itself: labels, hints, errors.
[[nodiscard]] std::set<semantics::NodeId> texts_of_widgets(const semantics::Tree& tree);

// What can be read now: inside the modal dialog where one is open, else the body, then what is below it. Without
// header and on-screen keyboard, whose keys say themselves when they have the focus.
[[nodiscard]] std::vector<const semantics::Node*> readable_nodes(const semantics::Tree& tree);

[[nodiscard]] bool can_be_acted_on(const semantics::Node& node);

// Groups with a name around `node` that are not around `from`, the outermost first.
[[nodiscard]] std::vector<const semantics::Node*> groups_entered(const semantics::Tree& tree,
                                                                 const semantics::Node& node, semantics::NodeId from);

}  // namespace pillarbox::speech
