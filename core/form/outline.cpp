// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/outline.hpp"

namespace pillarbox::form {

PathNames names_of(std::string_view path) {
    PathNames names;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
        names.emplace_back(path.substr(0, path.find('/')));
        path.remove_prefix(names.back().size());
    }
    return names;
}

std::string path_of(const PathNames& names) {
    std::string path;
    for (const std::string& name : names) {
        path += "/" + name;
    }
    return path;
}

Outline::Outline(const std::vector<Node>& nodes, std::string root_name) : root_(std::move(root_name)) {
    add(nodes);
}

void Outline::add(const std::vector<Node>& nodes) {
    for (const Node& node : nodes) {
        all_.push_back(&node);
        by_path_.emplace(node.path, &node);
        by_name_[node.name].push_back(&node);
        add(node.children);
    }
}

const Node* Outline::find(std::string_view path) const {
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? nullptr : found->second;
}

const std::vector<const Node*>& Outline::named(std::string_view name) const {
    static const std::vector<const Node*> none;
    const auto found = by_name_.find(name);
    return found == by_name_.end() ? none : found->second;
}

}  // namespace pillarbox::form
