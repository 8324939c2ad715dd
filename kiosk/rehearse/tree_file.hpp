// SPDX-License-Identifier: GPL-3.0-or-later
//
// The semantic tree as JSON, for tests in other languages: an array of nodes in reading order, each with key, parent
// (a key), role, name, description, flags, checked, actions, level, place in its set and range; `focus` where it has
// the focus. Of
// private nodes only whether they have a value is told.
#pragma once

#include <string>

#include "accessibility/semantics/tree.hpp"

namespace pillarbox::rehearse {

[[nodiscard]] std::string json_of(const semantics::Tree& tree);

}  // namespace pillarbox::rehearse
