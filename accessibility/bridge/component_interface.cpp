// SPDX-License-Identifier: GPL-3.0-or-later
//
// org.a11y.atspi.Component: where a node is, and bringing it there. The kiosk's window fills the screen, so that
// places on the screen and in the window are the same.
#include <cmath>

#include "accessibility/bridge/served.hpp"

namespace pillarbox::bridge {
namespace {

using semantics::Action;
using semantics::Node;
using semantics::Rect;

enum class Origin : std::uint32_t { screen, window, parent };  // as AT-SPI numbers them
constexpr std::uint32_t layer_of_widgets = 3;
constexpr std::uint32_t layer_of_windows = 7;

// The corner that places are told from.
Rect origin_of(const Served& served, std::uint32_t kind) {
    const Node* parent =
        kind == static_cast<std::uint32_t>(Origin::parent) ? served.screen.find(served.node->parent) : nullptr;
    return parent == nullptr ? Rect{} : parent->rect;
}

std::int32_t whole(float length) {
    return static_cast<std::int32_t>(std::lround(length));
}

Rect place_of(sd_bus_message* call, const Served& served) {
    const Rect origin = origin_of(served, read_unsigned(call));
    const Rect& rect = served.node->rect;
    return {rect.x - origin.x, rect.y - origin.y, rect.width, rect.height};
}

// The place that a call names, in the window.
Rect point_of(sd_bus_message* call, const Served& served) {
    const auto x = static_cast<float>(read_number(call));
    const auto y = static_cast<float>(read_number(call));
    const Rect origin = origin_of(served, read_unsigned(call));
    return {x + origin.x, y + origin.y, 0, 0};
}

int contains(sd_bus_message* call, Served& served) {
    const Rect point = point_of(call, served);
    return answer_truth(call, served.node->rect.contains(point.x, point.y));
}

int get_accessible_at_point(sd_bus_message* call, Served& served) {
    const Rect point = point_of(call, served);
    const Node* found = served.screen.at(point.x, point.y);
    for (const Node* up = found; up != nullptr; up = served.screen.find(up->parent)) {
        if (up->id == served.node->id) {
            return answer_address(call, served.address_of(found->id));
        }
    }
    return answer_address(call, served.nobody());
}

int get_extents(sd_bus_message* call, Served& served) {
    const Rect rect = place_of(call, served);
    return Writer::reply_to(call)
        .open('r', "iiii")
        .number(whole(rect.x))
        .number(whole(rect.y))
        .number(whole(rect.width))
        .number(whole(rect.height))
        .close()
        .send();
}

int get_position(sd_bus_message* call, Served& served) {
    const Rect rect = place_of(call, served);
    return Writer::reply_to(call).number(whole(rect.x)).number(whole(rect.y)).send();
}

int get_size(sd_bus_message* call, Served& served) {
    const Rect& rect = served.node->rect;
    return Writer::reply_to(call).number(whole(rect.width)).number(whole(rect.height)).send();
}

int get_layer(sd_bus_message* call, Served& served) {
    const bool is_window = served.node == served.screen.window();
    return Writer::reply_to(call).unsigned_number(is_window ? layer_of_windows : layer_of_widgets).send();
}

int get_order(sd_bus_message* call, Served& /*served*/) {
    return sd_bus_reply_method_return(call, "n", 0);
}

int get_alpha(sd_bus_message* call, Served& /*served*/) {
    return Writer::reply_to(call).real(1.0).send();
}

int grab_focus(sd_bus_message* call, Served& served) {
    return answer_truth(call, served.request(Action::focus));
}

}  // namespace

const sd_bus_vtable* component_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_METHOD("Contains", "iiu", "b", on_call<contains>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetAccessibleAtPoint", "iiu", "(so)", on_call<get_accessible_at_point>,
                      SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetExtents", "u", "(iiii)", on_call<get_extents>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetPosition", "u", "ii", on_call<get_position>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetSize", "", "ii", on_call<get_size>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetLayer", "", "u", on_call<get_layer>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetMDIZOrder", "", "n", on_call<get_order>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetAlpha", "", "d", on_call<get_alpha>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GrabFocus", "", "b", on_call<grab_focus>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("ScrollTo", "u", "b", on_call<scroll_to>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("ScrollToPoint", "uii", "b", on_call<scroll_to>, SD_BUS_VTABLE_UNPRIVILEGED),
        // Layout is the kiosk's.
        SD_BUS_METHOD("SetExtents", "iiiiu", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("SetPosition", "iiu", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("SetSize", "ii", "b", on_call<refuse>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
    };
    return table;
}

}  // namespace pillarbox::bridge
