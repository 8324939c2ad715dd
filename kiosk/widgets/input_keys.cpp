// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "core/base/utf8.hpp"
#include "kiosk/widgets/input_state.hpp"
#include "kiosk/widgets/reach.hpp"

namespace pillarbox::widgets {

using platform::Event;
using platform::Key;
using semantics::Action;
using semantics::Node;
using semantics::Role;
using semantics::Tree;

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

}  // namespace pillarbox::widgets
