// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/screens/page_checks.hpp"

#include <algorithm>
#include <cmath>

#include "accessibility/semantics/audit.hpp"

namespace pillarbox::tests {
namespace {

using semantics::Action;
using semantics::Node;
using semantics::Rect;
using semantics::Role;
using semantics::Tree;

constexpr float slack_px = 3.0F;  // boxes of glyphs are rounded outwards, and marks of neighbouring lines may touch

// What a person can meet now: of a page under a dialog, nothing.
std::vector<const Node*> reachable(const Tree& tree) {
    std::vector<const Node*> nodes;
    for (const Node& node : tree.nodes) {
        const bool behind =
            tree.modal_root != semantics::NodeId::none && !semantics::is_within(tree, node.id, tree.modal_root);
        if (!behind && !node.flags.has(semantics::Flag::hidden)) {
            nodes.push_back(&node);
        }
    }
    return nodes;
}

// Nodes that scroll together are compared where they lie, seen or not; others only where they are seen.
bool overlap(const Node& first, Rect one, const Node& second, Rect other) {
    if (!(first.clip == second.clip)) {
        one = one.intersected(first.clip);
        other = other.intersected(second.clip);
    }
    const Rect both = one.intersected(other);
    return both.width > slack_px && both.height > slack_px;
}

bool is_target(const Node& node) {
    return node.actions.has(Action::click);
}

std::string size_of(const Rect& rect) {
    return std::to_string(std::lround(rect.width)) + " x " + std::to_string(std::lround(rect.height)) + " px";
}

void check_pair(const Node& first, const Node& second, std::vector<Violation>& found) {
    const auto report = [&](const char* what, const Rect& one, const Rect& other) {
        found.push_back(
            {"overlap", first.key, std::string(what) + " " + second.key + " by " + size_of(one.intersected(other))});
    };
    if (is_target(first) && is_target(second) && overlap(first, first.rect, second, second.rect)) {
        report("as a target lies on", first.rect, second.rect);
    }
    if (first.visual.text && second.visual.text && overlap(first, *first.visual.text, second, *second.visual.text)) {
        report("has text that lies on that of", *first.visual.text, *second.visual.text);
    }
    if (first.visual.text && is_target(second) && overlap(first, *first.visual.text, second, second.rect)) {
        report("has text under the target", *first.visual.text, second.rect);
    }
    if (second.visual.text && is_target(first) && overlap(second, *second.visual.text, first, first.rect)) {
        report("as a target lies on the text of", first.rect, *second.visual.text);
    }
}

void check_overlaps(const Tree& tree, std::vector<Violation>& found) {
    const auto nodes = reachable(tree);
    for (std::size_t first = 0; first < nodes.size(); ++first) {
        if (!is_target(*nodes[first]) && !nodes[first]->visual.text) {
            continue;
        }
        for (std::size_t second = first + 1; second < nodes.size(); ++second) {
            const bool family = semantics::is_within(tree, nodes[second]->id, nodes[first]->id) ||
                                semantics::is_within(tree, nodes[first]->id, nodes[second]->id);
            if (!family) {
                check_pair(*nodes[first], *nodes[second], found);
            }
        }
    }
}

// Whoever types must see the line they type in.
void check_field(const Tree& tree, std::vector<Violation>& found) {
    const Node* focused = semantics::find(tree, tree.focus);
    if (focused == nullptr || focused->role != Role::text_field || semantics::find_key(tree, "keyboard") == nullptr) {
        return;
    }
    const Rect seen = focused->rect.intersected(focused->clip);
    const float least = std::min(focused->rect.height, 1.5F * std::max(focused->visual.font_px, 24.0F));
    if (seen.height < least) {
        found.push_back({"field hidden", focused->key, "only " + size_of(seen) + " of it can be seen"});
    }
}

}  // namespace

std::vector<Violation> check_page(const Tree& tree) {
    std::vector<Violation> found;
    if (tree.nodes.empty()) {
        return {{"empty", "", "The page has no node."}};
    }
    for (const auto& finding : semantics::audit(tree)) {
        found.push_back({std::string(semantics::name_of(finding.check)), finding.key, finding.detail});
    }
    check_overlaps(tree, found);
    check_field(tree, found);
    return found;
}

}  // namespace pillarbox::tests
