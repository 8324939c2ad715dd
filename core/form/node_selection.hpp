// SPDX-License-Identifier: GPL-3.0-or-later
//
// Paths and references: which elements of the tree they mean (XPath 1.0 section 2).
#pragma once

#include "core/form/evaluator.hpp"

namespace pillarbox::form {

[[nodiscard]] NodeSet select_path(const Syntax& path, const Evaluation& evaluation);

[[nodiscard]] NodeSet unite(NodeSet left, const NodeSet& right, const Surroundings& surroundings);

// From 1: the place of an element among its siblings of the same name.
[[nodiscard]] double place_among_namesakes(ElementId id, const Surroundings& surroundings);

// The elements that ${name} means from the current node: inside a repeat that both share, those of the same
// repetition.
[[nodiscard]] NodeSet select_reference(const Syntax& reference, const Evaluation& evaluation);

// The same, but of the repeats in `indexes` the repetition of that number (from 1).
struct RepeatIndex {
    const std::vector<std::string>* target;  // names from the root
    double position;
};
[[nodiscard]] NodeSet select_indexed(const Syntax& reference, const std::vector<RepeatIndex>& indexes,
                                     const Evaluation& evaluation);

}  // namespace pillarbox::form
