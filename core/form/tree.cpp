// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/tree.hpp"

#include <algorithm>

namespace pillarbox::form {

ElementId Tree::add_child(ElementId parent, std::string name, const Node* definition) {
    return insert_child(parent, elements_[parent].children.size(), std::move(name), definition);
}

ElementId Tree::insert_child(ElementId parent, std::size_t position, std::string name, const Node* definition) {
    const auto id = static_cast<ElementId>(elements_.size());
    Element element;
    element.name = std::move(name);
    element.definition = definition;
    element.parent = parent;
    elements_.push_back(std::move(element));
    auto& siblings = elements_[parent].children;
    siblings.insert(siblings.begin() + static_cast<std::ptrdiff_t>(position), id);
    return id;
}

ElementId Tree::add_attribute(ElementId parent, std::string name, std::string value) {
    const auto id = static_cast<ElementId>(elements_.size());
    Element element;
    element.kind = Element::Kind::attribute;
    element.name = std::move(name);
    element.text = std::move(value);
    element.parent = parent;
    elements_.push_back(std::move(element));
    elements_[parent].attributes.push_back(id);
    return id;
}

void Tree::detach(ElementId child) {
    std::erase(elements_[elements_[child].parent].children, child);
}

void Tree::append_text(ElementId id, std::string& text) const {
    const Element& element = elements_[id];
    text += element.text;
    for (const ElementId child : element.children) {
        append_text(child, text);
    }
}

std::string Tree::string_value(ElementId id) const {
    std::string text;
    append_text(id, text);
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

void Tree::sort_by_document_order(std::vector<ElementId>& ids) const {
    if (ids.size() < 2) {
        return;
    }
    // The position of every ancestor among its siblings, attributes before children: compares as document order does.
    std::vector<std::pair<std::vector<std::size_t>, ElementId>> keyed;
    for (const ElementId id : ids) {
        std::vector<std::size_t> key;
        for (const ElementId ancestor : lineage(id)) {
            if (ancestor == document_element) {
                continue;
            }
            const Element& parent = elements_[elements_[ancestor].parent];
            const bool attribute = elements_[ancestor].kind == Element::Kind::attribute;
            const auto& siblings = attribute ? parent.attributes : parent.children;
            const auto position = static_cast<std::size_t>(std::ranges::find(siblings, ancestor) - siblings.begin());
            key.push_back(attribute ? position : position + parent.attributes.size());
        }
        keyed.emplace_back(std::move(key), id);
    }
    std::ranges::sort(keyed);
    const auto repeated = std::ranges::unique(keyed);
    keyed.erase(repeated.begin(), repeated.end());
    ids.clear();
    for (const auto& [key, id] : keyed) {
        ids.push_back(id);
    }
}

}  // namespace pillarbox::form
