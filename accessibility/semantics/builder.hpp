// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds a Tree in one pass, as the screen is drawn: a stack of open parents, ids hashed from page and widget keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "accessibility/semantics/tree.hpp"

namespace pillarbox::semantics {

struct FrameDescription {
    std::string page_key{};
    std::string name{};  // of the window: the page's title
    std::string lang{};
    Rect window{};
    double px_per_mm = 4.0;
    Theme theme = Theme::light;
    double text_scale = 1.0;
    Motion motion = Motion::full;
    Reach reach = Reach::whole;
    FocusMark focus_mark = FocusMark::on_demand;
};

class TreeBuilder {
  public:
    // Starts over with the window as root.
    void begin(FrameDescription frame);

    [[nodiscard]] NodeId id_of(std::string_view key) const;
    [[nodiscard]] NodeId parent() const { return open_.back(); }

    // Adds a node under the innermost open parent; `lang` and `clip` default to the parent's. The reference lives
    // until the next add() or open().
    Node& add(std::string_view key, Role role);
    Node& open(std::string_view key, Role role);  // add(), and what follows goes under it until close()
    void close();

    [[nodiscard]] Node* find(NodeId id);
    [[nodiscard]] bool has(Role role) const;  // among the nodes so far
    void set_modal_root(NodeId id) { tree_.modal_root = id; }

    // Ends the frame: every open parent but the root must be closed.
    [[nodiscard]] Tree finish(NodeId focus);

  private:
    Tree tree_;
    std::string page_key_;
    std::vector<NodeId> open_;
    std::vector<std::size_t> open_index_;
};

}  // namespace pillarbox::semantics
