// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a frame's events mean on the tree that was on the screen: which node is held, which was activated, where the
// focus goes, what was typed. No drawing and no ImGui, so that it is tested with trees alone.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "accessibility/input/keyboard_layout.hpp"
#include "accessibility/semantics/request.hpp"
#include "accessibility/semantics/tree.hpp"
#include "kiosk/platform/event.hpp"

namespace pillarbox::widgets {

using semantics::NodeId;

// The focus ring is drawn once keys are in use, and goes when a finger is.
enum class Modality { pointer, keys };

// One step of typing, from the hardware or the on-screen keyboard, for the focused text field.
struct Typed {
    std::string text{};  // UTF-8; empty for a key
    platform::Key key = platform::Key::none;
    platform::Shift shift = platform::Shift::up;
    platform::Control control = platform::Control::up;
};

enum class KeyboardPlane { letters, symbols };
enum class ShiftState { off, once };
enum class KeyboardVisibility { shown, hidden };
// Which keys a field wants: letters, or a keypad of figures, with a minus, with a decimal point too.
enum class FieldKeys { letters, figures, whole_number, decimal_number };

struct KeyboardState {
    NodeId field = NodeId::none;  // that it types into
    std::string field_key;
    KeyboardPlane plane = KeyboardPlane::letters;
    ShiftState shift = ShiftState::off;
    FieldKeys keys = FieldKeys::letters;
    KeyboardVisibility visibility = KeyboardVisibility::shown;
    std::size_t layout = 0;
    enum class Place { new_field, seen } place = Place::new_field;  // new: the caret is still to be scrolled to
};

// A scrolling part of the window as last drawn, physical px.
struct ScrollRegion {
    std::string key{};
    semantics::Rect viewport{};
    bool overflows = false;  // else a drag in it is no drag
};

struct PointerPress {
    NodeId node = NodeId::none;  // none: beside everything
    platform::Point from;
    platform::Point at;
    std::string region;  // that a drag would scroll; empty: none
    bool dragging = false;
};

struct ScrollStep {
    enum class Kind { drag, let_go, hold, lines, pages, start, end };
    Kind kind = Kind::drag;
    std::string region{};
    float amount = 0;  // px, lines or pages; positive: towards the end
};

enum class Reading { left_to_right, right_to_left };

// One frame's input, and what it is about: the tree and regions as last drawn.
struct InputFrame {
    const semantics::Tree& tree;
    std::span<const ScrollRegion> regions;  // in drawing order: the last one under the finger scrolls
    std::span<const platform::Event> events;
    std::span<const semantics::Request> requests;
    float drag_slop = 24;
    Reading reading = Reading::left_to_right;
};

class InputState {
  public:
    void read(const InputFrame& frame);

    [[nodiscard]] NodeId focus() const { return focus_; }
    void set_focus(NodeId id) { focus_ = id; }
    [[nodiscard]] Modality modality() const { return modality_; }

    [[nodiscard]] bool was_activated(NodeId id) const { return activated_.contains(id); }
    [[nodiscard]] NodeId held() const;  // under a finger that has not slid off
    // Where the finger left `id`, in the frame where it did: places a caret.
    [[nodiscard]] std::optional<platform::Point> tapped_at(NodeId id) const;

    // Typing for the focused field; left there until the next read().
    [[nodiscard]] const std::vector<Typed>& typed() const { return typed_; }
    void type_next_frame(Typed typed) { typed_later_.push_back(std::move(typed)); }
    [[nodiscard]] bool types_later() const { return !typed_later_.empty(); }
    [[nodiscard]] std::optional<std::string> text_request(NodeId id) const;  // of Action::set_text

    // Of a slider: steps up (or down, where negative) by key or request, a value that was asked for, and where a
    // finger that went sideways on it is now.
    [[nodiscard]] int adjusted(NodeId id) const;
    [[nodiscard]] std::optional<double> value_request(NodeId id) const;
    [[nodiscard]] std::optional<platform::Point> dragged_at(NodeId id) const;

    [[nodiscard]] const std::vector<ScrollStep>& scroll_steps() const { return scroll_steps_; }
    [[nodiscard]] NodeId to_reveal() const { return reveal_; }  // moved to by key or request: scroll it into view
    [[nodiscard]] bool escape_pressed() const { return escape_; }
    [[nodiscard]] bool typed_on_hardware() const { return typed_on_hardware_; }
    [[nodiscard]] bool saw_input() const { return saw_input_; }

    // To the next stop (steps 1) or the one before (-1), in reading order, round the ends.
    void move_focus(const semantics::Tree& tree, int steps, std::span<const NodeId> stops);

  private:
    void read_event(const InputFrame& frame, const platform::Event& event);
    void finger_down(const InputFrame& frame, const platform::Event& event);
    void finger_moved(const InputFrame& frame, const platform::Event& event);
    void finger_up(const InputFrame& frame, const platform::Event& event);
    void read_key(const InputFrame& frame, const platform::Event& event);
    void read_arrow(const InputFrame& frame, const platform::Event& event);
    void read_character(const InputFrame& frame, const platform::Event& event);
    void read_request(const InputFrame& frame, const semantics::Request& request);
    void activate(const semantics::Tree& tree, NodeId id);
    void adjust(const semantics::Node& slider, const platform::Event& event, Reading reading);

    NodeId focus_ = NodeId::none;
    Modality modality_ = Modality::pointer;
    std::optional<PointerPress> press_;
    std::optional<std::pair<NodeId, platform::Point>> released_;
    bool on_held_node_ = false;
    bool skip_space_ = false;  // the character of a Space that has activated something
    std::set<NodeId> activated_;
    std::vector<Typed> typed_;
    std::vector<Typed> typed_later_;
    std::vector<semantics::Request> texts_;
    std::vector<std::pair<NodeId, int>> adjustments_;
    std::vector<semantics::Request> values_;
    float drag_slop_ = 24;
    std::vector<ScrollStep> scroll_steps_;
    NodeId reveal_ = NodeId::none;
    bool escape_ = false;
    bool typed_on_hardware_ = false;
    bool saw_input_ = false;
};

}  // namespace pillarbox::widgets
