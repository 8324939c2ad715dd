// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/input_state.hpp"

#include <algorithm>
#include <utility>

#include "kiosk/widgets/reach.hpp"

namespace pillarbox::widgets {

using platform::Event;
using platform::EventKind;
using semantics::Action;
using semantics::Flag;
using semantics::Node;
using semantics::Role;
using semantics::Tree;

void InputState::read(const InputFrame& frame) {
    activated_.clear();
    released_.reset();
    texts_.clear();
    adjustments_.clear();
    values_.clear();
    scroll_steps_.clear();
    typed_ = std::exchange(typed_later_, {});
    reveal_ = NodeId::none;
    passage_ = Passage::none;
    escape_ = false;
    typed_on_hardware_ = false;
    saw_input_ = false;
    rules_ = frame.gestures;
    now_ = frame.now;
    for (const Event& event : frame.events) {
        read_event(frame, event);
    }
    for (const semantics::Request& request : frame.requests) {
        read_request(frame, request);
    }
}

void InputState::read_event(const InputFrame& frame, const Event& event) {
    switch (event.kind) {
        case EventKind::pointer_down:
        case EventKind::pointer_move:
        case EventKind::pointer_up:
        case EventKind::pointer_cancel:
            read_finger(frame, event);
            break;
        case EventKind::key_down:
            read_key(frame, event);
            break;
        case EventKind::character:
            read_character(frame, event);
            break;
        case EventKind::scroll: {
            const ScrollRegion* region = region_at(frame.regions, event.position);
            if (region != nullptr) {
                scroll_steps_.push_back({ScrollStep::Kind::lines, region->key, event.scroll_lines, event.time});
            }
            break;
        }
        case EventKind::resize:
        case EventKind::close:
        case EventKind::wake:
            return;
    }
    saw_input_ = true;
}

void InputState::activate(const Tree& tree, NodeId id) {
    const Node* node = semantics::find(tree, id);
    if (node == nullptr || !node->actions.has(Action::click) || !reachable(tree, *node)) {
        return;
    }
    activated_.insert(id);
    // A key of the on-screen keyboard leaves the focus in the field that it types into.
    if (node->role != Role::key && node->flags.has(Flag::focusable)) {
        focus_ = id;
    }
}

void InputState::read_request(const InputFrame& frame, const semantics::Request& request) {
    const Node* node = semantics::find(frame.tree, request.node);
    if (node == nullptr || !node->actions.has(request.action) || !reachable(frame.tree, *node)) {
        return;
    }
    saw_input_ = true;
    switch (request.action) {
        case Action::click:
            activate(frame.tree, request.node);
            break;
        case Action::focus:
            modality_ = Modality::keys;
            focus_ = request.node;
            reveal_ = request.node;
            break;
        case Action::scroll_into_view:
            reveal_ = request.node;
            break;
        case Action::set_text:
            texts_.push_back(request);
            break;
        case Action::set_value:
            values_.push_back(request);
            break;
        case Action::increment:
            adjustments_.emplace_back(request.node, 1);
            break;
        case Action::decrement:
            adjustments_.emplace_back(request.node, -1);
            break;
    }
}

std::optional<std::string> InputState::text_request(NodeId id) const {
    const auto found = std::ranges::find(texts_, id, &semantics::Request::node);
    return found == texts_.end() ? std::nullopt : std::optional(found->text);
}

int InputState::adjusted(NodeId id) const {
    int steps = 0;
    for (const auto& [node, by] : adjustments_) {
        steps += node == id ? by : 0;
    }
    return steps;
}

std::optional<double> InputState::value_request(NodeId id) const {
    const auto found = std::ranges::find(values_, id, &semantics::Request::node);
    return found == values_.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace pillarbox::widgets
