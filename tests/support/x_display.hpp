// SPDX-License-Identifier: GPL-3.0-or-later
//
// An X server without a screen for one test: Xvfb on a free display, stopped at the end. Where Xvfb is not installed
// there is none, and the test says SKIPPED.
//
//     const auto display = tests::XDisplay::start();
//     if (!display) { WARN("SKIPPED: window: Xvfb is not installed"); return; }
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "tests/support/x_server.hpp"

namespace pillarbox::tests {

class XDisplay {
  public:
    // Starts Xvfb with one screen of width x height px, 24 bits deep, waits until it answers, and sets DISPLAY for
    // this process and its children. Null where that is impossible.
    [[nodiscard]] static std::unique_ptr<XDisplay> start(int width = 1080, int height = 1920);

    [[nodiscard]] const std::string& name() const { return server_.name(); }  // ":99"

  private:
    explicit XDisplay(XServer server) : server_(std::move(server)) {}
    XServer server_;
};

}  // namespace pillarbox::tests
