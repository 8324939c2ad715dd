// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole screen as nodes, in reading order (parents before their children). Built each drawn frame by TreeBuilder,
// published as an immutable snapshot only if something changed, so that readers on other threads need no lock.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accessibility/semantics/node.hpp"

namespace pillarbox::semantics {

enum class Theme { light, dark, high_contrast, low_contrast };
enum class Motion { full, reduced };
enum class Reach { whole, low };            // low: everything that can be pressed stands in the lower part
enum class FocusMark { on_demand, drawn };  // drawn: keys or switches are in use, and the focus must be seen

struct Tree {
    std::uint64_t revision = 0;
    NodeId root = NodeId::none;
    NodeId focus = NodeId::none;
    NodeId modal_root = NodeId::none;  // while set, nothing outside it can be reached
    std::string lang;
    std::vector<Node> nodes;
    Rect window;
    double px_per_mm = 4.0;
    Theme theme = Theme::light;
    double text_scale = 1.0;
    Motion motion = Motion::full;
    Reach reach = Reach::whole;
    FocusMark focus_mark = FocusMark::on_demand;

    Tree() = default;
    Tree(const Tree&) = default;
    Tree(Tree&&) = default;
    Tree& operator=(const Tree&) = default;
    Tree& operator=(Tree&&) = default;
    ~Tree();  // overwrites the values of private nodes
};

[[nodiscard]] bool same_content(const Tree& first, const Tree& second);  // all but the revision

[[nodiscard]] const Node* find(const Tree& tree, NodeId id);
// The first node in reading order with this role and exactly this name; nullptr where there is none.
[[nodiscard]] const Node* find(const Tree& tree, Role role, std::string_view name);
[[nodiscard]] const Node* find_key(const Tree& tree, std::string_view key);
[[nodiscard]] std::vector<const Node*> find_all(const Tree& tree, Role role);

// True for `ancestor` itself and all below it.
[[nodiscard]] bool is_within(const Tree& tree, NodeId id, NodeId ancestor);

// The nodes that Tab can reach, in reading order: focusable, neither disabled nor hidden, inside the modal root if
// there is one. A radio group is one stop: its chosen option, else its first. So is the on-screen keyboard: the key
// that has the focus, else its first.
[[nodiscard]] std::vector<NodeId> tab_stops(const Tree& tree);
// The same, with every option of a radio group and every key: what the arrow keys walk.
[[nodiscard]] std::vector<NodeId> arrow_stops(const Tree& tree);

struct NodeChange {
    NodeId id = NodeId::none;
    BitSet<Property> properties;
    bool operator==(const NodeChange&) const = default;
};

// Which readers turn into what they tell: a node that is in `updated` or `moved` was in both trees. Whoever drops
// `removed`, takes `moved` out, puts them and `added` where `after` has them and reads `updated` anew, has `after`.
struct TreeChange {
    std::vector<NodeId> added;    // in reading order
    std::vector<NodeId> removed;  // in the reading order of `before`
    std::vector<NodeId> moved;    // under another parent, or past its siblings: the fewest that explain the new order
    std::vector<NodeChange> updated;  // in reading order
    NodeId focus_before = NodeId::none;
    NodeId focus_after = NodeId::none;
    NodeId modal_before = NodeId::none;
    NodeId modal_after = NodeId::none;
};
[[nodiscard]] TreeChange difference(const Tree& before, const Tree& after);
// All that differs between two states of one node.
[[nodiscard]] BitSet<Property> changed_properties(const Node& before, const Node& after);

// An indented text form, one node a line: role, name, states. For failing tests and the rehearsal's report; values of
// private nodes are left out.
[[nodiscard]] std::string describe(const Tree& tree);

enum class Publication { unchanged, changed };

// Holds the last snapshot. publish() from the drawing thread only; current() from any.
class TreePublisher {
  public:
    Publication publish(Tree tree);
    [[nodiscard]] std::shared_ptr<const Tree> current() const;  // never null

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<const Tree> current_ = std::make_shared<const Tree>();
};

}  // namespace pillarbox::semantics
