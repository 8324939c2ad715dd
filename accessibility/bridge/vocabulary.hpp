// SPDX-License-Identifier: GPL-3.0-or-later
//
// AT-SPI's words for what the semantic tree says: the numbers that go over the bus, as at-spi2-core 2.46 numbers them
// (Atspi.Role, Atspi.StateType, Atspi.RelationType), and how ours map to them. Pure.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "accessibility/semantics/node.hpp"

namespace pillarbox::bridge {

// What of private texts assistive technology on the bus is given (docs/decisions/0013-answers-stay-off-the-bus.md).
enum class Answers {
    guarded,  // a bullet for each letter
    open,
};

enum class BusRole : std::uint32_t {
    check_box = 7,
    combo_box = 11,
    dialog = 16,
    frame = 23,
    image = 27,
    list = 31,
    list_item = 32,
    panel = 39,
    password_text = 40,
    progress_bar = 42,
    push_button = 43,
    radio_button = 44,
    slider = 51,
    tool_bar = 63,
    paragraph = 73,
    application = 75,
    entry = 79,
    heading = 83,
    link = 88,
    comment = 97,
    grouping = 99,
    notification = 101,
    landmark = 110,
};
[[nodiscard]] std::string_view name_of(BusRole role);  // as libatspi names it
[[nodiscard]] BusRole bus_role_of(const semantics::Node& node, Answers answers);

enum class State : std::uint32_t {
    active = 1,
    busy = 3,
    checked = 4,
    editable = 7,
    enabled = 8,
    expandable = 9,
    expanded = 10,
    focusable = 11,
    focused = 12,
    modal = 16,
    multi_line = 17,
    sensitive = 24,
    showing = 25,
    single_line = 26,
    visible = 30,
    indeterminate = 32,
    required = 33,
    animated = 35,
    invalid_entry = 36,
    selectable_text = 38,
    checkable = 41,
    has_popup = 42,
    read_only = 43,
};
inline constexpr std::uint32_t state_count = 44;
[[nodiscard]] std::string_view name_of(State state);  // as the events name it

class StateSet {
  public:
    [[nodiscard]] bool has(State state) const { return ((bits_ >> static_cast<std::uint32_t>(state)) & 1U) != 0; }
    StateSet& add(State state) {
        bits_ |= std::uint64_t{1} << static_cast<std::uint32_t>(state);
        return *this;
    }
    // Two words of 32 states, the lower first.
    [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> words() const;
    // Those that only one of the two has.
    [[nodiscard]] std::vector<State> differing(const StateSet& other) const;
    bool operator==(const StateSet&) const = default;

  private:
    std::uint64_t bits_ = 0;
};

enum class Relation : std::uint32_t {
    label_for = 1,
    labelled_by = 2,
    controller_for = 3,
    controlled_by = 4,
    description_for = 17,
    described_by = 18,
    error_message = 21,
    error_for = 22,
};

// Interfaces of org.a11y.atspi that a node can have.
enum class Interface : std::uint32_t {
    accessible = 1U << 0U,
    application = 1U << 1U,
    component = 1U << 2U,
    action = 1U << 3U,
    text = 1U << 4U,
    editable_text = 1U << 5U,
    value = 1U << 6U,
    selection = 1U << 7U,
};
[[nodiscard]] const char* name_of(Interface interface);
inline constexpr Interface every_interface[] = {
    Interface::accessible, Interface::application,   Interface::component, Interface::action,
    Interface::text,       Interface::editable_text, Interface::value,     Interface::selection};

// "main" for a landmark, and so on; empty for the rest. The names of ARIA, which is what screen readers go by.
[[nodiscard]] std::string_view landmark_of(semantics::Role role);

// Actions of the Action interface, in the order of their indices; all others have interfaces of their own.
struct NamedAction {
    semantics::Action action;
    const char* name;
};
[[nodiscard]] std::vector<NamedAction> named_actions_of(const semantics::Node& node);

}  // namespace pillarbox::bridge
