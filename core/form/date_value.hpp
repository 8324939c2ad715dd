// SPDX-License-Identifier: GPL-3.0-or-later
//
// Dates and times of expressions: ISO 8601 as XML Schema writes it, the proleptic Gregorian calendar, no leap
// seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pillarbox::form {

struct DateValue {
    enum class Precision { day, time, invalid };  // invalid: what date() makes of a text that is none
    std::int64_t milliseconds = 0;                // since 1970-01-01T00:00:00 UTC
    Precision precision = Precision::day;

    [[nodiscard]] double days() const;  // NaN where invalid
};

// "2023-01-20" ("2023-1-20" too), or with a time "2023-01-20T09:30:00.000+01:00" (seconds, fraction and zone may
// lack). Without a zone it is local.
[[nodiscard]] std::optional<DateValue> parse_date_value(std::string_view text, int utc_offset_minutes);

// "Fri Jan 20 2023 09:30:00 GMT+0100 (...)", as browsers print a date.
[[nodiscard]] std::optional<DateValue> parse_printed_date(std::string_view text);

// "09:30", "09:30:00.000+01:00": the milliseconds since local midnight. Without a zone it is local.
[[nodiscard]] std::optional<std::int64_t> parse_time_of_day(std::string_view text, int utc_offset_minutes);

// "2023-01-20", or "2023-01-20T09:30:00.000+01:00".
// Or "Invalid Date", as other form engines have it.
[[nodiscard]] std::string text_of(const DateValue& date, int utc_offset_minutes);

// Days since 1970-01-01T00:00 UTC as a date; with its time where that is not local midnight. Nothing outside the
// years 0001 to 9999.
[[nodiscard]] std::optional<DateValue> date_of_days(double days, int utc_offset_minutes);

// OpenRosa's format-date: %Y %y %m %n %b %d %e %H %h %M %S %3 %a and %%. Month and weekday names are English.
[[nodiscard]] std::string format_date(const DateValue& date, std::string_view pattern, int utc_offset_minutes);
[[nodiscard]] bool is_date_pattern(std::string_view pattern);  // no other letter after a %

}  // namespace pillarbox::form
