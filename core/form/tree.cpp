// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/tree.hpp"

#include <algorithm>

namespace pillarbox::form {

ElementId Tree::add_child(ElementId parent, std::string name, const Node* definition) {
    return insert_child(parent, elements_[parent].children.size(), std::move(name), definition);
}

ElementId Tree::insert_child(ElementId parent, std::size_t position, std::string name, const Node* definition) {
    const auto id = static_cast<ElementId>(elements_.size());
    ids_are_in_order_ = ids_are_in_order_ && is_behind_all(parent, position);
    Element element;
    element.name = std::move(name);
    element.definition = definition;
    element.parent = parent;
    elements_.push_back(std::move(element));
    auto& siblings = elements_[parent].children;
    siblings.insert(siblings.begin() + static_cast<std::ptrdiff_t>(position), id);
    index_by_name(parent, position);
    return id;
}

std::span<const ElementId> Tree::children_named(ElementId parent, std::string_view name) const {
    const auto name_of = [this](ElementId id) -> std::string_view { return elements_[id].name; };
    const auto found = std::ranges::equal_range(elements_[parent].by_name, name, {}, name_of);
    return {found.begin(), found.end()};
}

// Of the child at `position`: behind its namesakes that stand before it.
void Tree::index_by_name(ElementId parent, std::size_t position) {
    Element& element = elements_[parent];
    const ElementId child = element.children[position];
    const std::string_view name = elements_[child].name;
    const auto namesakes = children_named(parent, name);
    const auto is_namesake = [&](ElementId id) { return elements_[id].name == name; };
    const auto behind =
        position + 1 == element.children.size()
            ? static_cast<std::ptrdiff_t>(namesakes.size())
            : std::count_if(element.children.begin(),
                            element.children.begin() + static_cast<std::ptrdiff_t>(position), is_namesake);
    element.by_name.insert(element.by_name.begin() + (namesakes.data() - element.by_name.data()) + behind, child);
}

ElementId Tree::add_foreign(ElementId parent, Element::Kind kind, std::string name, std::string text) {
    const auto id = static_cast<ElementId>(elements_.size());
    ids_are_in_order_ = ids_are_in_order_ && is_behind_all(parent, elements_[parent].children.size());
    Element element;
    element.kind = kind;
    element.name = std::move(name);
    element.text = std::move(text);
    element.parent = parent;
    elements_.push_back(std::move(element));
    has_namespaces_ = has_namespaces_ || kind == Element::Kind::declaration;
    const bool beside = kind == Element::Kind::attribute || kind == Element::Kind::declaration;
    (beside ? elements_[parent].attributes : elements_[parent].children).push_back(id);
    return id;
}

ElementId Tree::add_instance(std::string id) {
    const auto root = static_cast<ElementId>(elements_.size());
    Element element;
    element.name = "instance";
    element.parent = document_element;
    elements_.push_back(std::move(element));
    instances_.emplace(std::move(id), root);
    return root;
}

std::optional<ElementId> Tree::instance(std::string_view id) const {
    const auto found = instances_.find(id);
    return found == instances_.end() ? std::nullopt : std::optional(found->second);
}

// Whether a child at `position` would come after every element there is.
bool Tree::is_behind_all(ElementId parent, std::size_t position) const {
    if (position != elements_[parent].children.size()) {
        return false;
    }
    auto last = static_cast<ElementId>(elements_.size() - 1);
    while (last != parent && last != document_element) {
        last = elements_[last].parent;
    }
    return last == parent;
}

void Tree::detach(ElementId child) {
    Element& parent = elements_[elements_[child].parent];
    std::erase(parent.children, child);
    std::erase(parent.by_name, child);
}

void Tree::append_text(ElementId id, std::string& text, std::size_t& visited) const {
    const Element& element = elements_[id];
    ++visited;
    text += element.text;
    for (const ElementId child : element.children) {
        const Element::Kind kind = elements_[child].kind;
        if (kind == Element::Kind::element || kind == Element::Kind::text) {
            append_text(child, text, visited);
        }
    }
}

std::string Tree::string_value(ElementId id, std::size_t& visited) const {
    std::string text;
    append_text(id, text, visited);
    return text;
}

std::vector<ElementId> Tree::lineage(ElementId id) const {
    std::vector<ElementId> line{id};
    while (line.back() != document_element) {
        line.push_back(elements_[line.back()].parent);
    }
    std::ranges::reverse(line);
    return line;
}

std::string_view Tree::namespace_of_prefix(std::string_view prefix, ElementId id) const {
    if (prefix == "xml") {
        return "http://www.w3.org/XML/1998/namespace";
    }
    for (;; id = elements_[id].parent) {
        for (const ElementId candidate : elements_[id].attributes) {
            const Element& declaration = elements_[candidate];
            if (declaration.kind == Element::Kind::declaration && declaration.name == prefix) {
                return declaration.text;
            }
        }
        if (id == document_element) {
            return {};
        }
    }
}

std::string_view Tree::namespace_of(ElementId id) const {
    const Element& element = elements_[id];
    const std::string_view prefix = prefix_part(element.name);
    if (element.kind == Element::Kind::element) {
        return namespace_of_prefix(prefix, id);
    }
    // The default namespace is not for attributes.
    const bool prefixed = element.kind == Element::Kind::attribute && !prefix.empty();
    return prefixed ? namespace_of_prefix(prefix, element.parent) : std::string_view();
}

void Tree::sort_by_document_order(std::vector<ElementId>& ids) const {
    if (ids.size() < 2) {
        return;
    }
    if (ids_are_in_order_) {
        std::ranges::sort(ids);
        const auto repeated = std::ranges::unique(ids);
        ids.erase(repeated.begin(), repeated.end());
        return;
    }
    std::vector<bool> wanted(elements_.size());
    for (const ElementId id : ids) {
        wanted[id] = true;
    }
    ids.clear();
    append_in_order(document_element, wanted, ids);
    for (const auto& [id, root] : instances_) {
        const auto& beside = elements_[document_element].children;
        if (elements_[root].parent == document_element && std::ranges::find(beside, root) == beside.end()) {
            append_in_order(root, wanted, ids);
        }
    }
}

void Tree::append_in_order(ElementId id, const std::vector<bool>& wanted, std::vector<ElementId>& ids) const {
    if (wanted[id]) {
        ids.push_back(id);
    }
    for (const ElementId attribute : elements_[id].attributes) {
        append_in_order(attribute, wanted, ids);
    }
    for (const ElementId child : elements_[id].children) {
        append_in_order(child, wanted, ids);
    }
}

}  // namespace pillarbox::form
