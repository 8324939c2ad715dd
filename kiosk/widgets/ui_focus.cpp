// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "kiosk/widgets/ui.hpp"

namespace pillarbox::widgets {

using semantics::Node;
using semantics::Role;

// The keyboard belongs to the text field that has the focus, and stays while its own keys have it.
void Ui::follow_field() {
    const Node* focused = semantics::find(tree_, input_.focus());
    if (focused != nullptr && focused->role == Role::text_field) {
        if (keyboard_.field != focused->id) {
            const std::size_t layout = keyboard_.layout;  // whoever changed it writes on in it
            keyboard_ = KeyboardState{.field = focused->id, .field_key = focused->key, .layout = layout};
        }
        if (input_.tapped_at(focused->id) || input_.was_activated(focused->id)) {
            keyboard_.visibility = KeyboardVisibility::shown;
            keyboard_.place = KeyboardState::Place::new_field;
        }
    } else if (focused == nullptr || focused->role != Role::key) {
        keyboard_.field = NodeId::none;
    }
    if (input_.typed_on_hardware()) {
        keyboard_.visibility = KeyboardVisibility::hidden;
    }
    follow_passage();
}

void Ui::follow_passage() {
    switch (input_.passage()) {
        case InputState::Passage::none:
            break;
        case InputState::Passage::to_keys:
            keyboard_.visibility = KeyboardVisibility::shown;
            pending_part_ = semantics::Role::keyboard;
            break;
        case InputState::Passage::to_field:
            keyboard_.visibility = KeyboardVisibility::hidden;
            focus(keyboard_.field_key);
            break;
        case InputState::Passage::to_footer:
            keyboard_.visibility = KeyboardVisibility::hidden;
            pending_part_ = semantics::Role::footer;
            break;
    }
}

void Ui::focus_first_of(semantics::Role role) {
    const auto parts = semantics::find_all(tree_, role);
    for (const NodeId stop : semantics::tab_stops(tree_)) {
        if (!parts.empty() && semantics::is_within(tree_, stop, parts.front()->id)) {
            input_.set_focus(stop);
            tree_.focus = stop;
            pending_reveal_node_ = stop;
            pending_reveal_.reset();  // the caret's, which was left
            settle();
            return;
        }
    }
}

void Ui::settle_focus() {
    for (const Arrived& arrived : arrived_) {
        // Only where the focus went with it: whoever has moved on from an error summary stays where they are.
        const bool lost = builder_.find(input_.focus()) == nullptr;
        if (!arrived.drawn && lost && builder_.find(arrived.focus_before) != nullptr) {
            input_.set_focus(arrived.focus_before);
        }
    }
    std::erase_if(arrived_, [](const Arrived& arrived) { return !arrived.drawn; });
    if (!pending_focus_.empty()) {
        const NodeId wanted = builder_.id_of(pending_focus_);
        if (builder_.find(wanted) != nullptr) {
            input_.set_focus(wanted);
            pending_reveal_node_ = wanted;
            settle();
        }
        pending_focus_.clear();
    }
    if (builder_.find(input_.focus()) == nullptr) {
        input_.set_focus(still_there_near(input_.focus()));
    }
}

// What had the focus is gone, such as "Show more" at the end of the page: whoever goes by keys goes on from where it
// was. What stands before it is preferred, since what stands behind may be the page's Next.
NodeId Ui::still_there_near(NodeId gone) {
    const auto place = std::ranges::find(tree_.nodes, gone, &Node::id);
    if (place == tree_.nodes.end()) {
        return NodeId::none;
    }
    const auto can_have_it = [this](const Node& node) {
        return node.flags.has(semantics::Flag::focusable) && node.role != Role::key &&
               builder_.find(node.id) != nullptr;
    };
    for (auto before = std::make_reverse_iterator(place); before != tree_.nodes.rend(); ++before) {
        if (can_have_it(*before)) {
            return before->id;
        }
    }
    const auto behind = std::find_if(place, tree_.nodes.end(), can_have_it);
    return behind == tree_.nodes.end() ? NodeId::none : behind->id;
}

void Ui::focus(std::string_view key) {
    pending_focus_ = key;
}

void Ui::focus_on_arrival(std::string_view key, Arrival arrival) {
    const NodeId id = builder_.id_of(key);
    const auto known = std::ranges::find(arrived_, id, &Arrived::id);
    if (known != arrived_.end()) {
        known->drawn = true;
        return;
    }
    arrived_.push_back({id, input_.focus(), true, frame_.now});
    if (arrival == Arrival::takes_focus || input_.focus() == NodeId::none) {
        input_.set_focus(id);
        pending_reveal_node_ = id;
        settle();
    }
}

void Ui::focus_ring(Node& node, const Rect& rect, float radius) {
    if (input_.focus() != node.id || input_.modality() != Modality::keys) {
        return;
    }
    const float width = tokens_.focus_ring;
    const float gap = width / 2;
    const auto grown = [&rect](float by) {
        return Rect{rect.x - by, rect.y - by, rect.width + 2 * by, rect.height + 2 * by};
    };
    painter_->stroke(grown(gap), palette().focus_under, radius + gap, gap + 1);
    painter_->stroke(grown(gap + width), palette().focus, radius + gap + width, width);
    node.visual.focus_ring = palette().focus;
    node.visual.ring = painter_->mirrored(grown(gap + width));
    node.visual.page = palette().page;
}

}  // namespace pillarbox::widgets
