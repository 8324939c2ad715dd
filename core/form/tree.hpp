// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tree of values that expressions read: elements in an arena, named by index, so that a copy is a copy of the
// arena. Element 0 is the document; its only child is the root element ("data"). A repeat is several children of one
// name. Threading: one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pillarbox::form {

struct Node;

using ElementId = std::uint32_t;
inline constexpr ElementId document_element = 0;

struct Element {
    enum class Kind { document, element, attribute };
    Kind kind = Kind::element;
    std::string name;
    std::string text;                  // its own; a container has none
    const Node* definition = nullptr;  // null for the document, the root and foreign trees
    ElementId parent = document_element;
    std::vector<ElementId> children;    // in document order
    std::vector<ElementId> attributes;  // of foreign trees; forms have none
    bool relevant_by_itself = true;     // by its own relevant column
    bool relevant = true;               // itself and all above it; expressions don't see irrelevant children
};

class Tree {
  public:
    Tree() {
        elements_.push_back(
            {.kind = Element::Kind::document, .name = {}, .text = {}, .children = {}, .attributes = {}});
    }

    [[nodiscard]] const Element& operator[](ElementId id) const { return elements_[id]; }
    [[nodiscard]] Element& operator[](ElementId id) { return elements_[id]; }

    [[nodiscard]] std::size_t size() const { return elements_.size(); }  // detached ones included

    ElementId add_child(ElementId parent, std::string name, const Node* definition = nullptr);
    ElementId add_attribute(ElementId parent, std::string name, std::string value);
    // Puts `child` at `position` among its parent's children, and takes it out: it keeps its index and subtree,
    // unreachable.
    ElementId insert_child(ElementId parent, std::size_t position, std::string name, const Node* definition);
    void detach(ElementId child);

    // XPath 1.0 section 5: the text of an element and of all below it, in document order.
    [[nodiscard]] std::string string_value(ElementId id) const;
    // From the document (included) down to the element (included).
    [[nodiscard]] std::vector<ElementId> lineage(ElementId id) const;
    // Sorts into document order and drops duplicates.
    void sort_by_document_order(std::vector<ElementId>& ids) const;

  private:
    void append_text(ElementId id, std::string& text) const;
    std::vector<Element> elements_;
};

}  // namespace pillarbox::form
