// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps relevance, calculations and counted repeats up to date, in the order of the form's plan (plan.hpp).
#include <algorithm>
#include <cmath>

#include "core/form/expression.hpp"
#include "core/form/instance_state.hpp"

namespace pillarbox::form {

void InstanceState::recalculate_all() {
    std::set<std::uint32_t> all;
    for (std::uint32_t index = 0; index < form_->plan->computations.size(); ++index) {
        all.insert(all.end(), index);
    }
    recalculate(std::move(all));
}

// Dependents always come later in the plan, so that taking the first each time does each at most once.
void InstanceState::recalculate(std::set<std::uint32_t> pending) {
    while (!pending.empty()) {
        const Computation& computation = form_->plan->computations[*pending.begin()];
        pending.erase(pending.begin());
        if (compute(computation) == Change::some) {
            pending.insert(computation.dependents.begin(), computation.dependents.end());
        }
    }
}

InstanceState::Change InstanceState::compute(const Computation& computation) {
    switch (computation.kind) {
        case Computation::Kind::relevant:
            return compute_relevance(computation);
        case Computation::Kind::calculation:
            return compute_value(computation);
        case Computation::Kind::repeat_count:
            return compute_repeat_count(computation);
    }
    return Change::none;
}

InstanceState::Change InstanceState::compute_relevance(const Computation& computation) {
    Change change = Change::none;
    for (const ElementId id : elements_of_node_[computation.node]) {
        const bool relevant = evaluate_truth(*computation.expression, surroundings(), id);
        if (relevant != tree_[id].relevant_by_itself) {
            tree_[id].relevant_by_itself = relevant;
            spread_relevance(id);
            change = Change::some;
        }
    }
    return change;
}

void InstanceState::spread_relevance(ElementId element) {
    tree_[element].relevant = tree_[element].relevant_by_itself && tree_[tree_[element].parent].relevant;
    for (const ElementId child : tree_[element].children) {
        spread_relevance(child);
    }
}

InstanceState::Change InstanceState::compute_value(const Computation& computation) {
    Change change = Change::none;
    for (const ElementId id : elements_of_node_[computation.node]) {
        const Surroundings around = surroundings();
        const Value value = evaluate(computation.expression->syntax(), {around, id, id});
        // What can't be calculated yet, because an answer is missing, is no answer.
        const double* number = std::get_if<double>(&value);
        const DateValue* date = std::get_if<DateValue>(&value);
        const bool blank =
            (number != nullptr && std::isnan(*number)) || (date != nullptr && std::isnan(date->days()));
        std::string text = blank ? std::string() : around.conversion().text(value);
        if (text != tree_[id].text) {
            tree_[id].text = std::move(text);
            change = Change::some;
        }
    }
    return change;
}

InstanceState::Change InstanceState::compute_repeat_count(const Computation& computation) {
    const Node& repeat = *nodes_[computation.node];
    // The elements that may hold repetitions: the parent node's, or the root.
    const Node* parent_node = form_->find(std::string_view(repeat.path).substr(0, repeat.path.rfind('/')));
    const std::vector<ElementId> parents =
        parent_node == nullptr ? tree_[document_element].children : elements_of_node_[parent_node->index];
    Change change = Change::none;
    for (const ElementId parent : parents) {
        const double count = evaluate_number(*computation.expression, surroundings(), parent);
        const double bounded =
            std::isnan(count) ? 0 : std::clamp(std::floor(count), 0.0, static_cast<double>(repetitions_max));
        const auto wanted = static_cast<std::size_t>(bounded);
        std::vector<ElementId> present = repetitions({&repeat, parent});
        for (; present.size() > wanted; present.pop_back()) {
            forget(present.back());
            tree_.detach(present.back());
            change = Change::some;
        }
        for (std::size_t missing = wanted - std::min(wanted, present.size()); missing > 0; --missing) {
            insert_repetition({&repeat, parent});
            change = Change::some;
        }
    }
    return change;
}

}  // namespace pillarbox::form
