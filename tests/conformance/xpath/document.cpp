// SPDX-License-Identifier: GPL-3.0-or-later
#include "document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <pugixml.hpp>

#include "core/form/xml.hpp"

namespace pillarbox::tests {
namespace {

using form::Element;
using form::ElementId;
using form::Tree;
using Kind = Element::Kind;

void add_attributes(const pugi::xml_node& node, Tree& tree, ElementId element) {
    for (const pugi::xml_attribute& attribute : node.attributes()) {
        const std::string_view name = attribute.name();
        if (name == "xmlns" || name.starts_with("xmlns:")) {
            tree.add_foreign(element, Kind::declaration,
                             std::string(name.substr(std::min<std::size_t>(6, name.size()))), attribute.value());
        } else {
            tree.add_foreign(element, Kind::attribute, std::string(name), attribute.value());
        }
    }
}

base::Result<void> add_children(const pugi::xml_node& node, Tree& tree, ElementId parent, std::size_t depth) {
    if (depth > document_depth_max) {
        return base::fail(base::ErrorCode::limit_exceeded, {}, "The document nests too deep.");
    }
    for (const pugi::xml_node& child : node.children()) {
        switch (child.type()) {
            case pugi::node_element: {
                const ElementId element = tree.add_foreign(parent, Kind::element, child.name(), {});
                add_attributes(child, tree, element);
                TRY(add_children(child, tree, element, depth + 1));
                break;
            }
            case pugi::node_pcdata:
            case pugi::node_cdata:
                tree.add_foreign(parent, Kind::text, {}, child.value());
                break;
            case pugi::node_comment:
                tree.add_foreign(parent, Kind::comment, {}, child.value());
                break;
            case pugi::node_pi:
                tree.add_foreign(parent, Kind::instruction, child.name(), child.value());
                break;
            case pugi::node_doctype:
                tree.add_foreign(parent, Kind::document_type, {}, {});
                break;
            case pugi::node_declaration:
            case pugi::node_document:
            case pugi::node_null:
                break;
        }
    }
    return {};
}

// What instance('id') means: the instances of a model by their attribute id.
void name_instances(Tree& tree) {
    for (ElementId id = 1; id < tree.size(); ++id) {
        const bool instance =
            form::local_part(tree[id].name) == "instance" && form::local_part(tree[tree[id].parent].name) == "model";
        for (const ElementId attribute : instance ? tree[id].attributes : std::vector<ElementId>()) {
            if (tree[attribute].kind == Kind::attribute && tree[attribute].name == "id") {
                tree.name_instance(tree[attribute].text, id);
            }
        }
    }
}

// "@id" of an attribute, "@xmlns:a" of a declaration.
std::string name_beside(const Element& element) {
    if (element.kind == Kind::declaration) {
        return element.name.empty() ? "@xmlns" : "@xmlns:" + element.name;
    }
    return "@" + element.name;
}

}  // namespace

base::Result<Tree> read_document(std::string_view xml) {
    xml.remove_prefix(std::min(xml.find_first_not_of(" \t\r\n"), xml.size()));
    pugi::xml_document document;
    TRY(form::parse_whole_xml(xml, "the case's document", document));
    Tree tree;
    TRY(add_children(document, tree, form::document_element, 0));
    name_instances(tree);
    return tree;
}

std::optional<ElementId> find_node(const Tree& tree, std::string_view path) {
    ElementId node = form::document_element;
    while (path.size() > 1) {
        path.remove_prefix(1);
        const std::string_view step = path.substr(0, path.find('/'));
        path.remove_prefix(step.size());
        if (step.starts_with('@')) {
            const auto& beside = tree[node].attributes;
            const auto found =
                std::ranges::find_if(beside, [&](ElementId id) { return name_beside(tree[id]) == step; });
            if (found == beside.end()) {
                return std::nullopt;
            }
            node = *found;
            continue;
        }
        std::size_t position = 0;
        constexpr std::string_view start = "node()[";
        if (!step.starts_with(start) || !step.ends_with(']')) {
            return std::nullopt;
        }
        std::from_chars(step.data() + start.size(), step.data() + step.size() - 1, position);
        if (position == 0 || position > tree[node].children.size()) {
            return std::nullopt;
        }
        node = tree[node].children[position - 1];
    }
    return node;
}

std::string path_of_node(const Tree& tree, ElementId id) {
    std::string path;
    for (const ElementId node : tree.lineage(id)) {
        if (node == form::document_element) {
            continue;
        }
        const auto& siblings = tree[tree[node].parent].children;
        const auto found = std::ranges::find(siblings, node);
        path += found == siblings.end() ? "/" + name_beside(tree[node])
                                        : fmt::format("/node()[{}]", found - siblings.begin() + 1);
    }
    return path.empty() ? "/" : path;
}

ElementId root_for(const Tree& tree, ElementId context) {
    for (ElementId node = context; node != form::document_element; node = tree[node].parent) {
        const bool instance = form::local_part(tree[node].name) == "instance" &&
                              form::local_part(tree[tree[node].parent].name) == "model" &&
                              tree.namespace_of(node) == "http://www.w3.org/2002/xforms";
        if (instance) {
            return node;
        }
    }
    return form::document_element;
}

}  // namespace pillarbox::tests
