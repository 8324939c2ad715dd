// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/watch.hpp"

#include <string_view>
#include <utility>

namespace pillarbox::bridge {
namespace {

constexpr const char* service = "org.a11y.Bus";
constexpr const char* service_path = "/org/a11y/bus";
constexpr const char* status_interface = "org.a11y.Status";
constexpr const char* properties_interface = "org.freedesktop.DBus.Properties";
constexpr const char* owner_match =
    "type='signal',sender='org.freedesktop.DBus',path='/org/freedesktop/DBus',interface='org.freedesktop.DBus',"
    "member='NameOwnerChanged',arg0='org.a11y.Bus'";
constexpr const char* properties_match =
    "type='signal',sender='org.a11y.Bus',path='/org/a11y/bus',interface='org.freedesktop.DBus.Properties',"
    "member='PropertiesChanged',arg0='org.a11y.Status'";

// Whether one of the two that say that somebody listens is set. The message stands before a{sv}.
bool says_on(sd_bus_message* message) {
    bool on = false;
    if (sd_bus_message_enter_container(message, 'a', "{sv}") <= 0) {
        return false;
    }
    while (sd_bus_message_enter_container(message, 'e', "sv") > 0) {
        const char* name = nullptr;
        int value = 0;
        if (sd_bus_message_read_basic(message, 's', &name) <= 0) {
            return on;
        }
        const bool counts = std::string_view(name) == "IsEnabled" || std::string_view(name) == "ScreenReaderEnabled";
        if (counts && sd_bus_message_read(message, "v", "b", &value) > 0) {
            on = on || value != 0;
        } else if (!counts && sd_bus_message_skip(message, "v") < 0) {
            return on;
        }
        if (sd_bus_message_exit_container(message) < 0) {
            return on;
        }
    }
    return on;
}

}  // namespace

std::unique_ptr<Watch> Watch::open(sd_event* loop, std::string known_address, OnChange on_change) {
    std::unique_ptr<Watch> watch(new Watch(std::move(known_address), std::move(on_change)));
    return watch->start(loop) < 0 ? nullptr : std::move(watch);
}

Watch::Watch(std::string known_address, OnChange on_change)
    : known_address_(std::move(known_address)), on_change_(std::move(on_change)) {}

int Watch::start(sd_event* loop) {
    sd_bus* made = nullptr;
    if (const int status = sd_bus_open_user(&made); status < 0) {
        return status;
    }
    bus_.reset(made);
    for (const int status :
         {sd_bus_match_signal(made, nullptr, "org.freedesktop.DBus.Local", "/org/freedesktop/DBus/Local",
                              "org.freedesktop.DBus.Local", "Disconnected", &Watch::on_disconnected, this),
          sd_bus_add_match_async(made, nullptr, owner_match, &Watch::on_owner, nullptr, this),
          sd_bus_add_match_async(made, nullptr, properties_match, &Watch::on_properties, nullptr, this),
          sd_bus_attach_event(made, loop, SD_EVENT_PRIORITY_NORMAL)}) {
        if (status < 0) {
            return status;
        }
    }
    ask_status();
    return 0;
}

void Watch::ask_again() {
    ask_status();
}

Message Watch::call(const char* interface, const char* member) const {
    sd_bus_message* made = nullptr;
    static_cast<void>(sd_bus_message_new_method_call(bus_.get(), &made, service, service_path, interface, member));
    Message message(made);
    if (made != nullptr) {
        static_cast<void>(sd_bus_message_set_auto_start(made, 0));
    }
    return message;
}

void Watch::ask_status() {
    const auto message = call(properties_interface, "GetAll");
    if (message == nullptr || sd_bus_message_append_basic(message.get(), 's', status_interface) < 0 ||
        sd_bus_call_async(bus_.get(), nullptr, message.get(), &Watch::on_status, this, 0) < 0) {
        link_ = Link::lost;
    }
}

void Watch::ask_address() {
    const auto message = call(service, "GetAddress");
    if (message == nullptr ||
        sd_bus_call_async(bus_.get(), nullptr, message.get(), &Watch::on_address, this, 0) < 0) {
        link_ = Link::lost;
    }
}

int Watch::on_owner(sd_bus_message* signal, void* data, sd_bus_error* /*error*/) {
    auto& watch = *static_cast<Watch*>(data);
    const char* owner = nullptr;
    if (sd_bus_message_skip(signal, "ss") < 0 || sd_bus_message_read_basic(signal, 's', &owner) <= 0) {
        return 0;
    }
    if (*owner == '\0') {
        watch.on_change_({});
    } else {
        watch.ask_status();
    }
    return 0;
}

int Watch::on_properties(sd_bus_message* /*signal*/, void* data, sd_bus_error* /*error*/) {
    static_cast<Watch*>(data)->ask_status();
    return 0;
}

int Watch::on_status(sd_bus_message* reply, void* data, sd_bus_error* /*error*/) {
    auto& watch = *static_cast<Watch*>(data);
    if (sd_bus_message_is_method_error(reply, nullptr) > 0 || !says_on(reply)) {
        watch.on_change_({});
    } else if (!watch.known_address_.empty()) {
        watch.on_change_(watch.known_address_);
    } else {
        watch.ask_address();
    }
    return 0;
}

int Watch::on_address(sd_bus_message* reply, void* data, sd_bus_error* /*error*/) {
    auto& watch = *static_cast<Watch*>(data);
    const char* address = nullptr;
    const bool told =
        sd_bus_message_is_method_error(reply, nullptr) == 0 && sd_bus_message_read_basic(reply, 's', &address) > 0;
    watch.on_change_(told ? address : "");
    return 0;
}

int Watch::on_disconnected(sd_bus_message* /*signal*/, void* data, sd_bus_error* /*error*/) {
    static_cast<Watch*>(data)->link_ = Link::lost;
    return 0;
}

}  // namespace pillarbox::bridge
