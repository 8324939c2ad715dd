// SPDX-License-Identifier: GPL-3.0-or-later
//
// A civil date (proleptic Gregorian, no time of day, no zone). The project records days, never times: see "No order,
// no clock".
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace pillarbox::base {

using Day = std::chrono::sys_days;

[[nodiscard]] Result<Day> parse_day(std::string_view text);  // exactly "YYYY-MM-DD", a date that exists
[[nodiscard]] std::string format_day(Day day);               // "YYYY-MM-DD"

}  // namespace pillarbox::base
