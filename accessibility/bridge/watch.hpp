// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether anybody listens, and where: asks the session bus for org.a11y.Bus, whose Status tells whether a screen
// reader or another aid is on. Starts nothing: a desk without accessibility service stays without. Threading: the
// bridge's thread alone.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "accessibility/bridge/bus_handles.hpp"

namespace pillarbox::bridge {

class Watch {
  public:
    // The accessibility bus's address while somebody listens, and empty when nobody does any more.
    using OnChange = std::function<void(const std::string& address)>;
    // Nullptr where there is no session bus. A `known_address` is taken instead of asking for one.
    [[nodiscard]] static std::unique_ptr<Watch> open(sd_event* loop, std::string known_address, OnChange on_change);

    [[nodiscard]] bool is_lost() const { return link_ == Link::lost; }
    // Tells again: after a connection to that address was lost.
    void ask_again();

  private:
    Watch(std::string known_address, OnChange on_change);
    [[nodiscard]] int start(sd_event* loop);
    void ask_status();
    void ask_address();
    [[nodiscard]] Message call(const char* interface, const char* member) const;

    static int on_owner(sd_bus_message* signal, void* watch, sd_bus_error* error);
    static int on_properties(sd_bus_message* signal, void* watch, sd_bus_error* error);
    static int on_status(sd_bus_message* reply, void* watch, sd_bus_error* error);
    static int on_address(sd_bus_message* reply, void* watch, sd_bus_error* error);
    static int on_disconnected(sd_bus_message* signal, void* watch, sd_bus_error* error);

    std::string known_address_;
    OnChange on_change_;
    enum class Link { open, lost };
    Link link_ = Link::open;
    Bus bus_;  // last: its callbacks see the rest
};

}  // namespace pillarbox::bridge
