// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/semantics/builder.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace pillarbox::semantics {

void TreeBuilder::begin(FrameDescription frame) {
    tree_ = Tree();
    page_key_ = std::move(frame.page_key);
    open_.clear();
    open_index_.clear();
    tree_.lang = frame.lang;
    tree_.window = frame.window;
    tree_.px_per_mm = frame.px_per_mm;
    tree_.theme = frame.theme;
    tree_.text_scale = frame.text_scale;
    tree_.motion = frame.motion;
    tree_.reach = frame.reach;
    tree_.focus_mark = frame.focus_mark;

    Node root;
    root.id = id_of("window");
    root.key = "window";
    root.role = Role::window;
    root.name = std::move(frame.name);
    root.lang = std::move(frame.lang);
    root.rect = frame.window;
    root.clip = frame.window;
    tree_.root = root.id;
    open_.push_back(root.id);
    open_index_.push_back(0);
    tree_.nodes.push_back(std::move(root));
}

NodeId TreeBuilder::id_of(std::string_view key) const {
    return semantics::id_of(page_key_, key);
}

Node& TreeBuilder::add(std::string_view key, Role role) {
    PILLARBOX_CHECK(!open_.empty());
    Node node;
    node.id = id_of(key);
    node.key = key;
    node.role = role;
    Node& parent = tree_.nodes[open_index_.back()];
    node.parent = parent.id;
    node.lang = parent.lang;
    node.clip = parent.clip;
    parent.children.push_back(node.id);
    return tree_.nodes.emplace_back(std::move(node));
}

Node& TreeBuilder::open(std::string_view key, Role role) {
    Node& node = add(key, role);
    open_.push_back(node.id);
    open_index_.push_back(tree_.nodes.size() - 1);
    return node;
}

void TreeBuilder::close() {
    PILLARBOX_CHECK(open_.size() > 1);
    open_.pop_back();
    open_index_.pop_back();
}

Node* TreeBuilder::find(NodeId id) {
    const auto found = std::ranges::find(tree_.nodes, id, &Node::id);
    return found == tree_.nodes.end() ? nullptr : &*found;
}

bool TreeBuilder::has(Role role) const {
    return std::ranges::find(tree_.nodes, role, &Node::role) != tree_.nodes.end();
}

Tree TreeBuilder::finish(NodeId focus) {
    PILLARBOX_CHECK(open_.size() == 1);
    tree_.focus = focus;
    open_.clear();
    open_index_.clear();
    return std::move(tree_);
}

}  // namespace pillarbox::semantics
