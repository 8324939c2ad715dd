// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/semantics/tree.hpp"

#include <string.h>

#include <algorithm>

namespace pillarbox::semantics {
namespace {

bool can_take_tab(const Tree& tree, const Node& node) {
    return node.flags.has(Flag::focusable) && !node.flags.has(Flag::disabled) && !node.flags.has(Flag::hidden) &&
           (tree.modal_root == NodeId::none || is_within(tree, node.id, tree.modal_root));
}

// The one option of a radio group that Tab stops at: the chosen one, else the first that can be chosen.
NodeId stop_of_group(const Tree& tree, NodeId group) {
    NodeId first = NodeId::none;
    for (const Node& node : tree.nodes) {
        if (node.role != Role::radio || node.parent != group || !can_take_tab(tree, node)) {
            continue;
        }
        if (node.checked == Checked::on || node.id == tree.focus) {
            return node.id;
        }
        if (first == NodeId::none) {
            first = node.id;
        }
    }
    return first;
}

// The keys of the on-screen keyboard are one stop too: the one that has the focus, else the first.
NodeId stop_of_keyboard(const Tree& tree) {
    NodeId first = NodeId::none;
    for (const Node& node : tree.nodes) {
        if (node.role != Role::key || !can_take_tab(tree, node)) {
            continue;
        }
        if (node.id == tree.focus) {
            return node.id;
        }
        if (first == NodeId::none) {
            first = node.id;
        }
    }
    return first;
}

int depth_of(const Tree& tree, const Node& node) {
    int depth = 0;
    for (const Node* up = find(tree, node.parent); up != nullptr; up = find(tree, up->parent)) {
        ++depth;
    }
    return depth;
}

std::string states_of(const Tree& tree, const Node& node) {
    std::string text;
    const auto say = [&text](bool condition, std::string_view word) {
        if (condition) {
            text.append(" ").append(word);
        }
    };
    say(node.checked == Checked::on, "checked");
    say(node.checked == Checked::off, "unchecked");
    say(node.flags.has(Flag::disabled), "disabled");
    say(node.flags.has(Flag::invalid), "invalid");
    say(node.flags.has(Flag::modal), "modal");
    say(node.flags.has(Flag::expanded), "expanded");
    say(node.flags.has(Flag::private_text), "private");
    say(node.id == tree.focus, "focused");
    return text;
}

}  // namespace

// Answers pass through the tree on their way to speech: their copies are overwritten as soon as nobody reads the
// snapshot.
Tree::~Tree() {
    for (Node& node : nodes) {
        if (node.flags.has(Flag::private_text) && !node.value.empty()) {
            ::explicit_bzero(node.value.data(), node.value.size());
        }
    }
}

bool same_content(const Tree& first, const Tree& second) {
    return first.root == second.root && first.focus == second.focus && first.modal_root == second.modal_root &&
           first.lang == second.lang && first.window == second.window && first.px_per_mm == second.px_per_mm &&
           first.theme == second.theme && first.text_scale == second.text_scale && first.motion == second.motion &&
           first.reach == second.reach && first.focus_mark == second.focus_mark && first.nodes == second.nodes;
}

const Node* find(const Tree& tree, NodeId id) {
    if (id == NodeId::none) {
        return nullptr;
    }
    const auto found = std::ranges::find(tree.nodes, id, &Node::id);
    return found == tree.nodes.end() ? nullptr : &*found;
}

const Node* find(const Tree& tree, Role role, std::string_view name) {
    const auto found =
        std::ranges::find_if(tree.nodes, [&](const Node& node) { return node.role == role && node.name == name; });
    return found == tree.nodes.end() ? nullptr : &*found;
}

const Node* find_key(const Tree& tree, std::string_view key) {
    const auto found = std::ranges::find(tree.nodes, key, &Node::key);
    return found == tree.nodes.end() ? nullptr : &*found;
}

std::vector<const Node*> find_all(const Tree& tree, Role role) {
    std::vector<const Node*> found;
    for (const Node& node : tree.nodes) {
        if (node.role == role) {
            found.push_back(&node);
        }
    }
    return found;
}

bool is_within(const Tree& tree, NodeId id, NodeId ancestor) {
    for (const Node* node = find(tree, id); node != nullptr; node = find(tree, node->parent)) {
        if (node->id == ancestor) {
            return true;
        }
    }
    return false;
}

std::vector<NodeId> tab_stops(const Tree& tree) {
    const NodeId key = stop_of_keyboard(tree);
    std::vector<NodeId> stops;
    for (const Node& node : tree.nodes) {
        const bool passed_over = (node.role == Role::radio && stop_of_group(tree, node.parent) != node.id) ||
                                 (node.role == Role::key && node.id != key);
        if (can_take_tab(tree, node) && !passed_over) {
            stops.push_back(node.id);
        }
    }
    return stops;
}

std::vector<NodeId> arrow_stops(const Tree& tree) {
    std::vector<NodeId> stops;
    for (const Node& node : tree.nodes) {
        if (can_take_tab(tree, node)) {
            stops.push_back(node.id);
        }
    }
    return stops;
}

std::string describe(const Tree& tree) {
    std::string text;
    for (const Node& node : tree.nodes) {
        text.append(static_cast<std::size_t>(depth_of(tree, node)) * 2, ' ').append(name_of(node.role));
        text.append(" \"").append(node.name).append("\"");
        if (!node.value.empty() && !node.flags.has(Flag::private_text)) {
            text.append(" = \"").append(node.value).append("\"");
        }
        text.append(states_of(tree, node)).append("\n");
    }
    return text;
}

Publication TreePublisher::publish(Tree tree) {
    const std::scoped_lock lock(mutex_);
    if (current_->revision != 0 && same_content(*current_, tree)) {
        return Publication::unchanged;
    }
    tree.revision = current_->revision + 1;
    current_ = std::make_shared<const Tree>(std::move(tree));
    return Publication::changed;
}

std::shared_ptr<const Tree> TreePublisher::current() const {
    const std::scoped_lock lock(mutex_);
    return current_;
}

}  // namespace pillarbox::semantics
