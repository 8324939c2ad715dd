// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <queue>

#include "core/form/expression.hpp"

namespace pillarbox::form {
namespace {

using Kind = Computation::Kind;
using Indexes = std::vector<std::uint32_t>;

std::uint32_t end_of_subtree(const Node& node) {
    return node.children.empty() ? node.index + 1 : end_of_subtree(node.children.back());
}

void sort_unique(Indexes& indexes) {
    std::ranges::sort(indexes);
    const auto repeated = std::ranges::unique(indexes);
    indexes.erase(repeated.begin(), repeated.end());
}

// For each node: the computations that read its value, and those that read something inside it or whether it is
// there.
struct Readers {
    std::vector<Indexes> of_value;
    std::vector<Indexes> of_content;
};

Readers find_readers(const std::vector<UnorderedComputation>& computations, const Outline& outline) {
    Readers readers{std::vector<Indexes>(outline.all().size()), std::vector<Indexes>(outline.all().size())};
    for (std::uint32_t index = 0; index < computations.size(); ++index) {
        for (const Dependency& dependency : computations[index].dependencies) {
            const Node* node = outline.find(dependency.path);
            // The root is no node: who reads it as a value reads everything.
            const std::uint32_t first = node == nullptr ? 0 : node->index;
            const std::uint32_t end =
                node == nullptr ? static_cast<std::uint32_t>(outline.all().size()) : end_of_subtree(*node);
            for (std::uint32_t read = first; read < end && dependency.kind == Dependency::Kind::value; ++read) {
                readers.of_value[read].push_back(index);
            }
            for (PathNames names = names_of(dependency.path); names.size() > 1; names.pop_back()) {
                readers.of_content[outline.find(path_of(names))->index].push_back(index);
            }
        }
    }
    return readers;
}

Indexes dependents_of(const UnorderedComputation& changed, const Readers& readers, const Outline& outline,
                      const std::vector<Indexes>& computations_of_node) {
    const std::uint32_t node = changed.computation.node;
    Indexes dependents = readers.of_value[node];
    if (changed.computation.kind != Kind::calculation) {
        dependents.insert(dependents.end(), readers.of_content[node].begin(), readers.of_content[node].end());
    }
    if (changed.computation.kind == Kind::repeat_count) {
        // A new repetition brings nodes that have not been computed yet.
        for (std::uint32_t inside = node + 1; inside < end_of_subtree(*outline.all()[node]); ++inside) {
            dependents.insert(dependents.end(), computations_of_node[inside].begin(),
                              computations_of_node[inside].end());
        }
    }
    sort_unique(dependents);
    return dependents;
}

// Kahn's algorithm, earliest in the form first. What lies on or behind a cycle stays out.
Indexes order_of(const std::vector<UnorderedComputation>& computations) {
    std::vector<std::uint32_t> waits_for(computations.size(), 0);
    for (const UnorderedComputation& each : computations) {
        for (const std::uint32_t dependent : each.computation.dependents) {
            ++waits_for[dependent];
        }
    }
    std::priority_queue<std::uint32_t, Indexes, std::greater<>> ready;
    for (std::uint32_t index = 0; index < computations.size(); ++index) {
        if (waits_for[index] == 0) {
            ready.push(index);
        }
    }
    Indexes order;
    while (!ready.empty()) {
        order.push_back(ready.top());
        ready.pop();
        for (const std::uint32_t dependent : computations[order.back()].computation.dependents) {
            if (--waits_for[dependent] == 0) {
                ready.push(dependent);
            }
        }
    }
    return order;
}

// Walks backwards from a computation that could not be ordered: sooner or later the walk meets itself, and that is
// the cycle.
void report_cycle(const std::vector<UnorderedComputation>& computations, const Indexes& order, const Outline& outline,
                  Problems& problems) {
    std::vector<bool> ordered(computations.size(), false);
    for (const std::uint32_t index : order) {
        ordered[index] = true;
    }
    const auto stuck = static_cast<std::uint32_t>(std::ranges::find(ordered, false) - ordered.begin());
    Indexes walk{stuck};
    while (true) {
        std::uint32_t before = 0;
        while (ordered[before] ||
               !std::ranges::binary_search(computations[before].computation.dependents, walk.back())) {
            ++before;
        }
        const auto met = std::ranges::find(walk, before);
        if (met == walk.end()) {
            walk.push_back(before);
            continue;
        }
        walk.erase(walk.begin(), met);
        break;
    }
    std::ranges::sort(walk);
    std::string names;
    for (const std::uint32_t index : walk) {
        names += (names.empty() ? "" : ", ") + outline.all()[computations[index].computation.node]->name;
    }
    problems.malformed(computations[walk.front()].place,
                       fmt::format("The expression depends on itself, through: {}.", names), "Break the circle.");
}

// All nodes but repeats and what lies in them.
void add_single_nodes(const Outline& outline, Plan& plan) {
    const std::vector<const Node*>& all = outline.all();
    for (std::uint32_t index = 0; index < all.size();) {
        const Node& node = *all[index];
        if (node.type == NodeType::repeat) {
            index = end_of_subtree(node);
        } else {
            plan.single_nodes.emplace(node.path, index++);
        }
    }
}

}  // namespace

Plan make_plan(std::vector<UnorderedComputation> computations, const Outline& outline, Problems& problems) {
    std::vector<Indexes> computations_of_node(outline.all().size());
    for (std::uint32_t index = 0; index < computations.size(); ++index) {
        computations_of_node[computations[index].computation.node].push_back(index);
    }
    const Readers readers = find_readers(computations, outline);
    for (UnorderedComputation& each : computations) {
        each.computation.dependents = dependents_of(each, readers, outline, computations_of_node);
    }
    const Indexes order = order_of(computations);
    Plan plan;
    if (order.size() != computations.size()) {
        report_cycle(computations, order, outline, problems);
        return plan;
    }
    add_single_nodes(outline, plan);
    std::vector<std::uint32_t> place_of(computations.size());
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        place_of[order[place]] = place;
    }
    const auto to_places = [&](Indexes indexes) {
        std::ranges::transform(indexes, indexes.begin(), [&](std::uint32_t index) { return place_of[index]; });
        sort_unique(indexes);
        return indexes;
    };
    for (const std::uint32_t index : order) {
        plan.computations.push_back(std::move(computations[index].computation));
        plan.computations.back().dependents = to_places(std::move(plan.computations.back().dependents));
    }
    for (const Indexes& of_node : readers.of_value) {
        plan.readers.push_back(to_places(of_node));
    }
    return plan;
}

}  // namespace pillarbox::form
