// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/day.hpp"

#include <fmt/format.h>

#include <charconv>

namespace pillarbox::base {
namespace {

bool read_digits(std::string_view text, unsigned& number) {
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    return status == std::errc{} && end == text.data() + text.size() && text.front() != '-';
}

}  // namespace

Result<Day> parse_day(std::string_view text) {
    unsigned year = 0;
    unsigned month = 0;
    unsigned day = 0;
    const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' &&
                        read_digits(text.substr(0, 4), year) && read_digits(text.substr(5, 2), month) &&
                        read_digits(text.substr(8, 2), day);
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)}, std::chrono::month{month},
                                           std::chrono::day{day}};
    if (!shaped || !date.ok()) {
        return fail(ErrorCode::malformed, {}, "Not a date.", "Write it as year-month-day, for example 2023-01-27.");
    }
    return Day{date};
}

std::string format_day(Day day) {
    const std::chrono::year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

}  // namespace pillarbox::base
