// SPDX-License-Identifier: GPL-3.0-or-later
//
// An X server with a touchscreen, a mouse and a keyboard that the test plays: Xorg with the `dummy` screen driver and
// its own `inputtest` input driver. What is injected goes the way of real input: driver, server, XInput, window.
// Needs root, as Xorg does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.hpp"
#include "tests/support/x_server.hpp"

namespace pillarbox::tests {

// What the driver is told of a finger, in XInput's numbers.
enum class TouchPart : std::uint32_t { begin = 18, update = 19, end = 20 };

class TouchServer {
  public:
    // Writes its configuration, log and sockets into `folder`. Error: why it can't be had here.
    [[nodiscard]] static base::Result<std::unique_ptr<TouchServer>> start(const std::filesystem::path& folder,
                                                                          int width, int height);
    ~TouchServer();
    TouchServer(const TouchServer&) = delete;
    TouchServer& operator=(const TouchServer&) = delete;

    // Each returns once the server has dealt with it. Places are px of the screen.
    void touch(TouchPart part, std::uint32_t finger, float x, float y);
    void tap(std::uint32_t finger, float x, float y);  // held for 30 ms
    void move_mouse(float x, float y);
    enum class Button { pressed, released };
    void mouse_button(Button button);
    void key(int code, Button button);  // X key codes: 24 is the key of Q, 36 Return

  private:
    TouchServer(XServer server, int width, int height);
    void send(int socket, std::span<const std::byte> event) const;

    XServer server_;
    float width_;
    float height_;
    int touch_ = -1;
    int mouse_ = -1;
    int keys_ = -1;
};

}  // namespace pillarbox::tests
