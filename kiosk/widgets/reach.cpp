// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/reach.hpp"

#include <cmath>

namespace pillarbox::widgets {

using platform::Key;
using semantics::Action;
using semantics::Flag;
using semantics::Node;
using semantics::Role;
using semantics::Tree;

bool reachable(const Tree& tree, const Node& node) {
    return tree.modal_root == NodeId::none || semantics::is_within(tree, node.id, tree.modal_root);
}

bool is_on(const Node& node, platform::Point point) {
    return node.rect.contains(point.x, point.y) && node.clip.contains(point.x, point.y);
}

NodeId node_at(const Tree& tree, platform::Point point) {
    for (auto node = tree.nodes.rbegin(); node != tree.nodes.rend(); ++node) {
        if (node->actions.has(Action::click) && is_on(*node, point) && reachable(tree, *node)) {
            return node->id;
        }
    }
    return NodeId::none;
}

const ScrollRegion* region_at(std::span<const ScrollRegion> regions, platform::Point point) {
    for (auto region = regions.rbegin(); region != regions.rend(); ++region) {
        if (region->viewport.contains(point.x, point.y)) {
            return &*region;
        }
    }
    return nullptr;
}

bool is_field(const Node* node) {
    return node != nullptr && node->role == Role::text_field && !node->flags.has(Flag::disabled);
}

bool has_keyboard(const Tree& tree) {
    return !semantics::find_all(tree, Role::keyboard).empty();
}

NodeId neighbour_of(const Tree& tree, const Node& from, Key direction) {
    const bool along = direction == Key::left || direction == Key::right;
    const float sign = direction == Key::right || direction == Key::down ? 1.0F : -1.0F;
    const auto x_of = [](const Node& node) { return node.rect.x + node.rect.width / 2; };
    const auto y_of = [](const Node& node) { return node.rect.y + node.rect.height / 2; };
    const Node* best = nullptr;
    const Node* far_end = &from;  // of the row, against the direction
    const auto is_nearer = [&](const Node& node) {
        if (best == nullptr) {
            return true;
        }
        const float rows = std::abs(y_of(node) - y_of(from)) - std::abs(y_of(*best) - y_of(from));
        const float columns = std::abs(x_of(node) - x_of(from)) - std::abs(x_of(*best) - x_of(from));
        return along || std::abs(rows) < from.rect.height / 2 ? columns < 0 : rows < 0;
    };
    for (const Node& node : tree.nodes) {
        if (node.role != Role::key || node.parent != from.parent || node.id == from.id ||
            node.flags.has(Flag::disabled)) {
            continue;
        }
        const float dx = x_of(node) - x_of(from);
        const float dy = y_of(node) - y_of(from);
        const bool in_row = std::abs(dy) < from.rect.height / 2;
        if (along && in_row && sign * (x_of(node) - x_of(*far_end)) < 0) {
            far_end = &node;
        }
        const bool ahead = along ? in_row && sign * dx > 0 : !in_row && sign * dy > 0;
        if (ahead && is_nearer(node)) {
            best = &node;
        }
    }
    if (best != nullptr) {
        return best->id;
    }
    return along && far_end != &from ? far_end->id : NodeId::none;
}

bool is_slider(const Node* node) {
    return node != nullptr && node->role == Role::slider && !node->flags.has(Flag::disabled);
}

}  // namespace pillarbox::widgets
