// SPDX-License-Identifier: GPL-3.0-or-later
//
// Switches at the kiosk: what their presses and the person's preferences mean for the scanner, frame by frame. A
// press of a switch while scanning is off turns it on, so that nobody has to touch the screen first: the first switch
// alone scans by itself, and pressing the second makes it two. Costs nothing while it is off.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "accessibility/input/command.hpp"
#include "accessibility/scanning/scanner.hpp"
#include "kiosk/flow/preferences.hpp"

namespace pillarbox::app {

struct SwitchFrame {
    std::optional<semantics::Request> request;  // for this frame
    std::optional<flow::Scanning> turned;       // to be put into the person's preferences
    std::vector<semantics::NodeId> lit;
    bool moved = false;  // the light lies elsewhere than in the frame before
};

class Switches {
  public:
    [[nodiscard]] SwitchFrame read(std::span<const input::Command> commands, const flow::Preferences& preferences,
                                   const semantics::Tree& tree, std::chrono::milliseconds now);
    // When the light moves next without a press, on the clock of `now`.
    [[nodiscard]] std::optional<std::chrono::milliseconds> due() const { return scanner_.due(); }
    void forget();  // a new person

  private:
    scanning::Scanner scanner_;
    std::vector<semantics::NodeId> lit_;
};

}  // namespace pillarbox::app
