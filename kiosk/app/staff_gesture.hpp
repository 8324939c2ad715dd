// SPDX-License-Identifier: GPL-3.0-or-later
//
// The hidden way to staff mode: the brand in the header held for three seconds, or Control, Shift and Home on a
// hardware keyboard. No node of the tree offers it, so nobody finds it by reading the screen.
#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "accessibility/semantics/geometry.hpp"
#include "kiosk/platform/event.hpp"

namespace pillarbox::app {

inline constexpr std::chrono::milliseconds gesture_hold{3'000};

class StaffGesture {
  public:
    enum class Made { no, yes };
    // Once a frame: its events, and where the brand is (an empty rectangle where there is none).
    [[nodiscard]] Made read(std::span<const platform::Event> events, const semantics::Rect& brand,
                            std::chrono::milliseconds now);

    // When a finger that stays will have stayed long enough.
    [[nodiscard]] std::optional<std::chrono::milliseconds> due() const;

  private:
    std::optional<std::chrono::milliseconds> held_since_;
};

}  // namespace pillarbox::app
