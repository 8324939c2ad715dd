// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parameter reference-geometry of questions for places: what a map shows beside the answer. It names a list of
// choices, a file, a list of entities, or a repeat (${name}) that has a question named geometry.
#pragma once

#include <set>

#include "core/form/choices_reader.hpp"
#include "core/form/outline.hpp"
#include "core/form/problems.hpp"

namespace pillarbox::form {

struct GeometrySources {
    const ChoiceSheet& choices;
    const ExternalFiles& files;
    const std::set<std::string, std::less<>>& entity_lists;
};

// Gives the nodes that name a list of choices that list, and refuses those that name nothing.
void resolve_reference_geometry(std::vector<Node>& nodes, const Outline& outline, const GeometrySources& sources,
                                Problems& problems);

// The repeat that the node names; null where it names none.
[[nodiscard]] const Node* reference_repeat(const Node& node, const Outline& outline);

}  // namespace pillarbox::form
