// SPDX-License-Identifier: GPL-3.0-or-later
//
// What changed from one tree to the next.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "accessibility/semantics/tree.hpp"

namespace pillarbox::semantics {
namespace {

using NodeMap = std::unordered_map<NodeId, const Node*>;
using NodeSet = std::unordered_set<NodeId>;

NodeMap by_id(const Tree& tree) {
    NodeMap nodes;
    for (const Node& node : tree.nodes) {
        nodes.emplace(node.id, &node);
    }
    return nodes;
}

// The ones to take out so that what remains rises: all but a longest rising run, found in the square of the length,
// because siblings are few.
std::vector<std::size_t> out_of_order(const std::vector<std::size_t>& ranks) {
    std::vector<std::size_t> length(ranks.size(), 1);
    std::vector<std::size_t> before(ranks.size(), ranks.size());
    std::size_t best = 0;
    for (std::size_t at = 0; at < ranks.size(); ++at) {
        for (std::size_t earlier = 0; earlier < at; ++earlier) {
            if (ranks[earlier] < ranks[at] && length[earlier] + 1 > length[at]) {
                length[at] = length[earlier] + 1;
                before[at] = earlier;
            }
        }
        best = length[at] > length[best] ? at : best;
    }
    std::vector<bool> stays(ranks.size(), false);
    for (std::size_t at = best; at < ranks.size(); at = before[at]) {
        stays[at] = true;
    }
    std::vector<std::size_t> taken_out;
    for (std::size_t at = 0; at < ranks.size(); ++at) {
        if (!stays[at]) {
            taken_out.push_back(at);
        }
    }
    return taken_out;
}

// Children of `now` that were children of it before, but stand in another order.
void add_reordered(const Node& before, const Node& now, NodeSet& moved) {
    std::unordered_map<NodeId, std::size_t> rank;
    for (const NodeId child : before.children) {
        rank.emplace(child, rank.size());
    }
    std::vector<NodeId> stayed;
    std::vector<std::size_t> ranks;
    for (const NodeId child : now.children) {
        if (const auto known = rank.find(child); known != rank.end()) {
            stayed.push_back(child);
            ranks.push_back(known->second);
        }
    }
    if (std::ranges::is_sorted(ranks)) {
        return;
    }
    for (const std::size_t at : out_of_order(ranks)) {
        moved.insert(stayed[at]);
    }
}

}  // namespace

BitSet<Property> changed_properties(const Node& before, const Node& after) {
    BitSet<Property> changed;
    const auto differs = [&](Property property, const auto&... members) {
        if (((before.*members != after.*members) || ...)) {
            changed.add(property);
        }
    };
    differs(Property::role, &Node::role);
    differs(Property::name, &Node::name, &Node::speech_override, &Node::lang);
    differs(Property::description, &Node::description, &Node::hint, &Node::placeholder, &Node::error);
    differs(Property::value, &Node::value, &Node::range);
    differs(Property::caret, &Node::caret, &Node::selection);
    differs(Property::state, &Node::flags, &Node::checked);
    differs(Property::set, &Node::level, &Node::position, &Node::set_size);
    differs(Property::children, &Node::children);
    differs(Property::relations, &Node::labelled_by, &Node::described_by, &Node::error_of, &Node::controls);
    differs(Property::actions, &Node::actions);
    differs(Property::live, &Node::live);
    differs(Property::geometry, &Node::rect, &Node::clip);
    differs(Property::appearance, &Node::visual);
    return changed;
}

TreeChange difference(const Tree& before, const Tree& after) {
    const NodeMap old_nodes = by_id(before);
    const NodeMap new_nodes = by_id(after);
    TreeChange change;
    change.focus_before = before.focus;
    change.focus_after = after.focus;
    change.modal_before = before.modal_root;
    change.modal_after = after.modal_root;
    NodeSet moved;
    for (const Node& node : after.nodes) {
        const auto known = old_nodes.find(node.id);
        if (known == old_nodes.end()) {
            change.added.push_back(node.id);
            continue;
        }
        const Node& old_node = *known->second;
        if (old_node.parent != node.parent) {
            moved.insert(node.id);
        }
        if (const auto properties = changed_properties(old_node, node); properties.bits != 0) {
            change.updated.push_back({node.id, properties});
        }
        add_reordered(old_node, node, moved);
    }
    for (const Node& node : before.nodes) {
        if (!new_nodes.contains(node.id)) {
            change.removed.push_back(node.id);
        }
    }
    for (const Node& node : after.nodes) {
        if (moved.contains(node.id)) {
            change.moved.push_back(node.id);
        }
    }
    return change;
}

}  // namespace pillarbox::semantics
