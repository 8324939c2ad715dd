// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions of node sets and positions.
#include <algorithm>
#include <array>

#include "core/form/functions.hpp"
#include "core/form/node_selection.hpp"

namespace pillarbox::form {
namespace {

// position() is the place in the set that a predicate looks at; position(x) is x's place among its namesakes: of a
// repetition.
Value position(const Call& call) {
    if (call.size() == 0) {
        return static_cast<double>(call.evaluation.position);
    }
    const NodeSet nodes = call.nodes(0);
    if (nodes.empty() || nodes.front() == document_element) {
        return 1.0;
    }
    return place_among_namesakes(nodes.front(), call.evaluation.surroundings);
}

Value last(const Call& call) {
    return static_cast<double>(call.evaluation.size);
}
Value current(const Call& call) {
    return NodeSet{call.evaluation.current};
}
Value count(const Call& call) {
    return static_cast<double>(call.nodes(0).size());
}

Value count_non_empty(const Call& call) {
    const NodeSet nodes = call.nodes(0);
    const Conversion conversion = call.conversion();
    return static_cast<double>(
        std::ranges::count_if(nodes, [&](ElementId id) { return !conversion.text_of_node(id).empty(); }));
}

// The name as it is written, with its prefix; of an instruction its target, of a text or comment nothing.
Value name(const Call& call) {
    const NodeSet nodes = call.nodes_or_context(0);
    return nodes.empty() ? std::string() : call.evaluation.surroundings.tree[nodes.front()].name;
}

Value local_name(const Call& call) {
    return std::string(local_part(std::get<std::string>(name(call))));
}

constexpr std::array functions = {
    Function{"position", 0, 1, position, Arguments::nodes_first},
    Function{"last", 0, 0, last},
    Function{"current", 0, 0, current, Arguments::any, NodeResult::yes},
    Function{"count", 1, 1, count, Arguments::nodes_first},
    Function{"count-non-empty", 1, 1, count_non_empty, Arguments::nodes_first},
    Function{"name", 0, 1, name, Arguments::nodes_first},
    Function{"local-name", 0, 1, local_name, Arguments::nodes_first},
};

}  // namespace

std::span<const Function> node_functions() {
    return functions;
}

}  // namespace pillarbox::form
