// SPDX-License-Identifier: GPL-3.0-or-later
//
// The trigger column: the questions that set an answer when a person changes theirs. https://xlsform.org/en/#trigger
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/form/outline.hpp"
#include "core/form/problems.hpp"

namespace pillarbox::form {

// "${a}, ${b}" -> {"a", "b"}.
[[nodiscard]] std::vector<std::string> read_triggers(std::string_view text, const Place& place, Problems& problems);

// Turns the names in Node::triggers into paths, once the whole form is known. Refuses those that no person can
// change.
void resolve_triggers(std::vector<Node>& nodes, const Outline& outline, Problems& problems);

}  // namespace pillarbox::form
