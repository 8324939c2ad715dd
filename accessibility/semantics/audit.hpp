// SPDX-License-Identifier: GPL-3.0-or-later
//
// Checks that a machine can do on every screen, language, theme and text size: the "A" rows of the accessibility
// checklist (EN 301 549, WCAG 2.2 AA). Pure: a tree in, findings out; no findings means that the screen passes.
#pragma once

#include <string>
#include <vector>

#include "accessibility/semantics/tree.hpp"

namespace pillarbox::semantics {

enum class Check {
    name_role_value,  // K02: non-empty names; a parent for every node; references that exist
    unique_id,        // K02
    clipped_text,     // K12: laid-out text stays inside its node, the node inside its clip or a scrolling body
    contrast,         // K16: text 4.5:1 (large 3:1), borders and focus ring 3:1; high contrast 7:1
    target_size,      // K18: 44 CSS px in both directions, measured in mm; a key of the keyboard, its share
    focus_order,      // K19: each focusable node in the tab order once
    focus_visible,    // K20: a ring, where the focused node is drawn with one
};
[[nodiscard]] std::string_view name_of(Check check);

struct Finding {
    Check check;
    NodeId node = NodeId::none;
    std::string key;     // of the node
    std::string detail;  // one sentence with the measured number; never a private value
};

// 44 CSS px of 1/96 inch.
inline constexpr double target_mm_min = 11.64;

[[nodiscard]] std::vector<Finding> audit(const Tree& tree);
[[nodiscard]] std::string describe(const std::vector<Finding>& findings);  // one a line

}  // namespace pillarbox::semantics
