// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/input_state.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/utf8.hpp"

namespace pillarbox::widgets {

using platform::Event;
using platform::EventKind;
using platform::Key;
using semantics::Action;
using semantics::Flag;
using semantics::Node;
using semantics::Role;
using semantics::Tree;

namespace {

bool reachable(const Tree& tree, const Node& node) {
    return tree.modal_root == NodeId::none || semantics::is_within(tree, node.id, tree.modal_root);
}

bool is_on(const Node& node, platform::Point point) {
    return node.rect.contains(point.x, point.y) && node.clip.contains(point.x, point.y);
}

// The topmost node that can be pressed at a point: the last drawn.
NodeId node_at(const Tree& tree, platform::Point point) {
    for (auto node = tree.nodes.rbegin(); node != tree.nodes.rend(); ++node) {
        if (node->actions.has(Action::click) && is_on(*node, point) && reachable(tree, *node)) {
            return node->id;
        }
    }
    return NodeId::none;
}

const ScrollRegion* region_at(std::span<const ScrollRegion> regions, platform::Point point) {
    for (auto region = regions.rbegin(); region != regions.rend(); ++region) {
        if (region->viewport.contains(point.x, point.y)) {
            return &*region;
        }
    }
    return nullptr;
}

bool is_field(const Node* node) {
    return node != nullptr && node->role == Role::text_field && !node->flags.has(Flag::disabled);
}

bool is_slider(const Node* node) {
    return node != nullptr && node->role == Role::slider && !node->flags.has(Flag::disabled);
}

}  // namespace

void InputState::read(const InputFrame& frame) {
    activated_.clear();
    released_.reset();
    texts_.clear();
    adjustments_.clear();
    values_.clear();
    drag_slop_ = frame.drag_slop;
    scroll_steps_.clear();
    typed_ = std::exchange(typed_later_, {});
    reveal_ = NodeId::none;
    escape_ = false;
    typed_on_hardware_ = false;
    saw_input_ = false;
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
            finger_down(frame, event);
            break;
        case EventKind::pointer_move:
            finger_moved(frame, event);
            break;
        case EventKind::pointer_up:
            finger_up(frame, event);
            break;
        case EventKind::pointer_cancel:
            press_.reset();
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
                scroll_steps_.push_back({ScrollStep::Kind::lines, region->key, event.scroll_lines});
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

void InputState::finger_down(const InputFrame& frame, const Event& event) {
    modality_ = Modality::pointer;
    PointerPress press;
    press.node = node_at(frame.tree, event.position);
    press.from = event.position;
    press.at = event.position;
    const ScrollRegion* region = region_at(frame.regions, event.position);
    if (region != nullptr) {
        scroll_steps_.push_back({ScrollStep::Kind::hold, region->key, 0});
        press.region = region->overflows ? region->key : std::string();
    }
    on_held_node_ = press.node != NodeId::none;
    press_ = std::move(press);
}

void InputState::finger_moved(const InputFrame& frame, const Event& event) {
    if (!press_) {
        return;
    }
    const float step = event.position.y - press_->at.y;
    press_->at = event.position;
    if (!press_->dragging && !press_->region.empty() &&
        std::abs(event.position.y - press_->from.y) > frame.drag_slop) {
        press_->dragging = true;
    }
    if (press_->dragging) {
        scroll_steps_.push_back({ScrollStep::Kind::drag, press_->region, -step});
    }
    const Node* node = semantics::find(frame.tree, press_->node);
    on_held_node_ = node != nullptr && is_on(*node, event.position);
}

void InputState::finger_up(const InputFrame& frame, const Event& event) {
    if (!press_) {
        return;
    }
    finger_moved(frame, event);
    const PointerPress press = *std::exchange(press_, std::nullopt);
    if (press.dragging) {
        scroll_steps_.push_back({ScrollStep::Kind::let_go, press.region, 0});
        return;
    }
    if (press.node != NodeId::none && on_held_node_) {
        released_ = {press.node, event.position};
        activate(frame.tree, press.node);
    }
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

void InputState::read_key(const InputFrame& frame, const Event& event) {
    modality_ = Modality::keys;
    const Node* focused = semantics::find(frame.tree, focus_);
    const bool in_field = is_field(focused);
    const bool back = event.shift == platform::Shift::held;
    const auto type_key = [&] { typed_.push_back({{}, event.key, event.shift, event.control}); };
    const auto scroll = [&](ScrollStep::Kind kind, float amount) {
        if (!frame.regions.empty()) {
            scroll_steps_.push_back({kind, frame.regions.back().key, amount});
        }
    };
    switch (event.key) {
        case Key::none:
            break;
        case Key::tab:
            move_focus(frame.tree, back ? -1 : 1, semantics::tab_stops(frame.tree));
            break;
        case Key::space:
        case Key::enter:
            if (!in_field) {
                skip_space_ = event.key == Key::space;
                activate(frame.tree, focus_);
            } else if (event.key == Key::enter) {
                type_key();  // a space comes as a character
            }
            break;
        case Key::escape:
            escape_ = true;
            break;
        case Key::left:
        case Key::right:
        case Key::up:
        case Key::down:
            if (is_slider(focused) && (event.key == Key::left || event.key == Key::right)) {
                adjust(*focused, event, frame.reading);
            } else {
                in_field ? type_key() : read_arrow(frame, event);
            }
            break;
        case Key::home:
        case Key::end:
            if (is_slider(focused)) {
                adjust(*focused, event, frame.reading);
            } else if (in_field) {
                type_key();
            } else {
                scroll(event.key == Key::home ? ScrollStep::Kind::start : ScrollStep::Kind::end, 0);
            }
            break;
        case Key::page_up:
            scroll(ScrollStep::Kind::pages, -1);
            break;
        case Key::page_down:
            scroll(ScrollStep::Kind::pages, 1);
            break;
        case Key::backspace:
        case Key::delete_forward:
            if (in_field) {
                type_key();
            }
            break;
    }
}

// Arrows walk over everything, option by option, so that a keypad with four arrows and Enter reaches the whole page.
// They move and never choose: a person who listens must be able to hear all options first.
void InputState::read_arrow(const InputFrame& frame, const Event& event) {
    const bool mirrored = frame.reading == Reading::right_to_left;
    const bool on = event.key == Key::down || event.key == (mirrored ? Key::left : Key::right);
    move_focus(frame.tree, on ? 1 : -1, semantics::arrow_stops(frame.tree));
}

// Left and right move a slider the way it is drawn; Home and End take it to its ends.
void InputState::adjust(const Node& slider, const Event& event, Reading reading) {
    if (event.key == Key::home || event.key == Key::end) {
        const semantics::Range range = slider.range.value_or(semantics::Range{});
        values_.push_back({slider.id, Action::set_value, {}, event.key == Key::home ? range.min : range.max});
        return;
    }
    const Key up = reading == Reading::right_to_left ? Key::left : Key::right;
    adjustments_.emplace_back(slider.id, event.key == up ? 1 : -1);
}

void InputState::read_character(const InputFrame& frame, const Event& event) {
    const bool skip = std::exchange(skip_space_, false) && event.character == U' ';
    if (skip || !is_field(semantics::find(frame.tree, focus_))) {
        return;
    }
    Typed typed;
    base::append_utf8(typed.text, event.character);
    typed_.push_back(std::move(typed));
    typed_on_hardware_ = true;
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

void InputState::move_focus(const Tree& tree, int steps, std::span<const NodeId> stops) {
    if (stops.empty()) {
        return;
    }
    const auto place_of = [&tree](NodeId id) {
        return std::ranges::find(tree.nodes, id, &Node::id) - tree.nodes.begin();
    };
    // The focus may be on something that is no stop, such as the heading: go on from its place in reading order.
    const auto place = semantics::find(tree, focus_) == nullptr ? -1 : place_of(focus_);
    NodeId next = steps > 0 ? stops.front() : stops.back();
    if (steps > 0) {
        const auto found = std::ranges::find_if(stops, [&](NodeId stop) { return place_of(stop) > place; });
        next = found == stops.end() ? stops.front() : *found;
    } else if (place >= 0) {
        for (auto stop = stops.rbegin(); stop != stops.rend(); ++stop) {
            if (place_of(*stop) < place) {
                next = *stop;
                break;
            }
        }
    }
    focus_ = next;
    reveal_ = next;
}

NodeId InputState::held() const {
    return press_ && on_held_node_ && !press_->dragging ? press_->node : NodeId::none;
}

std::optional<platform::Point> InputState::tapped_at(NodeId id) const {
    if (released_ && released_->first == id) {
        return released_->second;
    }
    return std::nullopt;
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

std::optional<platform::Point> InputState::dragged_at(NodeId id) const {
    const bool sideways =
        press_ && press_->node == id && !press_->dragging && std::abs(press_->at.x - press_->from.x) > drag_slop_;
    return sideways ? std::optional(press_->at) : std::nullopt;
}

}  // namespace pillarbox::widgets
