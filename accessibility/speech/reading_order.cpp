// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/speech/reading_order.hpp"

#include <algorithm>

namespace pillarbox::speech {

using semantics::Flag;
using semantics::Node;
using semantics::NodeId;
using semantics::Role;
using semantics::Tree;

std::set<NodeId> texts_of_widgets(const Tree& tree) {
    std::set<NodeId> texts;
    for (const Node& node : tree.nodes) {
        texts.insert({node.labelled_by, node.described_by, node.error_of});
    }
    texts.erase(NodeId::none);
    return texts;
}

std::vector<const Node*> readable_nodes(const Tree& tree) {
    const bool modal = tree.modal_root != NodeId::none;
    std::set<NodeId> left_out;  // with what is in them: parents come before their children
    std::set<NodeId> body;
    std::vector<const Node*> nodes;
    std::vector<const Node*> below;
    for (const Node& node : tree.nodes) {
        const bool starts_body = modal ? node.id == tree.modal_root : node.role == Role::main;
        if (node.role == Role::header || node.role == Role::keyboard || left_out.contains(node.parent)) {
            left_out.insert(node.id);
        } else if (starts_body || body.contains(node.parent)) {
            body.insert(node.id);
            nodes.push_back(&node);
        } else if (!modal && node.id != tree.root && node.role != Role::progress) {
            below.push_back(&node);
        }
    }
    nodes.insert(nodes.end(), below.begin(), below.end());
    std::erase_if(nodes, [](const Node* node) { return node->flags.has(Flag::hidden); });
    return nodes;
}

bool can_be_acted_on(const Node& node) {
    return node.flags.has(Flag::focusable) && !node.flags.has(Flag::hidden);
}

std::vector<const Node*> groups_entered(const Tree& tree, const Node& node, NodeId from) {
    std::vector<const Node*> groups;
    for (const Node* group = find(tree, node.parent); group != nullptr; group = find(tree, group->parent)) {
        const bool is_group = group->role == Role::group || group->role == Role::radio_group ||
                              group->role == Role::list || group->role == Role::list_item;
        if (is_group && !group->name.empty() && !is_within(tree, from, group->id)) {
            groups.push_back(group);
        }
    }
    std::ranges::reverse(groups);
    return groups;
}

}  // namespace pillarbox::speech
