// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/session.hpp"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace pillarbox::bridge {
namespace {

using semantics::NodeId;

constexpr const char* registry_name = "org.a11y.atspi.Registry";
constexpr const char* socket_interface = "org.a11y.atspi.Socket";
constexpr const char* registry_match =
    "type='signal',sender='org.freedesktop.DBus',path='/org/freedesktop/DBus',interface='org.freedesktop.DBus',"
    "member='NameOwnerChanged',arg0='org.a11y.atspi.Registry'";

// A page turn is some two hundred messages. More than this waiting means that nobody takes them off the bus.
constexpr std::uint64_t waiting_messages_max = 8192;

struct Table {
    Interface interface;
    const sd_bus_vtable* (*table)();
};
constexpr Table tables[] = {
    {Interface::accessible, accessible_table},
    {Interface::application, application_table},
    {Interface::component, component_table},
    {Interface::action, action_table},
    {Interface::text, text_table},
    {Interface::editable_text, editable_text_table},
    {Interface::value, value_table},
    {Interface::selection, selection_table},
};

// The one way in which we write it: a second one would be a second object for a client's cache.
std::optional<NodeId> id_in(std::string_view path) {
    const std::string_view start = nodes_path;
    if (!path.starts_with(start) || path.size() <= start.size() + 1) {
        return std::nullopt;
    }
    path.remove_prefix(start.size() + 1);
    std::uint64_t number = 0;
    const auto read = std::from_chars(path.data(), path.data() + path.size(), number);
    const bool whole = read.ec == std::errc{} && read.ptr == path.data() + path.size();
    return whole && path.front() != '0' ? std::optional(NodeId{number}) : std::nullopt;
}

struct SignalName {
    const char* interface;
    const char* member;
};

SignalName name_of(const Event& event) {
    constexpr const char* object = "org.a11y.atspi.Event.Object";
    switch (event.kind) {
        case Event::Kind::node_added:
            return {"org.a11y.atspi.Cache", "AddAccessible"};
        case Event::Kind::node_removed:
            return {"org.a11y.atspi.Cache", "RemoveAccessible"};
        case Event::Kind::children_changed:
            return {object, "ChildrenChanged"};
        case Event::Kind::state_changed:
            return {object, "StateChanged"};
        case Event::Kind::property_change:
            return {object, "PropertyChange"};
        case Event::Kind::text_changed:
            return {object, "TextChanged"};
        case Event::Kind::caret_moved:
            return {object, "TextCaretMoved"};
        case Event::Kind::selection_changed:
            return {object, "TextSelectionChanged"};
        case Event::Kind::announcement:
            return {object, "Announcement"};
        case Event::Kind::window:
            break;
    }
    return {"org.a11y.atspi.Event.Window", event.detail == "Activate" ? "Activate" : "Deactivate"};
}

void write_subject(Writer& signal, const Event& event, const Served& served) {
    if (const auto* text = std::get_if<std::string>(&event.subject)) {
        signal.open('v', "s").text(*text).close();
    } else if (const auto* number = std::get_if<double>(&event.subject)) {
        signal.open('v', "d").real(*number).close();
    } else if (const auto* node = std::get_if<NodeId>(&event.subject)) {
        signal.open('v', "(so)").address(served.address_of(*node)).close();
    } else {
        signal.open('v', "i").number(0).close();
    }
}

}  // namespace

std::unique_ptr<Session> Session::open(sd_event* loop, const std::string& address, Ask ask,
                                       std::function<void()> on_joined) {
    std::unique_ptr<Session> session(new Session(loop, std::move(ask), std::move(on_joined)));
    return session->start(address) < 0 ? nullptr : std::move(session);
}

Session::Session(sd_event* loop, Ask ask, std::function<void()> on_joined)
    : loop_(loop), on_joined_(std::move(on_joined)) {
    served_.ask = std::move(ask);
}

int Session::start(const std::string& address) {
    sd_bus* made = nullptr;
    if (const int status = sd_bus_new(&made); status < 0) {
        return status;
    }
    bus_.reset(made);
    // No descriptors from others; and our name by a signal, as asking for it would wait.
    for (const int status : {sd_bus_set_address(made, address.c_str()), sd_bus_set_bus_client(made, 1),
                             sd_bus_negotiate_fds(made, 0), sd_bus_set_connected_signal(made, 1), serve(),
                             sd_bus_start(made), sd_bus_attach_event(made, loop_, SD_EVENT_PRIORITY_NORMAL)}) {
        if (status < 0) {
            return status;
        }
    }
    return 0;
}

int Session::serve() {
    for (const auto& [interface, table] : tables) {
        const int status = sd_bus_add_fallback_vtable(bus_.get(), nullptr, nodes_path, name_of(interface), table(),
                                                      &Session::find, this);
        if (status < 0) {
            return status;
        }
    }
    for (const int status :
         {sd_bus_add_object_vtable(bus_.get(), nullptr, cache_path, "org.a11y.atspi.Cache", cache_table(), &served_),
          sd_bus_match_signal(bus_.get(), nullptr, "org.freedesktop.DBus.Local", "/org/freedesktop/DBus/Local",
                              "org.freedesktop.DBus.Local", "Connected", &Session::on_connected, this),
          sd_bus_match_signal(bus_.get(), nullptr, "org.freedesktop.DBus.Local", "/org/freedesktop/DBus/Local",
                              "org.freedesktop.DBus.Local", "Disconnected", &Session::on_disconnected, this)}) {
        if (status < 0) {
            return status;
        }
    }
    return 0;
}

int Session::find(sd_bus* /*bus*/, const char* path, const char* interface, void* data, void** found,
                  sd_bus_error* /*error*/) {
    auto& session = *static_cast<Session*>(data);
    Served& served = session.served_;
    const std::string_view wanted = interface;
    served.node = nullptr;
    *found = &served;
    if (std::string_view(path) == application_path) {
        return wanted == name_of(Interface::accessible) || wanted == name_of(Interface::application) ? 1 : 0;
    }
    const auto id = id_in(path);
    served.node = id.has_value() ? served.screen.find(*id) : nullptr;
    if (served.node == nullptr) {
        return 0;
    }
    for (const Interface known : every_interface) {
        if (wanted == name_of(known)) {
            return served.screen.has(*served.node, known) ? 1 : 0;
        }
    }
    return 0;
}

int Session::on_connected(sd_bus_message* /*signal*/, void* data, sd_bus_error* /*error*/) {
    auto& session = *static_cast<Session*>(data);
    const char* name = nullptr;
    if (sd_bus_get_unique_name(session.bus_.get(), &name) < 0) {
        session.link_ = Link::lost;
        return 0;
    }
    session.served_.name = name;
    const int matched =
        sd_bus_add_match_async(session.bus_.get(), nullptr, registry_match, &Session::on_registry, nullptr, data);
    if (matched < 0 || session.embed() < 0) {
        session.link_ = Link::lost;
    }
    return 0;
}

// A registry that starts again knows nobody. The first one starts because we asked, and then must not be asked twice.
int Session::on_registry(sd_bus_message* signal, void* data, sd_bus_error* /*error*/) {
    auto& session = *static_cast<Session*>(data);
    const char* owner = nullptr;
    if (sd_bus_message_skip(signal, "ss") < 0 || sd_bus_message_read_basic(signal, 's', &owner) <= 0) {
        return 0;
    }
    if (*owner == '\0') {
        session.registration_ = Registration::none;
    } else if (session.registration_ == Registration::none) {
        static_cast<void>(session.embed());
    }
    return 0;
}

// The registry is started by the bus where it does not run yet, which may take seconds: so the answer comes later.
int Session::embed() {
    sd_bus_message* made = nullptr;
    const int status =
        sd_bus_message_new_method_call(bus_.get(), &made, registry_name, application_path, socket_interface, "Embed");
    const Message call(made);
    if (status < 0) {
        return status;
    }
    registration_ = Registration::asked;
    const int written = Writer(made).address(served_.address_of(NodeId::none)).status();
    return written < 0 ? written : sd_bus_call_async(bus_.get(), nullptr, made, &Session::on_embedded, this, 0);
}

int Session::on_embedded(sd_bus_message* reply, void* data, sd_bus_error* /*error*/) {
    auto& session = *static_cast<Session*>(data);
    const char* name = nullptr;
    const char* path = nullptr;
    const bool taken_in =
        sd_bus_message_is_method_error(reply, nullptr) == 0 && sd_bus_message_read(reply, "(so)", &name, &path) > 0;
    session.registration_ = taken_in ? Registration::joined : Registration::none;
    // Without a registry, whoever finds us is answered all the same.
    session.served_.desktop = taken_in ? Address{name, path} : session.served_.nobody();
    session.show(Screen());  // whoever listens now has heard nothing yet
    session.on_joined_();
    return 0;
}

int Session::on_disconnected(sd_bus_message* /*signal*/, void* data, sd_bus_error* /*error*/) {
    static_cast<Session*>(data)->link_ = Link::lost;
    return 0;
}

bool Session::is_lost() const {
    std::uint64_t waiting = 0;
    return link_ == Link::lost || sd_bus_get_n_queued_write(bus_.get(), &waiting) < 0 ||
           waiting > waiting_messages_max;
}

void Session::show(Screen screen) {
    if (served_.name.empty()) {
        return;  // not on the bus yet: the first screen comes with on_joined_
    }
    const auto events = events_between(served_.screen, screen);
    served_.screen = std::move(screen);
    served_.node = nullptr;
    for (const auto& event : events) {
        const bool polite = event.kind == Event::Kind::announcement && event.first == polite_announcement;
        if ((polite ? wait_for_quiet(event) : send(event)) < 0) {
            link_ = Link::lost;
            return;
        }
    }
}

// A text that changes with every letter, such as how many are left, is said when the letters stop.
int Session::wait_for_quiet(const Event& event) {
    constexpr std::uint64_t quiet_us = 1'000'000;
    constexpr std::uint64_t accuracy_us = 50'000;
    std::erase_if(polite_, [&event](const Event& waiting) { return waiting.source == event.source; });
    polite_.push_back(event);
    sd_event_source* timer = nullptr;
    const int status =
        sd_event_add_time_relative(loop_, &timer, CLOCK_MONOTONIC, quiet_us, accuracy_us, &Session::on_quiet, this);
    quiet_.reset(timer);
    return status;
}

int Session::on_quiet(sd_event_source* /*source*/, std::uint64_t /*time*/, void* data) {
    auto& session = *static_cast<Session*>(data);
    session.quiet_.reset();
    for (const Event& event : std::exchange(session.polite_, {})) {
        if (session.served_.screen.find(event.source) != nullptr && session.send(event) < 0) {
            session.link_ = Link::lost;
        }
    }
    return 0;
}

// In two ways: as a notification that shows, which Orca 43 speaks; and as what at-spi2-core 2.46 brought, which later
// screen readers speak.
int Session::announce(const Event& event) {
    const int shown = send({.kind = Event::Kind::state_changed,
                            .source = event.source,
                            .detail = bridge::name_of(State::showing),
                            .first = 1});
    if (shown < 0) {
        return shown;
    }
    auto signal = Writer::signal(bus_.get(), path_of(event.source), "org.a11y.atspi.Event.Object", "Announcement");
    signal.text("").number(event.first).number(0);
    write_subject(signal, event, served_);
    return signal.open('a', "{sv}").close().send();
}

int Session::send(const Event& event) {
    if (event.kind == Event::Kind::announcement) {
        return announce(event);
    }
    const auto [interface, member] = name_of(event);
    if (event.kind == Event::Kind::node_added || event.kind == Event::Kind::node_removed) {
        auto signal = Writer::signal(bus_.get(), cache_path, interface, member);
        if (event.kind == Event::Kind::node_removed) {
            return signal.address(served_.address_of(event.source)).send();
        }
        write_cache_item(signal, served_, served_.screen.find(event.source), event.first);
        return signal.send();
    }
    auto signal = Writer::signal(bus_.get(), path_of(event.source), interface, member);
    const bool in_member = event.kind == Event::Kind::window;  // which window event it is
    signal.text(in_member ? std::string_view() : event.detail).number(event.first).number(event.second);
    write_subject(signal, event, served_);
    return signal.open('a', "{sv}").close().send();
}

}  // namespace pillarbox::bridge
