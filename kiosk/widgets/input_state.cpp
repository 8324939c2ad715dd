// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/widgets/input_state.hpp"

#include <algorithm>
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

bool has_keyboard(const Tree& tree) {
    return !semantics::find_all(tree, Role::keyboard).empty();
}

// Of the keys that stand together: the nearest in that direction. Physical places, since a keyboard is never
// mirrored.
NodeId neighbour_of(const Tree& tree, const Node& from, Key direction) {
    const bool along = direction == Key::left || direction == Key::right;
    const float sign = direction == Key::right || direction == Key::down ? 1.0F : -1.0F;
    const auto x_of = [](const Node& node) { return node.rect.x + node.rect.width / 2; };
    const auto y_of = [](const Node& node) { return node.rect.y + node.rect.height / 2; };
    const Node* best = nullptr;
    const Node* far_end = &from;  // of the row, against the direction
    const auto is_nearer = [&](const Node& node) {
        if (best == nullptr) {
            return true;
        }
        const float rows = std::abs(y_of(node) - y_of(from)) - std::abs(y_of(*best) - y_of(from));
        const float columns = std::abs(x_of(node) - x_of(from)) - std::abs(x_of(*best) - x_of(from));
        return along || std::abs(rows) < from.rect.height / 2 ? columns < 0 : rows < 0;
    };
    for (const Node& node : tree.nodes) {
        if (node.role != Role::key || node.parent != from.parent || node.id == from.id ||
            node.flags.has(Flag::disabled)) {
            continue;
        }
        const float dx = x_of(node) - x_of(from);
        const float dy = y_of(node) - y_of(from);
        const bool in_row = std::abs(dy) < from.rect.height / 2;
        if (along && in_row && sign * (x_of(node) - x_of(*far_end)) < 0) {
            far_end = &node;
        }
        const bool ahead = along ? in_row && sign * dx > 0 : !in_row && sign * dy > 0;
        if (ahead && is_nearer(node)) {
            best = &node;
        }
    }
    if (best != nullptr) {
        return best->id;
    }
    return along && far_end != &from ? far_end->id : NodeId::none;
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

void InputState::read_finger(const InputFrame& frame, const Event& event) {
    Ground ground = Ground::still;
    if (const ScrollRegion* region = region_at(frame.regions, event.position)) {
        ground = region->moves ? Ground::rolls : region->overflows ? Ground::scrolls : Ground::still;
    }
    for (const Gesture& gesture : gestures_.read(event, ground, frame.gestures)) {
        carry_out(frame, gesture);
    }
}

void InputState::carry_out(const InputFrame& frame, const Gesture& gesture) {
    switch (gesture.kind) {
        case Gesture::Kind::press:
            finger_down(frame, gesture);
            break;
        case Gesture::Kind::move:
            finger_moved(frame, gesture);
            break;
        case Gesture::Kind::tap:
            finger_tapped(frame, gesture);
            break;
        case Gesture::Kind::drag:
            presses_[gesture.contact].on_node = false;
            presses_[gesture.contact].scrolls = true;
            scroll_step(ScrollStep::Kind::drag, gesture);
            break;
        case Gesture::Kind::let_go:
            scroll_step(ScrollStep::Kind::let_go, gesture);
            presses_.erase(gesture.contact);
            break;
        case Gesture::Kind::drop:
            presses_.erase(gesture.contact);
            break;
    }
}

void InputState::finger_down(const InputFrame& frame, const Gesture& gesture) {
    modality_ = Modality::pointer;
    PointerPress press;
    press.node = node_at(frame.tree, gesture.at);
    press.from = press.at = gesture.at;
    press.on_node = press.node != NodeId::none;
    press.number = ++presses_begun_;
    if (const ScrollRegion* region = region_at(frame.regions, gesture.at)) {
        press.region = region->key;
    }
    presses_[gesture.contact] = std::move(press);
    // A hand that comes to rest leaves another finger's drag alone.
    if (!gestures_.scroll_owner()) {
        scroll_step(ScrollStep::Kind::hold, gesture);
    }
}

void InputState::finger_moved(const InputFrame& frame, const Gesture& gesture) {
    PointerPress& press = presses_[gesture.contact];
    press.at = gesture.at;
    const Node* node = semantics::find(frame.tree, press.node);
    press.on_node = node != nullptr && is_on(*node, gesture.at);
}

void InputState::finger_tapped(const InputFrame& frame, const Gesture& gesture) {
    finger_moved(frame, gesture);
    const PointerPress press = presses_[gesture.contact];
    presses_.erase(gesture.contact);
    if (press.on_node) {
        released_ = {press.node, gesture.at};
        activate(frame.tree, press.node);
    }
}

void InputState::scroll_step(ScrollStep::Kind kind, const Gesture& gesture) {
    const std::string& region = presses_[gesture.contact].region;
    if (!region.empty()) {
        scroll_steps_.push_back({kind, region, -gesture.step_y, gesture.time});
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
            scroll_steps_.push_back({kind, frame.regions.back().key, amount, event.time});
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
        case Key::select_all:
        case Key::undo:
        case Key::redo:
            if (in_field) {
                type_key();
            }
            break;
        case Key::next_item:
        case Key::previous_item:
        case Key::activate:
        case Key::go_back:
        case Key::open_help:
            read_keypad(frame, event);
            break;
    }
}

void InputState::read_keypad(const InputFrame& frame, const Event& event) {
    const Node* focused = semantics::find(frame.tree, focus_);
    if (event.key == Key::next_item || event.key == Key::previous_item) {
        // Over the on-screen keys one at a time would be forty presses: a row at a time, as with arrows.
        if (focused != nullptr && focused->role == Role::key) {
            move_over_keys(frame, *focused, event.key == Key::next_item ? Key::down : Key::up);
            return;
        }
        move_focus(frame.tree, event.key == Key::next_item ? 1 : -1, semantics::arrow_stops(frame.tree));
    } else if (event.key == Key::activate) {
        if (is_field(focused)) {
            passage_ = Passage::to_keys;
        } else {
            activate(frame.tree, focus_);
        }
    } else if (event.key == Key::go_back) {
        go_back(frame.tree);
    } else if (event.key == Key::open_help) {
        activate_key(frame.tree, "help");
    }
}

// One thing at a time, the uppermost first.
void InputState::go_back(const Tree& tree) {
    const Node* focused = semantics::find(tree, focus_);
    const bool on_keys = focused != nullptr && focused->role == Role::key;
    const bool has_back = semantics::find_key(tree, "back") != nullptr;
    if (tree.modal_root != NodeId::none) {
        escape_ = true;
    } else if (on_keys || (!has_back && has_keyboard(tree))) {
        passage_ = Passage::to_field;
    } else {
        activate_key(tree, "back");
    }
}

void InputState::activate_key(const Tree& tree, std::string_view key) {
    if (const Node* node = semantics::find_key(tree, key); node != nullptr) {
        activate(tree, node->id);
    }
}

// Arrows walk over everything, option by option, so that a keypad with four arrows and Enter reaches the whole page.
// They move and never choose: a person who listens must be able to hear all options first. Over the on-screen keys
// they go the way they point.
void InputState::read_arrow(const InputFrame& frame, const Event& event) {
    const Node* focused = semantics::find(frame.tree, focus_);
    if (focused != nullptr && focused->role == Role::key) {
        move_over_keys(frame, *focused, event.key);
        return;
    }
    const bool mirrored = frame.reading == Reading::right_to_left;
    const bool on = event.key == Key::down || event.key == (mirrored ? Key::left : Key::right);
    move_focus(frame.tree, on ? 1 : -1, semantics::arrow_stops(frame.tree));
}

// Left and right go round within the row; up and down go to the key that stands nearest, and out of the keyboard at
// its first and last row.
void InputState::move_over_keys(const InputFrame& frame, const Node& from, Key direction) {
    const NodeId next = neighbour_of(frame.tree, from, direction);
    if (next != NodeId::none) {
        focus_ = next;
    } else if (const Node* group = semantics::find(frame.tree, from.parent); group->role != Role::keyboard) {
        escape_ = true;  // a key's more letters: they go, and the focus is on their key again
    } else if (direction == Key::up) {
        focus_ = reveal_ = group->controls;
    } else if (direction == Key::down) {
        move_focus(frame.tree, 1, semantics::tab_stops(frame.tree));
    }
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
        if (found == stops.end() && tree.modal_root == NodeId::none && has_keyboard(tree) &&
            semantics::find_all(tree, Role::footer).empty()) {
            passage_ = Passage::to_footer;
            return;
        }
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

bool InputState::is_held(NodeId id) const {
    return std::ranges::any_of(presses_, [&](const auto& entry) {
        const auto& [contact, press] = entry;
        const auto until = gestures_.may_tap_until(contact, rules_);
        return press.on_node && press.node == id && until && now_ <= *until;
    });
}

NodeId InputState::held() const {
    const PointerPress* last = nullptr;
    for (const auto& [contact, press] : presses_) {
        if (press.on_node && (last == nullptr || press.number > last->number)) {
            last = &press;
        }
    }
    return last == nullptr ? NodeId::none : last->node;
}

std::optional<std::chrono::milliseconds> InputState::held_for() const {
    std::optional<std::chrono::milliseconds> soonest;
    for (const auto& [contact, press] : presses_) {
        const auto until = gestures_.may_tap_until(contact, rules_);
        if (press.on_node && contact != platform::Contact::mouse && until && now_ <= *until) {
            const auto left = *until - now_ + std::chrono::milliseconds{1};
            soonest = soonest ? std::min(*soonest, left) : left;
        }
    }
    return soonest;
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
    for (const auto& [contact, press] : presses_) {
        if (press.node == id && !press.scrolls && std::abs(press.at.x - press.from.x) > rules_.slop_px) {
            return press.at;
        }
    }
    return std::nullopt;
}

}  // namespace pillarbox::widgets
