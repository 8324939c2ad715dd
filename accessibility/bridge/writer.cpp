// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/writer.hpp"

#include <utility>

namespace pillarbox::bridge {

std::string path_of(semantics::NodeId id) {
    if (id == semantics::NodeId::none) {
        return application_path;
    }
    return std::string(nodes_path) + "/" + std::to_string(static_cast<std::uint64_t>(id));
}

Writer::Writer(Message message, int status) : owned_(std::move(message)), message_(owned_.get()), status_(status) {
    if (status_ >= 0) {
        note(sd_bus_message_sensitive(message_));
    }
}

Writer Writer::reply_to(sd_bus_message* call) {
    sd_bus_message* made = nullptr;
    const int status = sd_bus_message_new_method_return(call, &made);
    return Writer(Message(made), status);
}

Writer Writer::signal(sd_bus* bus, const std::string& path, const char* interface, const char* member) {
    sd_bus_message* made = nullptr;
    const int status = sd_bus_message_new_signal(bus, &made, path.c_str(), interface, member);
    return Writer(Message(made), status);
}

Writer& Writer::note(int status) {
    if (status_ >= 0 && status < 0) {
        status_ = status;
    }
    return *this;
}

Writer& Writer::basic(char type, const void* value) {
    return status_ < 0 ? *this : note(sd_bus_message_append_basic(message_, type, value));
}

Writer& Writer::text(std::string_view text) {
    // Ends at a NUL, which D-Bus has no way to say.
    return basic('s', std::string(text).c_str());
}

Writer& Writer::number(std::int32_t number) {
    return basic('i', &number);
}

Writer& Writer::unsigned_number(std::uint32_t number) {
    return basic('u', &number);
}

Writer& Writer::real(double number) {
    return basic('d', &number);
}

Writer& Writer::truth(bool value) {
    const int word = value ? 1 : 0;
    return basic('b', &word);
}

Writer& Writer::address(const Address& address) {
    open('r', "so").text(address.name);
    return basic('o', address.path.c_str()).close();
}

Writer& Writer::open(char container, const char* contents) {
    return status_ < 0 ? *this : note(sd_bus_message_open_container(message_, container, contents));
}

Writer& Writer::close() {
    return status_ < 0 ? *this : note(sd_bus_message_close_container(message_));
}

int Writer::send() {
    return status_ < 0 ? status_ : sd_bus_send(nullptr, message_, nullptr);
}

}  // namespace pillarbox::bridge
