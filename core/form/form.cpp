// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/form.hpp"

#include <algorithm>

namespace pillarbox::form {
namespace {

const std::string no_text;

const Node* find_in(const std::vector<Node>& nodes, std::string_view path) {
    for (const Node& node : nodes) {
        if (node.path == path) {
            return &node;
        }
        const bool below =
            path.size() > node.path.size() && path.starts_with(node.path) && path[node.path.size()] == '/';
        if (below) {
            return find_in(node.children, path);  // paths are unique: no other branch can hold it
        }
    }
    return nullptr;
}

// "/data/person[2]/name" without the "[2]".
std::string without_positions(std::string_view path) {
    std::string plain;
    bool inside = false;
    for (const char character : path) {
        inside = inside || character == '[';
        if (!inside) {
            plain += character;
        }
        inside = inside && character != ']';
    }
    return plain;
}

}  // namespace

const std::string& LocalizedText::in(std::string_view language, std::string_view fallback) const {
    for (const std::string_view wanted : {language, fallback, std::string_view{}}) {
        const auto found = by_language_.find(wanted);
        if (found != by_language_.end()) {
            return found->second;
        }
    }
    return by_language_.empty() ? no_text : by_language_.begin()->second;
}

bool LocalizedText::has(std::string_view language) const {
    return by_language_.contains(language);
}

bool Node::has_appearance(std::string_view word) const {
    return std::ranges::find(appearance, word) != appearance.end();
}

bool Node::is_silent() const {
    const bool says = !label.empty() || !hint.empty() || !media.empty();
    return !is_container() && !says && (calculation != nullptr || !triggers.empty());
}

const Node* Form::find(std::string_view path) const {
    return path.find('[') == std::string_view::npos ? find_in(nodes, path) : find_in(nodes, without_positions(path));
}

const ChoiceList* Form::choices_of(const Node& node) const {
    const auto found = choice_lists.find(node.list_name);
    return node.list_name.empty() || found == choice_lists.end() ? nullptr : &found->second;
}

}  // namespace pillarbox::form
