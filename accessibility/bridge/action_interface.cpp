// SPDX-License-Identifier: GPL-3.0-or-later
//
// org.a11y.atspi.Action: pressing, and one step up or down. Focus, scrolling and texts have interfaces of their own.
#include "accessibility/bridge/served.hpp"

namespace pillarbox::bridge {
namespace {

const char* name_at(const Served& served, std::int32_t index) {
    const auto actions = named_actions_of(*served.node);
    return index >= 0 && static_cast<std::size_t>(index) < actions.size()
               ? actions[static_cast<std::size_t>(index)].name
               : "";
}

void get_count(Writer& writer, const Served& served) {
    writer.number(static_cast<std::int32_t>(named_actions_of(*served.node).size()));
}

int get_name(sd_bus_message* call, Served& served) {
    return answer_text(call, name_at(served, read_number(call)));
}

// Nothing that the name does not say.
int get_description(sd_bus_message* call, Served& /*served*/) {
    return answer_text(call, "");
}

// What Tab reaches, Enter presses; there are no shortcuts of single buttons.
int get_key_binding(sd_bus_message* call, Served& served) {
    const bool is_click = std::string_view(name_at(served, read_number(call))) == "click";
    const bool takes_key =
        served.node->flags.has(semantics::Flag::focusable) && served.node->role != semantics::Role::text_field;
    return answer_text(call, is_click && takes_key ? "Return" : "");
}

int get_actions(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    reply.open('a', "(sss)");
    for (const auto& action : named_actions_of(*served.node)) {
        reply.open('r', "sss").text(action.name).text("").text("").close();
    }
    return reply.close().send();
}

int do_action(sd_bus_message* call, Served& served) {
    const std::int32_t index = read_number(call);
    const auto actions = named_actions_of(*served.node);
    const bool known = index >= 0 && static_cast<std::size_t>(index) < actions.size();
    return answer_truth(call, known && served.request(actions[static_cast<std::size_t>(index)].action));
}

}  // namespace

const sd_bus_vtable* action_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_PROPERTY("NActions", "i", on_get<get_count>, 0, 0),
        SD_BUS_METHOD("GetName", "i", "s", on_call<get_name>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetLocalizedName", "i", "s", on_call<get_name>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetDescription", "i", "s", on_call<get_description>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetKeyBinding", "i", "s", on_call<get_key_binding>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetActions", "", "a(sss)", on_call<get_actions>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("DoAction", "i", "b", on_call<do_action>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
    };
    return table;
}

}  // namespace pillarbox::bridge
