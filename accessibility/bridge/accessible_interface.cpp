// SPDX-License-Identifier: GPL-3.0-or-later
//
// org.a11y.atspi.Accessible: what every object has. The application is one too: its only child is the window.
#include "accessibility/bridge/served.hpp"

namespace pillarbox::bridge {
namespace {

using semantics::Node;
using semantics::NodeId;

constexpr std::string_view application_name = "Pillarbox";

std::vector<NodeId> children_of(const Served& served) {
    if (served.node != nullptr) {
        return served.screen.children_of(served.node->id);
    }
    const Node* window = served.screen.window();
    return window == nullptr ? std::vector<NodeId>() : std::vector{window->id};
}

Address parent_of(const Served& served, const Node* node) {
    if (node == nullptr) {
        return served.desktop;
    }
    return served.address_of(node == served.screen.window() ? NodeId::none : node->parent);
}

std::string name_of(const Served& served, const Node* node) {
    return node == nullptr ? std::string(application_name) : served.screen.name_of(*node);
}

BusRole role_of(const Served& served, const Node* node) {
    return node == nullptr ? BusRole::application : served.screen.role_of(*node);
}

StateSet states_of(const Served& served, const Node* node) {
    return node == nullptr ? StateSet().add(State::enabled).add(State::sensitive) : served.screen.states_of(*node);
}

std::string locale_of(const Served& served) {
    const Node* node = served.node == nullptr ? served.screen.window() : served.node;
    return node == nullptr ? std::string() : node->lang;
}

void get_name(Writer& writer, const Served& served) {
    writer.text(name_of(served, served.node));
}

void get_description(Writer& writer, const Served& served) {
    writer.text(served.node == nullptr ? std::string() : served.screen.description_of(*served.node));
}

void get_parent(Writer& writer, const Served& served) {
    writer.address(parent_of(served, served.node));
}

void get_child_count(Writer& writer, const Served& served) {
    writer.number(static_cast<std::int32_t>(children_of(served).size()));
}

void get_locale(Writer& writer, const Served& served) {
    writer.text(locale_of(served));
}

void get_accessible_id(Writer& writer, const Served& served) {
    writer.text(served.node == nullptr ? std::string() : served.node->key);
}

void get_help(Writer& writer, const Served& served) {
    writer.text(served.node == nullptr ? std::string() : served.node->hint);
}

int get_child_at_index(sd_bus_message* call, Served& served) {
    const std::int32_t index = read_number(call);
    const auto children = children_of(served);
    if (index < 0 || static_cast<std::size_t>(index) >= children.size()) {
        return answer_address(call, served.nobody());
    }
    return answer_address(call, served.address_of(children[static_cast<std::size_t>(index)]));
}

int get_children(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    reply.open('a', "(so)");
    for (const NodeId child : children_of(served)) {
        reply.address(served.address_of(child));
    }
    return reply.close().send();
}

int get_index_in_parent(sd_bus_message* call, Served& served) {
    return answer_number(call, served.node == nullptr ? -1 : served.screen.index_of(*served.node));
}

int get_relation_set(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    reply.open('a', "(ua(so))");
    if (served.node != nullptr) {
        for (const auto& [relation, targets] : served.screen.relations_of(*served.node)) {
            reply.open('r', "ua(so)").unsigned_number(static_cast<std::uint32_t>(relation)).open('a', "(so)");
            for (const NodeId target : targets) {
                reply.address(served.address_of(target));
            }
            reply.close().close();
        }
    }
    return reply.close().send();
}

int get_role(sd_bus_message* call, Served& served) {
    const auto role = static_cast<std::uint32_t>(role_of(served, served.node));
    return Writer::reply_to(call).unsigned_number(role).send();
}

int get_role_name(sd_bus_message* call, Served& served) {
    return answer_text(call, bridge::name_of(role_of(served, served.node)));
}

int get_state(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    write_states(reply, states_of(served, served.node));
    return reply.send();
}

int get_attributes(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    reply.open('a', "{ss}");
    if (served.node != nullptr) {
        for (const auto& [name, value] : served.screen.attributes_of(*served.node)) {
            reply.open('e', "ss").text(name).text(value).close();
        }
    }
    return reply.close().send();
}

int get_application(sd_bus_message* call, Served& served) {
    return answer_address(call, served.address_of(NodeId::none));
}

int get_interfaces(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    write_interfaces(reply, served.screen, served.node);
    return reply.send();
}

}  // namespace

void write_cache_item(Writer& writer, const Served& served, const Node* node, std::int32_t index) {
    const NodeId id = node == nullptr ? NodeId::none : node->id;
    const bool is_application = node == nullptr;
    const auto window_count = served.screen.window() == nullptr ? 0 : 1;
    const auto child_count =
        is_application ? window_count : static_cast<std::int32_t>(served.screen.children_of(id).size());
    writer.open('r', cache_item)
        .address(served.address_of(id))
        .address(served.address_of(NodeId::none))
        .address(parent_of(served, node))
        .number(index)
        .number(child_count);
    write_interfaces(writer, served.screen, node);
    writer.text(name_of(served, node))
        .unsigned_number(static_cast<std::uint32_t>(role_of(served, node)))
        .text(is_application ? std::string() : served.screen.description_of(*node));
    write_states(writer, states_of(served, node));
    writer.close();
}

const sd_bus_vtable* accessible_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_PROPERTY("Name", "s", on_get<get_name>, 0, 0),
        SD_BUS_PROPERTY("Description", "s", on_get<get_description>, 0, 0),
        SD_BUS_PROPERTY("Parent", "(so)", on_get<get_parent>, 0, 0),
        SD_BUS_PROPERTY("ChildCount", "i", on_get<get_child_count>, 0, 0),
        SD_BUS_PROPERTY("Locale", "s", on_get<get_locale>, 0, 0),
        SD_BUS_PROPERTY("AccessibleId", "s", on_get<get_accessible_id>, 0, 0),
        SD_BUS_PROPERTY("HelpText", "s", on_get<get_help>, 0, 0),
        SD_BUS_METHOD("GetChildAtIndex", "i", "(so)", on_call<get_child_at_index>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetChildren", "", "a(so)", on_call<get_children>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetIndexInParent", "", "i", on_call<get_index_in_parent>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetRelationSet", "", "a(ua(so))", on_call<get_relation_set>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetRole", "", "u", on_call<get_role>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetRoleName", "", "s", on_call<get_role_name>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetLocalizedRoleName", "", "s", on_call<get_role_name>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetState", "", "au", on_call<get_state>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetAttributes", "", "a{ss}", on_call<get_attributes>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetApplication", "", "(so)", on_call<get_application>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetInterfaces", "", "as", on_call<get_interfaces>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
    };
    return table;
}

}  // namespace pillarbox::bridge
