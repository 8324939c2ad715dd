// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a call over the bus is about, and how the interfaces' tables are written. Each interface of AT-SPI has one
// file with its table; sd-bus checks names and signatures against it and answers what does not fit with an error.
#pragma once

#include <systemd/sd-bus-vtable.h>

#include <cstdint>
#include <functional>
#include <string>

#include "accessibility/bridge/screen.hpp"
#include "accessibility/bridge/writer.hpp"
#include "accessibility/semantics/request.hpp"

namespace pillarbox::bridge {

// Of one connection; a call sees the screen that clients were last told of.
struct Served {
    std::string name{};        // our own on the bus
    Address desktop{};         // that holds all applications
    std::int32_t number = -1;  // that the registry gave us
    Screen screen{};
    // Hands a request to the kiosk; false where too many wait.
    std::function<bool(semantics::Request)> ask{};
    const semantics::Node* node = nullptr;  // that the call is about; none for the application

    [[nodiscard]] Address address_of(semantics::NodeId id) const { return {name, path_of(id)}; }
    [[nodiscard]] Address nobody() const { return {name, nobody_path}; }
    // False without a request where the node cannot do it, or cannot now.
    [[nodiscard]] bool request(semantics::Action action, std::string text = {}, double value = 0) const;
};

template <int (*handle)(sd_bus_message*, Served&)>
int on_call(sd_bus_message* call, void* served, sd_bus_error* /*error*/) {
    return handle(call, *static_cast<Served*>(served));
}

template <void (*write)(Writer&, const Served&)>
int on_get(sd_bus* /*bus*/, const char* /*path*/, const char* /*interface*/, const char* /*property*/,
           sd_bus_message* reply, void* served, sd_bus_error* /*error*/) {
    Writer writer(reply);
    write(writer, *static_cast<const Served*>(served));
    return writer.status();
}

[[nodiscard]] int answer_truth(sd_bus_message* call, bool value);
[[nodiscard]] int answer_number(sd_bus_message* call, std::int32_t number);
[[nodiscard]] int answer_text(sd_bus_message* call, std::string_view text);
[[nodiscard]] int answer_address(sd_bus_message* call, const Address& address);

// What several interfaces answer with. The one says no: what is asked for is the kiosk's or the person's own.
[[nodiscard]] int refuse(sd_bus_message* call, Served& served);
[[nodiscard]] int scroll_to(sd_bus_message* call, Served& served);

// One argument that the table has said is there.
[[nodiscard]] std::int32_t read_number(sd_bus_message* call);
[[nodiscard]] std::uint32_t read_unsigned(sd_bus_message* call);
[[nodiscard]] std::string read_text(sd_bus_message* call);

void write_states(Writer& writer, StateSet states);
void write_interfaces(Writer& writer, const Screen& screen, const semantics::Node* node);
void write_cache_item(Writer& writer, const Served& served, const semantics::Node* node, std::int32_t index);
inline constexpr const char* cache_item = "(so)(so)(so)iiassusau";

[[nodiscard]] const sd_bus_vtable* accessible_table();
[[nodiscard]] const sd_bus_vtable* application_table();
[[nodiscard]] const sd_bus_vtable* component_table();
[[nodiscard]] const sd_bus_vtable* action_table();
[[nodiscard]] const sd_bus_vtable* text_table();
[[nodiscard]] const sd_bus_vtable* editable_text_table();
[[nodiscard]] const sd_bus_vtable* value_table();
[[nodiscard]] const sd_bus_vtable* selection_table();
[[nodiscard]] const sd_bus_vtable* cache_table();

}  // namespace pillarbox::bridge
