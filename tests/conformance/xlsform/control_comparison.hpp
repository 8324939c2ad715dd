// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/form/form.hpp"
#include "differences.hpp"
#include "reference_form.hpp"

namespace pillarbox::tests {

// What a question shows and offers. `actions` are those that the reference must have in it.
void compare_control(const form::Form& form, const form::Node& node, const ReferenceControl& control,
                     const std::set<ReferenceAction>& actions, Differences& found);

// The type attribute of a node's bind, and the name of its control; empty where it has none.
[[nodiscard]] std::string bind_type_of(const form::Node& node);
[[nodiscard]] std::string_view control_of(const form::Node& node);

}  // namespace pillarbox::tests
