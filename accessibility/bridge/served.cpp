// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/bridge/served.hpp"

#include <utility>

namespace pillarbox::bridge {

bool Served::request(semantics::Action action, std::string text, double value) const {
    if (node == nullptr || !node->actions.has(action) || !screen.is_reachable(*node)) {
        return false;
    }
    return ask({.node = node->id, .action = action, .text = std::move(text), .value = value});
}

int answer_truth(sd_bus_message* call, bool value) {
    return Writer::reply_to(call).truth(value).send();
}

int answer_number(sd_bus_message* call, std::int32_t number) {
    return Writer::reply_to(call).number(number).send();
}

int answer_text(sd_bus_message* call, std::string_view text) {
    return Writer::reply_to(call).text(text).send();
}

int answer_address(sd_bus_message* call, const Address& address) {
    return Writer::reply_to(call).address(address).send();
}

int refuse(sd_bus_message* call, Served& /*served*/) {
    return answer_truth(call, false);
}

int scroll_to(sd_bus_message* call, Served& served) {
    return answer_truth(call, served.request(semantics::Action::scroll_into_view));
}

std::int32_t read_number(sd_bus_message* call) {
    std::int32_t number = 0;
    static_cast<void>(sd_bus_message_read_basic(call, 'i', &number));
    return number;
}

std::uint32_t read_unsigned(sd_bus_message* call) {
    std::uint32_t number = 0;
    static_cast<void>(sd_bus_message_read_basic(call, 'u', &number));
    return number;
}

std::string read_text(sd_bus_message* call) {
    const char* text = nullptr;
    return sd_bus_message_read_basic(call, 's', &text) > 0 && text != nullptr ? std::string(text) : std::string();
}

void write_states(Writer& writer, StateSet states) {
    const auto [low, high] = states.words();
    writer.open('a', "u").unsigned_number(low).unsigned_number(high).close();
}

void write_interfaces(Writer& writer, const Screen& screen, const semantics::Node* node) {
    writer.open('a', "s");
    for (const Interface interface : every_interface) {
        const bool of_application = interface == Interface::accessible || interface == Interface::application;
        if (node == nullptr ? of_application : screen.has(*node, interface)) {
            writer.text(name_of(interface));
        }
    }
    writer.close();
}

}  // namespace pillarbox::bridge
