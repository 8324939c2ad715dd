// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/trigger_action.hpp"

#include <algorithm>
#include <cmath>
#include <deque>

#include "core/form/expression.hpp"
#include "core/form/node_selection.hpp"
#include "core/form/outline.hpp"

namespace pillarbox::form {
namespace {

void collect_triggered(const std::vector<Node>& nodes, std::string_view trigger, std::vector<const Node*>& found) {
    for (const Node& node : nodes) {
        if (std::ranges::find(node.triggers, trigger) != node.triggers.end()) {
            found.push_back(&node);
        }
        collect_triggered(node.children, trigger, found);
    }
}

std::string value_for(const Node& node, const InstanceState& state, ElementId element) {
    if (node.triggered_value == nullptr) {
        return {};
    }
    const Surroundings around = state.surroundings();
    const Value value = evaluate(node.triggered_value->syntax(), {around, element, element});
    const double* number = std::get_if<double>(&value);
    const bool blank = number != nullptr && std::isnan(*number);  // as of a calculation
    return blank ? std::string() : around.conversion().text(value);
}

}  // namespace

void fire_triggers(InstanceState& state, ElementId changed) {
    std::set<const Node*> done;
    std::deque<ElementId> pending = {changed};
    while (!pending.empty()) {
        const ElementId trigger = pending.front();
        pending.pop_front();
        const Node* question = state.tree()[trigger].definition;
        std::vector<const Node*> triggered;
        collect_triggered(state.form().nodes, question->path, triggered);
        for (const Node* node : triggered) {
            if (!done.insert(node).second) {
                continue;
            }
            Syntax target;
            target.kind = SyntaxKind::reference;
            target.target = names_of(node->path);
            const Surroundings around = state.surroundings();
            for (const ElementId element : select_reference(target, {around, trigger, trigger})) {
                std::string value = value_for(*node, state, element);
                if (value != state.tree()[element].text) {
                    state.set_text(element, value);
                    pending.push_back(element);
                }
            }
        }
    }
}

}  // namespace pillarbox::form
