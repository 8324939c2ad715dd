// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which group, repeat or root element each entity belongs to. A container has one entity at most, and a question is
// saved to the entity of the nearest container around it, so that a server can tell whose property an answer is.
#pragma once

#include <string>
#include <vector>

#include "core/form/outline.hpp"
#include "core/form/problems.hpp"

namespace pillarbox::form {

// Sets Entity::path. `reads` are the paths that the expressions of each entity read. Refuses what can't be placed:
// answers of two repeats for one entity, or two entities for one container.
void place_entities(std::vector<Entity>& entities, const std::vector<std::vector<std::string>>& reads,
                    const Outline& outline, const std::string& root, Problems& problems);

}  // namespace pillarbox::form
