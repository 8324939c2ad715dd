// SPDX-License-Identifier: GPL-3.0-or-later
//
// sd-bus and sd-event objects that let go of themselves. Internal to this folder. Threading: the bridge's thread
// alone.
#pragma once

#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

#include <memory>

namespace pillarbox::bridge {

struct BusDeleter {
    // Without a flush: what a bus that hangs has not taken is not worth a thread that hangs.
    void operator()(sd_bus* bus) const {
        sd_bus_detach_event(bus);
        sd_bus_close(bus);
        sd_bus_unref(bus);
    }
};
struct MessageDeleter {
    void operator()(sd_bus_message* message) const { sd_bus_message_unref(message); }
};
struct EventLoopDeleter {
    void operator()(sd_event* loop) const { sd_event_unref(loop); }
};
struct SourceDeleter {
    void operator()(sd_event_source* source) const { sd_event_source_disable_unref(source); }
};

using Bus = std::unique_ptr<sd_bus, BusDeleter>;
using Message = std::unique_ptr<sd_bus_message, MessageDeleter>;
using EventLoop = std::unique_ptr<sd_event, EventLoopDeleter>;
using Source = std::unique_ptr<sd_event_source, SourceDeleter>;

}  // namespace pillarbox::bridge
