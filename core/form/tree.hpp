// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tree of values that expressions read: elements in an arena, named by index, so that a copy is a copy of the
// arena. Element 0 is the document; its only child is the root element ("data"). A repeat is several children of one
// name. A form's tree has elements only, each with its answer as its own text. A foreign tree (an XML document) has
// every node that the document has, text nodes too; namespace declarations stand among the attributes of their
// element, so that a form's elements carry nothing for them. Threading: one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pillarbox::form {

struct Node;

using ElementId = std::uint32_t;
inline constexpr ElementId document_element = 0;

[[nodiscard]] inline std::string_view local_part(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
[[nodiscard]] inline std::string_view prefix_part(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

struct Element {
    // document_type: XPath has no such node, but the DOM of browsers and form engines counts it among the nodes.
    enum class Kind { document, element, attribute, declaration, text, comment, instruction, document_type };
    Kind kind = Kind::element;
    std::string name;                  // with its prefix; of a declaration the prefix it binds ("" for xmlns)
    std::string text;                  // its own; a container has none; of a declaration the namespace
    const Node* definition = nullptr;  // null for the document, the root and foreign trees
    ElementId parent = document_element;
    std::vector<ElementId> children;    // in document order
    std::vector<ElementId> by_name;     // the same by name, then in document order; of foreign trees nothing
    std::vector<ElementId> attributes;  // and declarations, of foreign trees; forms have none
    bool relevant_by_itself = true;     // by its own relevant column
    bool relevant = true;               // itself and all above it; expressions don't see irrelevant children
};

class Tree {
  public:
    Tree() : elements_(1) { elements_.front().kind = Element::Kind::document; }

    [[nodiscard]] const Element& operator[](ElementId id) const { return elements_[id]; }
    [[nodiscard]] Element& operator[](ElementId id) { return elements_[id]; }

    [[nodiscard]] std::size_t size() const { return elements_.size(); }  // detached ones included

    ElementId add_child(ElementId parent, std::string name, const Node* definition = nullptr);
    // Of any kind but document; attributes and declarations go before all children are added.
    ElementId add_foreign(ElementId parent, Element::Kind kind, std::string name, std::string text);
    // Puts `child` at `position` among its parent's children, and takes it out: it keeps its index and subtree,
    // unreachable.
    ElementId insert_child(ElementId parent, std::size_t position, std::string name, const Node* definition);
    void detach(ElementId child);

    // The children of one name, in document order, found in log n: forms have hundreds of questions side by side. Not
    // those that add_foreign added.
    [[nodiscard]] std::span<const ElementId> children_named(ElementId parent, std::string_view name) const;

    // XPath 1.0 section 5: the text of an element and of all below it, in document order.
    // Adds to `visited` how many elements that went through.
    [[nodiscard]] std::string string_value(ElementId id, std::size_t& visited) const;
    // Adds the root of a tree beside the document's, which instance('id') in expressions means.
    ElementId add_instance(std::string id);
    // instance('id') means an element that is there already.
    void name_instance(std::string id, ElementId element) { instances_.emplace(std::move(id), element); }
    [[nodiscard]] std::optional<ElementId> instance(std::string_view id) const;

    [[nodiscard]] bool has_namespaces() const { return has_namespaces_; }  // whether anything is declared
    // The namespace that the prefix ("" for the default) is bound to at the node; empty where to none.
    [[nodiscard]] std::string_view namespace_of_prefix(std::string_view prefix, ElementId id) const;
    // Of an element's or attribute's name.
    [[nodiscard]] std::string_view namespace_of(ElementId id) const;
    // From the document (included) down to the element (included).
    [[nodiscard]] std::vector<ElementId> lineage(ElementId id) const;
    // Sorts into document order and drops duplicates and what is detached, in time that grows no faster than the tree
    // or n log n.
    void sort_by_document_order(std::vector<ElementId>& ids) const;
    // Whether that takes n log n, and not a walk over the tree.
    [[nodiscard]] bool sorts_fast() const { return ids_are_in_order_; }

  private:
    void index_by_name(ElementId parent, std::size_t position);
    [[nodiscard]] bool is_behind_all(ElementId parent, std::size_t position) const;
    void append_text(ElementId id, std::string& text, std::size_t& visited) const;
    void append_in_order(ElementId id, const std::vector<bool>& wanted, std::vector<ElementId>& ids) const;
    std::vector<Element> elements_;
    std::map<std::string, ElementId, std::less<>> instances_;
    bool has_namespaces_ = false;
    bool ids_are_in_order_ = true;  // no element was ever put before one that was there already
};

}  // namespace pillarbox::form
