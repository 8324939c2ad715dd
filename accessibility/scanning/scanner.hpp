// SPDX-License-Identifier: GPL-3.0-or-later
//
// One or two switches instead of a finger. A light goes over the groups of the screen (scan_plan.hpp), then over the
// things of the chosen group, and a switch presses what is lit. With one switch the light moves by itself at the
// person's pace; with two, one moves it and the other chooses.
//
//     scanner.step(tree, {Mode::one_switch, 1500ms}, Press::choose, now).request     what to do, as by a finger
//     scanner.lit()                                                                   what to light
//
// Pure but for its own state: no clock and no screen. A press counts for what was lit when it came, however late the
// frame. One thread.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "accessibility/scanning/scan_plan.hpp"
#include "accessibility/semantics/request.hpp"
#include "accessibility/semantics/tree.hpp"

namespace pillarbox::scanning {

enum class Mode { one_switch, two_switches };
enum class Press { none, next, choose };

struct ScanSettings {
    Mode mode = Mode::one_switch;
    std::chrono::milliseconds rest{1500};  // on each thing, before the light goes on by itself
};

struct ScanStep {
    std::optional<semantics::Request> request;
};

class Scanner {
  public:
    // With one switch the light rests after so many rounds in which nothing was chosen, so that a kiosk that was left
    // alone comes to rest too. A press sets it going again.
    static constexpr int rounds_max = 3;

    [[nodiscard]] ScanStep step(const semantics::Tree& tree, const ScanSettings& settings, Press press,
                                std::chrono::milliseconds now);
    void stop() { *this = Scanner(); }

    // A whole group, or one thing of it; empty before the first step and on a screen where nothing can be pressed.
    [[nodiscard]] std::vector<semantics::NodeId> lit() const;
    // When the light goes on without a press.
    [[nodiscard]] std::optional<std::chrono::milliseconds> due() const { return due_; }

  private:
    void follow(const semantics::Tree& tree, std::chrono::milliseconds now);
    void advance();
    [[nodiscard]] std::optional<semantics::Request> choose(const semantics::Tree& tree);

    std::vector<ScanGroup> plan_;
    semantics::NodeId page_ = semantics::NodeId::none;
    semantics::NodeId modal_ = semantics::NodeId::none;
    enum class Level { groups, items } level_ = Level::groups;
    std::size_t group_ = 0;
    std::size_t item_ = 0;
    int rounds_ = 0;
    std::chrono::milliseconds moved_{0};
    std::optional<std::chrono::milliseconds> due_;
};

}  // namespace pillarbox::scanning
