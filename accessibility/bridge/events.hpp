// SPDX-License-Identifier: GPL-3.0-or-later
//
// What changed between two screens, as the events that screen readers wait for, in the order in which they make sense
// of them: what is gone and new; states and names; where the focus went; texts and the caret; announcements last. Who
// hears of the focus reads the node as its cache has it, so its state goes first. A caret that moves in a field
// before the field has the focus would be read as a move in the field left behind. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "accessibility/bridge/screen.hpp"

namespace pillarbox::bridge {

// `first` of an announcement, as AT-SPI numbers it.
inline constexpr std::int32_t polite_announcement = 1;
inline constexpr std::int32_t assertive_announcement = 2;

struct Event {
    // Each is a signal; `detail` says which kind of it.
    enum class Kind {
        node_added,    // to the caches of clients
        node_removed,  // from them
        children_changed,
        state_changed,
        property_change,
        text_changed,
        caret_moved,
        selection_changed,
        announcement,
        window,  // activate, deactivate
    };
    Kind kind{};
    semantics::NodeId source = semantics::NodeId::none;  // none: the application
    std::string_view detail{};                           // of a literal
    std::int32_t first = 0;
    std::int32_t second = 0;
    // What the event is about: nothing, a text, a number, or another node.
    std::variant<std::monostate, std::string, double, semantics::NodeId> subject{};
};

[[nodiscard]] std::vector<Event> events_between(const Screen& before, const Screen& after);

}  // namespace pillarbox::bridge
