// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an Instance holds: the tree of answers, with the elements of every node of the form. Invariant after each
// change: all computations of the plan have been done, in order, for every element that they concern.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "core/form/evaluator.hpp"
#include "core/form/instance.hpp"
#include "core/form/plan.hpp"

namespace pillarbox::form {

class InstanceState {
  public:
    InstanceState(std::shared_ptr<const Form> form, Environment environment);
    ~InstanceState();  // overwrites the answers
    InstanceState(const InstanceState&) = default;
    InstanceState& operator=(const InstanceState&) = delete;

    [[nodiscard]] const Form& form() const { return *form_; }
    [[nodiscard]] const std::shared_ptr<const Form>& shared_form() const { return form_; }
    [[nodiscard]] const Environment& environment() const { return environment_; }
    [[nodiscard]] const Tree& tree() const { return tree_; }
    [[nodiscard]] Surroundings surroundings() const;

    // The element at "/data/person[2]/name"; a repeat without "[n]" is its first repetition.
    [[nodiscard]] std::optional<ElementId> find(std::string_view path) const;
    [[nodiscard]] std::string path_of(ElementId element) const;  // with "[n]" after every repeat
    [[nodiscard]] const std::vector<ElementId>& elements_of(const Node& node) const {
        return elements_of_node_[node.index];
    }
    // The repeat that "/data/house[2]/person" names, with the element that holds its repetitions.
    struct RepeatPlace {
        const Node* repeat;
        ElementId parent;
    };
    [[nodiscard]] std::optional<RepeatPlace> find_repeat(std::string_view path) const;
    [[nodiscard]] std::vector<ElementId> repetitions(const RepeatPlace& place) const;

    void set_text(ElementId element, std::string_view text);
    void set_language(std::string_view language);
    void add_repetition(const RepeatPlace& place);
    void remove_repetition(ElementId repetition);

  private:
    [[nodiscard]] std::optional<ElementId> walk(std::string_view path) const;
    void insert_repetition(const RepeatPlace& place);
    void build(const Node& node, ElementId parent, std::size_t position);
    void build_children(const std::vector<Node>& nodes, ElementId parent);
    void apply_default(const Node& node, ElementId element);
    void forget(ElementId element);

    void recalculate_all();
    void recalculate(std::set<std::uint32_t> pending);
    enum class Change { none, some };
    Change compute(const Computation& computation);
    Change compute_relevance(const Computation& computation);
    Change compute_value(const Computation& computation);
    Change compute_repeat_count(const Computation& computation);
    void spread_relevance(ElementId element);

    std::shared_ptr<const Form> form_;
    Environment environment_;
    Tree tree_;
    std::vector<const Node*> nodes_;                        // by Node::index
    std::vector<std::vector<ElementId>> elements_of_node_;  // by Node::index, in the order they were made
};

inline constexpr std::size_t repetitions_max = 1'000;  // of one repeat in one parent

}  // namespace pillarbox::form
