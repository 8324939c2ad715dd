// SPDX-License-Identifier: GPL-3.0-or-later
//
// Shows the semantic tree to assistive technology over AT-SPI2, so that a real screen reader sees the kiosk: a second
// exporter beside the kiosk's own speech. https://gitlab.gnome.org/GNOME/at-spi2-core has the protocol (2.46).
//
// Threading: a thread of its own serves the bus, from immutable snapshots, so that a client that walks the whole tree
// waits for no frame and no frame waits for a client. What clients want done goes into the RequestQueue.
// While nobody listens the thread sleeps, holds no snapshot, and follow() is one atomic read.
#pragma once

#include <memory>
#include <string>

#include "accessibility/bridge/vocabulary.hpp"
#include "accessibility/semantics/request.hpp"
#include "accessibility/semantics/tree.hpp"

namespace pillarbox::bridge {

struct Settings {
    Answers answers = Answers::guarded;
    std::string accessibility_bus{};  // AT_SPI_BUS_ADDRESS; empty: whatever the session bus says
    enum class SessionBus { none, present };
    SessionBus session_bus = SessionBus::none;
};

// What this process's environment tells of the two buses.
[[nodiscard]] Settings settings_from_environment(Answers answers);

// Whether the frame just drawn is what the person will see, or another follows at once.
enum class Frame { at_rest, more_follow };

class Bridge {
  public:
    // Nullptr without any bus: no thread then. `published` and `requests` must outlive the bridge.
    [[nodiscard]] static std::unique_ptr<Bridge> start(const Settings& settings,
                                                       const semantics::TreePublisher& published,
                                                       semantics::RequestQueue& requests);
    ~Bridge();  // stops the thread
    Bridge(const Bridge&) = delete;
    Bridge& operator=(const Bridge&) = delete;

    // The drawing thread, after each frame: lets the bus know of a tree that changed. What comes to rest is told at
    // once; until then changes are gathered for a moment.
    void follow(Frame frame);

  private:
    class Thread;
    explicit Bridge(std::unique_ptr<Thread> thread);
    std::unique_ptr<Thread> thread_;
};

}  // namespace pillarbox::bridge
