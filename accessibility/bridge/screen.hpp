// SPDX-License-Identifier: GPL-3.0-or-later
//
// One snapshot of the semantic tree as assistive technology on the bus sees it: decorative and hidden nodes left out,
// private texts guarded. Immutable; holds the snapshot alive. Pure: no bus.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "accessibility/bridge/vocabulary.hpp"
#include "accessibility/semantics/tree.hpp"

namespace pillarbox::bridge {

struct Related {
    Relation relation;
    std::vector<semantics::NodeId> targets;
};

class Screen {
  public:
    Screen() = default;
    Screen(std::shared_ptr<const semantics::Tree> tree, Answers answers);

    // In reading order, parents before their children.
    [[nodiscard]] const std::vector<const semantics::Node*>& nodes() const { return nodes_; }
    [[nodiscard]] const semantics::Node* find(semantics::NodeId id) const;
    [[nodiscard]] const semantics::Node* window() const;  // nullptr before the first frame of each person
    [[nodiscard]] semantics::NodeId focus() const;

    [[nodiscard]] const std::vector<semantics::NodeId>& children_of(semantics::NodeId id) const;
    // -1 where it has no place: what goes from screen to screen has none for long.
    [[nodiscard]] int index_of(const semantics::Node& node) const;

    [[nodiscard]] std::string name_of(const semantics::Node& node) const;
    [[nodiscard]] std::string description_of(const semantics::Node& node) const;
    [[nodiscard]] BusRole role_of(const semantics::Node& node) const { return bus_role_of(node, answers_); }
    [[nodiscard]] StateSet states_of(const semantics::Node& node) const;
    [[nodiscard]] std::vector<Related> relations_of(const semantics::Node& node) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> attributes_of(const semantics::Node& node) const;
    [[nodiscard]] bool has(const semantics::Node& node, Interface interface) const;
    // Of the Text interface: what is typed in a field, what a paragraph says, the value beside a name.
    [[nodiscard]] std::string text_of(const semantics::Node& node) const;
    [[nodiscard]] std::size_t caret_of(const semantics::Node& node) const;  // in code points
    // The innermost node at this place of the window; nullptr outside.
    [[nodiscard]] const semantics::Node* at(float x, float y) const;
    // May be asked for things: neither disabled nor behind a dialog.
    [[nodiscard]] bool is_reachable(const semantics::Node& node) const;

  private:
    [[nodiscard]] bool is_guarded(const semantics::Node& node) const;

    std::shared_ptr<const semantics::Tree> tree_;
    Answers answers_ = Answers::guarded;
    std::vector<const semantics::Node*> nodes_;
    struct Place {
        const semantics::Node* node = nullptr;
        int index = -1;
        std::vector<semantics::NodeId> children{};
    };
    std::unordered_map<semantics::NodeId, Place> places_;
};

}  // namespace pillarbox::bridge
