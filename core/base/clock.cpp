// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.hpp"

namespace pillarbox::base {

std::chrono::sys_seconds Clock::now() const {
    return today() + std::chrono::floor<std::chrono::seconds>(monotonic());
}

Day SystemClock::today() const {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemClock::monotonic() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

std::chrono::sys_seconds SystemClock::now() const {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Result<std::unique_ptr<Clock>> clock_for(std::string_view today) {
    if (today.empty()) {
        return std::make_unique<SystemClock>();
    }
    const auto day = parse_day(today);
    if (!day.has_value()) {
        return fail(ErrorCode::usage, "--today", day.error().what, day.error().remedy);
    }
    return std::make_unique<FixedDayClock>(*day);
}

}  // namespace pillarbox::base
