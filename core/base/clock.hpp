// SPDX-License-Identifier: GPL-3.0-or-later
//
// Time comes in through this interface, so that tests and demos can set it. Nothing else in the project reads a
// clock.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "core/base/day.hpp"
#include "core/base/result.hpp"

namespace pillarbox::base {

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Day today() const = 0;
    // Milliseconds since some start; never goes back. For idle time and back-off, never stored.
    [[nodiscard]] virtual std::chrono::milliseconds monotonic() const = 0;
    // The moment, UTC: to compare the clocks of two machines. It decides nothing and is never stored.
    [[nodiscard]] virtual std::chrono::sys_seconds now() const;
};

class SystemClock : public Clock {
  public:
    [[nodiscard]] Day today() const override;  // UTC
    [[nodiscard]] std::chrono::milliseconds monotonic() const override;
    [[nodiscard]] std::chrono::sys_seconds now() const override;
};

// A clock that stays on one day (--today) while its monotonic time runs on.
class FixedDayClock : public SystemClock {
  public:
    explicit FixedDayClock(Day day) : day_(day) {}
    [[nodiscard]] Day today() const override { return day_; }

  private:
    Day day_;
};

// The clock behind every program's --today: the system's where `today` is empty, else one that stays on that day.
// `usage` where it is no day.
[[nodiscard]] Result<std::unique_ptr<Clock>> clock_for(std::string_view today);

// A clock that only moves when told to.
class ManualClock : public Clock {
  public:
    explicit ManualClock(Day day) : day_(day) {}
    [[nodiscard]] Day today() const override { return day_; }
    [[nodiscard]] std::chrono::milliseconds monotonic() const override { return now_; }
    void set_day(Day day) { day_ = day; }
    void advance(std::chrono::milliseconds by) { now_ += by; }

  private:
    Day day_;
    std::chrono::milliseconds now_{0};
};

}  // namespace pillarbox::base
