// SPDX-License-Identifier: GPL-3.0-or-later
//
// One connection to the accessibility bus: registers the kiosk with the registry, answers calls from the screen that
// clients were last told of, and tells them of each new one. Nothing here waits: a bus that does not take what it is
// sent is left. Threading: the bridge's thread alone.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "accessibility/bridge/bus_handles.hpp"
#include "accessibility/bridge/events.hpp"
#include "accessibility/bridge/served.hpp"

namespace pillarbox::bridge {

class Session {
  public:
    using Ask = std::function<bool(semantics::Request)>;
    // Nullptr where the address is none. `on_joined` when the registry has taken us in: time to show a first screen.
    [[nodiscard]] static std::unique_ptr<Session> open(sd_event* loop, const std::string& address, Ask ask,
                                                       std::function<void()> on_joined);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() = default;

    // Events for all that differs from the screen before.
    void show(Screen screen);
    // The connection has ended, or more waits to be written than a bus that works lets wait.
    [[nodiscard]] bool is_lost() const;

  private:
    Session(sd_event* loop, Ask ask, std::function<void()> on_joined);
    [[nodiscard]] int start(const std::string& address);
    [[nodiscard]] int serve();
    [[nodiscard]] int embed();
    [[nodiscard]] int send(const Event& event);
    [[nodiscard]] int announce(const Event& event);
    [[nodiscard]] int wait_for_quiet(const Event& event);

    static int on_quiet(sd_event_source* source, std::uint64_t time, void* session);
    static int on_connected(sd_bus_message* signal, void* session, sd_bus_error* error);
    static int on_registry(sd_bus_message* signal, void* session, sd_bus_error* error);
    static int on_embedded(sd_bus_message* reply, void* session, sd_bus_error* error);
    static int on_disconnected(sd_bus_message* signal, void* session, sd_bus_error* error);
    static int find(sd_bus* bus, const char* path, const char* interface, void* session, void** found,
                    sd_bus_error* error);

    sd_event* loop_;
    Served served_;
    std::vector<Event> polite_;  // announcements that wait for a quiet moment, one a node
    Source quiet_;               // when it has come
    std::function<void()> on_joined_;
    enum class Link { open, lost };
    Link link_ = Link::open;
    enum class Registration { none, asked, joined };
    Registration registration_ = Registration::none;
    Bus bus_;  // last: its callbacks see the rest
};

}  // namespace pillarbox::bridge
