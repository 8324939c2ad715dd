// SPDX-License-Identifier: GPL-3.0-or-later
//
// org.a11y.atspi.Application, of the root alone, and org.a11y.atspi.Cache: all objects in one answer, so that a first
// walk needs no call for each.
#include "accessibility/bridge/served.hpp"

namespace pillarbox::bridge {
namespace {

void get_toolkit_name(Writer& writer, const Served& /*served*/) {
    writer.text("Pillarbox");
}

void get_version(Writer& writer, const Served& /*served*/) {
    writer.text(PILLARBOX_VERSION);
}

void get_atspi_version(Writer& writer, const Served& /*served*/) {
    writer.text("2.1");
}

void get_number(Writer& writer, const Served& served) {
    writer.number(served.number);
}

// The registry numbers applications.
int set_number(sd_bus* /*bus*/, const char* /*path*/, const char* /*interface*/, const char* /*property*/,
               sd_bus_message* value, void* served, sd_bus_error* /*error*/) {
    static_cast<Served*>(served)->number = read_number(value);
    return 0;
}

int get_locale(sd_bus_message* call, Served& served) {
    const auto* window = served.screen.window();
    return answer_text(call, window == nullptr ? std::string() : window->lang);
}

int get_items(sd_bus_message* call, Served& served) {
    auto reply = Writer::reply_to(call);
    reply.open('a', "((so)(so)(so)iiassusau)");
    write_cache_item(reply, served, nullptr, -1);
    for (const auto* node : served.screen.nodes()) {
        write_cache_item(reply, served, node, served.screen.index_of(*node));
    }
    return reply.close().send();
}

}  // namespace

const sd_bus_vtable* application_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_PROPERTY("ToolkitName", "s", on_get<get_toolkit_name>, 0, 0),
        SD_BUS_PROPERTY("Version", "s", on_get<get_version>, 0, 0),
        SD_BUS_PROPERTY("AtspiVersion", "s", on_get<get_atspi_version>, 0, 0),
        SD_BUS_WRITABLE_PROPERTY("Id", "i", on_get<get_number>, set_number, 0, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_METHOD("GetLocale", "u", "s", on_call<get_locale>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
    };
    return table;
}

const sd_bus_vtable* cache_table() {
    static const sd_bus_vtable table[] = {
        SD_BUS_VTABLE_START(0),
        SD_BUS_METHOD("GetItems", "", "a((so)(so)(so)iiassusau)", on_call<get_items>, SD_BUS_VTABLE_UNPRIVILEGED),
        SD_BUS_VTABLE_END,
    };
    return table;
}

}  // namespace pillarbox::bridge
