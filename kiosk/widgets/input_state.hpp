// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a frame's events mean on the tree that was on the screen: which node is held, which was activated, where the
// focus goes, what was typed. No drawing and no ImGui, so that it is tested with trees alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "accessibility/input/keyboard_layout.hpp"
#include "accessibility/semantics/request.hpp"
#include "accessibility/semantics/tree.hpp"
#include "kiosk/platform/event.hpp"
#include "kiosk/widgets/gestures.hpp"

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
enum class ShiftState { off, once, locked };
enum class KeyboardVisibility { shown, hidden };
// Which keys a field wants: letters, or a keypad of figures, with a minus, with a decimal point too.
enum class FieldKeys { letters, figures, whole_number, decimal_number };

struct KeyboardState {
    NodeId field = NodeId::none;  // that it types into
    std::string field_key{};
    KeyboardPlane plane = KeyboardPlane::letters;
    ShiftState shift = ShiftState::off;
    FieldKeys keys = FieldKeys::letters;
    KeyboardVisibility visibility = KeyboardVisibility::shown;
    std::size_t layout = 0;
    enum class Place { new_field, seen } place = Place::new_field;  // new: the caret is still to be scrolled to

    std::chrono::milliseconds shift_pressed{-1000};  // a second press soon after it locks Shift
    enum class MoreLetters { off, of_next_key } more_letters = MoreLetters::off;
    std::string variants_of{};  // the key whose variants are shown; empty: none
    int deleted = 0;            // by the finger that holds Delete down
    enum class Undo { nothing, possible } undo = Undo::nothing;
};

// A scrolling part of the window as last drawn, physical px.
struct ScrollRegion {
    std::string key{};
    semantics::Rect viewport{};
    bool overflows = false;  // else a drag in it is no drag
    bool moves = false;      // rolls on: a finger that comes down on it stops it, and chooses nothing
};

// One finger's hold on a node, from where it came down to where it is.
struct PointerPress {
    NodeId node = NodeId::none;  // none: beside everything
    std::string region{};        // that a drag would scroll; empty: none
    bool on_node = false;        // has not slid off
    bool scrolls = false;
    platform::Point from{};
    platform::Point at{};
    std::uint64_t number = 0;  // the larger, the later it came down
};

struct ScrollStep {
    enum class Kind { drag, let_go, hold, lines, pages, start, end };
    Kind kind = Kind::drag;
    std::string region{};
    float amount = 0;                   // px, lines or pages; positive: towards the end
    std::chrono::milliseconds time{0};  // of a finger's: that of its event
};

enum class Reading { left_to_right, right_to_left };

// One frame's input, and what it is about: the tree and regions as last drawn.
struct InputFrame {
    const semantics::Tree& tree;
    std::span<const ScrollRegion> regions;  // in drawing order: the last one under the finger scrolls
    std::span<const platform::Event> events;
    std::span<const semantics::Request> requests;
    GestureRules gestures{};
    Reading reading = Reading::left_to_right;
    std::chrono::milliseconds now{0};
};

class InputState {
  public:
    void read(const InputFrame& frame);

    [[nodiscard]] NodeId focus() const { return focus_; }
    void set_focus(NodeId id) { focus_ = id; }
    [[nodiscard]] Modality modality() const { return modality_; }

    [[nodiscard]] bool was_activated(NodeId id) const { return activated_.contains(id); }
    [[nodiscard]] bool activated_anything() const { return !activated_.empty(); }
    [[nodiscard]] bool is_held(NodeId id) const;  // under a finger that may still activate it
    // Under the finger that came down last and has not slid off, however long it lies: for what repeats while held.
    [[nodiscard]] NodeId held() const;
    // How long, from this frame on, until a finger has lain on a node for so long that it doesn't hold it any more.
    [[nodiscard]] std::optional<std::chrono::milliseconds> held_for() const;
    // Where the finger left `id`, in the frame where it did: places a caret.
    [[nodiscard]] std::optional<platform::Point> tapped_at(NodeId id) const;

    // Typing for the focused field, which takes it: an arrow that leads out of it moves nothing in the next one too.
    [[nodiscard]] std::vector<Typed> take_typed() { return std::exchange(typed_, {}); }
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

    // Where the focus goes that no node of the tree can say yet, because it is drawn only now: to the first of the
    // on-screen keys, back to the field that they write into, or out of them to the footer that gave way to them.
    enum class Passage { none, to_keys, to_field, to_footer };
    [[nodiscard]] Passage passage() const { return passage_; }

    // To the next stop (steps 1) or the one before (-1), in reading order, round the ends.
    void move_focus(const semantics::Tree& tree, int steps, std::span<const NodeId> stops);

  private:
    void read_event(const InputFrame& frame, const platform::Event& event);
    void read_finger(const InputFrame& frame, const platform::Event& event);
    void carry_out(const InputFrame& frame, const Gesture& gesture);
    void finger_down(const InputFrame& frame, const Gesture& gesture);
    void finger_moved(const InputFrame& frame, const Gesture& gesture);
    void finger_tapped(const InputFrame& frame, const Gesture& gesture);
    void scroll_step(ScrollStep::Kind kind, const Gesture& gesture);
    void read_key(const InputFrame& frame, const platform::Event& event);
    void read_arrow(const InputFrame& frame, const platform::Event& event);
    void read_keypad(const InputFrame& frame, const platform::Event& event);
    void move_over_keys(const InputFrame& frame, const semantics::Node& from, platform::Key direction);
    void go_back(const semantics::Tree& tree);
    void activate_key(const semantics::Tree& tree, std::string_view key);
    void read_character(const InputFrame& frame, const platform::Event& event);
    void read_request(const InputFrame& frame, const semantics::Request& request);
    void activate(const semantics::Tree& tree, NodeId id);
    void adjust(const semantics::Node& slider, const platform::Event& event, Reading reading);

    NodeId focus_ = NodeId::none;
    Modality modality_ = Modality::pointer;
    GestureRecogniser gestures_;
    std::map<platform::Contact, PointerPress> presses_;
    std::optional<std::pair<NodeId, platform::Point>> released_;
    GestureRules rules_;
    std::uint64_t presses_begun_ = 0;
    std::chrono::milliseconds now_{0};
    bool skip_space_ = false;  // the character of a Space that has activated something
    std::set<NodeId> activated_;
    std::vector<Typed> typed_;
    std::vector<Typed> typed_later_;
    std::vector<semantics::Request> texts_;
    std::vector<std::pair<NodeId, int>> adjustments_;
    std::vector<semantics::Request> values_;
    std::vector<ScrollStep> scroll_steps_;
    NodeId reveal_ = NodeId::none;
    Passage passage_ = Passage::none;
    bool escape_ = false;
    bool typed_on_hardware_ = false;
    bool saw_input_ = false;
};

}  // namespace pillarbox::widgets
