// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/date_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <vector>

#include "core/form/table.hpp"

namespace pillarbox::form {
namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t day_ms = 86'400'000;
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::string_view pattern_letters = "YymnbdeHhMS3a%";

// Takes exactly `count` digits off the front.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) {
        return std::nullopt;
    }
    int number = 0;
    for (std::size_t position = 0; position < count; ++position) {
        const char digit = text[position];
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        number = number * 10 + (digit - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool take(std::string_view& text, char expected) {
    const bool taken = text.starts_with(expected);
    text.remove_prefix(taken ? 1 : 0);
    return taken;
}

// One or two digits.
std::optional<int> take_short(std::string_view& text) {
    const bool two = text.size() > 1 && text[1] >= '0' && text[1] <= '9';
    return take_digits(text, two ? 2 : 1);
}

std::optional<std::int64_t> take_day(std::string_view& text) {
    const auto year = take_digits(text, 4);
    const bool first_dash = take(text, '-');
    const auto month = take_short(text);
    const bool second_dash = take(text, '-');
    const auto day = take_short(text);
    if (!year || !month || !day || !first_dash || !second_dash) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *year == 0) {
        return std::nullopt;
    }
    return std::chrono::sys_days(date).time_since_epoch().count();
}

// "09:30", "09:30:15", "09:30:15.5"
std::optional<std::int64_t> take_time(std::string_view& text) {
    const auto hour = take_digits(text, 2);
    const bool colon = take(text, ':');
    const auto minute = take_digits(text, 2);
    if (!hour || !minute || !colon || *hour > 23 || *minute > 59) {
        return std::nullopt;
    }
    std::int64_t milliseconds = (*hour * 60 + *minute) * minute_ms;
    if (!take(text, ':')) {
        return milliseconds;
    }
    const auto second = take_digits(text, 2);
    if (!second || *second > 59) {
        return std::nullopt;
    }
    milliseconds += *second * 1'000;
    if (take(text, '.')) {
        int scale = 100;
        std::size_t digits = 0;
        for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits) {
            milliseconds += static_cast<std::int64_t>(text.front() - '0') * scale;
            scale /= 10;
        }
        if (digits == 0) {
            return std::nullopt;
        }
    }
    return milliseconds;
}

// "Z", "+01:00", "+01"; nothing given is `local_minutes`.
std::optional<int> take_zone(std::string_view& text, int local_minutes) {
    if (text.empty()) {
        return local_minutes;
    }
    if (take(text, 'Z')) {
        return 0;
    }
    const int sign = text.front() == '-' ? -1 : 1;
    if (text.front() != '-' && text.front() != '+') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const auto hours = take_digits(text, 2);
    const bool colon = take(text, ':');
    const auto minutes = text.empty() && !colon ? std::optional(0) : take_digits(text, 2);
    if (!hours || !minutes || *hours > 14 || *minutes > 59) {
        return std::nullopt;
    }
    return sign * (*hours * 60 + *minutes);
}

struct LocalTime {
    std::chrono::year_month_day date;
    std::chrono::weekday weekday;
    int hour, minute, second, millisecond;
};

LocalTime local_time_of(const DateValue& date, int utc_offset_minutes) {
    const std::int64_t local = date.milliseconds + utc_offset_minutes * minute_ms;
    const std::int64_t day = local >= 0 ? local / day_ms : (local - day_ms + 1) / day_ms;
    const auto rest = static_cast<int>(local - day * day_ms);
    const std::chrono::sys_days days{std::chrono::days(day)};
    return {std::chrono::year_month_day(days),
            std::chrono::weekday(days),
            rest / 3'600'000,
            rest / 60'000 % 60,
            rest / 1'000 % 60,
            rest % 1'000};
}

std::string format_letter(char letter, const LocalTime& time) {
    constexpr std::array<std::string_view, 7> weekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    const int year = static_cast<int>(time.date.year());
    const auto month = static_cast<unsigned>(time.date.month());
    const auto day = static_cast<unsigned>(time.date.day());
    switch (letter) {
        case 'Y':
            return fmt::format("{:04}", year);
        case 'y':
            return fmt::format("{:02}", year % 100);
        case 'm':
            return fmt::format("{:02}", month);
        case 'n':
            return fmt::format("{}", month);
        case 'b':
            return std::string(months[month - 1]);
        case 'd':
            return fmt::format("{:02}", day);
        case 'e':
            return fmt::format("{}", day);
        case 'H':
            return fmt::format("{:02}", time.hour);
        case 'h':
            return fmt::format("{}", time.hour);
        case 'M':
            return fmt::format("{:02}", time.minute);
        case 'S':
            return fmt::format("{:02}", time.second);
        case '3':
            return fmt::format("{:03}", time.millisecond);
        case 'a':
            return std::string(weekdays[time.weekday.c_encoding()]);
        default:
            return std::string(1, letter);  // "%%", and letters that is_date_pattern refuses
    }
}

}  // namespace

std::optional<DateValue> parse_date_value(std::string_view text, int utc_offset_minutes) {
    const auto day = take_day(text);
    if (!day) {
        return std::nullopt;
    }
    if (text.empty()) {
        return DateValue{*day * day_ms - utc_offset_minutes * minute_ms, DateValue::Precision::day};
    }
    const bool separated = take(text, 'T') || take(text, ' ');
    const auto time = take_time(text);
    const auto zone = take_zone(text, utc_offset_minutes);
    if (!separated || !time || !zone || !text.empty()) {
        return std::nullopt;
    }
    return DateValue{*day * day_ms + *time - *zone * minute_ms, DateValue::Precision::time};
}

std::optional<DateValue> parse_printed_date(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    if (words.size() < 6 || !words[5].starts_with("GMT")) {
        return std::nullopt;
    }
    const auto month = std::ranges::find(months, words[1]);
    const std::string date = fmt::format("{}-{}-{}", words[3], month - months.begin() + 1, words[2]);
    std::string zone = words[5].substr(3);
    if (zone.size() == 5) {
        zone.insert(3, ":");
    }
    return month == months.end() ? std::nullopt : parse_date_value(date + "T" + words[4] + zone, 0);
}

double DateValue::days() const {
    return precision == Precision::invalid ? std::numeric_limits<double>::quiet_NaN()
                                           : static_cast<double>(milliseconds) / static_cast<double>(day_ms);
}

std::optional<std::int64_t> parse_time_of_day(std::string_view text, int utc_offset_minutes) {
    const auto time = take_time(text);
    const auto zone = take_zone(text, utc_offset_minutes);
    if (!time || !zone || !text.empty()) {
        return std::nullopt;
    }
    return ((*time + (utc_offset_minutes - *zone) * minute_ms) % day_ms + day_ms) % day_ms;
}

std::string text_of(const DateValue& date, int utc_offset_minutes) {
    if (date.precision == DateValue::Precision::invalid) {
        return "Invalid Date";
    }
    const std::string day = format_date(date, "%Y-%m-%d", utc_offset_minutes);
    if (date.precision == DateValue::Precision::day) {
        return day;
    }
    const int offset = std::abs(utc_offset_minutes);
    return day + format_date(date, "T%H:%M:%S.%3", utc_offset_minutes) +
           fmt::format("{}{:02}:{:02}", utc_offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

std::optional<DateValue> date_of_days(double days, int utc_offset_minutes) {
    constexpr double first_day = -719'162;  // 0001-01-01
    constexpr double last_day = 2'932'897;  // 10000-01-01
    if (!(days >= first_day && days < last_day)) {
        return std::nullopt;
    }
    const auto milliseconds = static_cast<std::int64_t>(std::llround(days * static_cast<double>(day_ms)));
    const bool midnight = (milliseconds + utc_offset_minutes * minute_ms) % day_ms == 0;
    return DateValue{milliseconds, midnight ? DateValue::Precision::day : DateValue::Precision::time};
}

std::string format_date(const DateValue& date, std::string_view pattern, int utc_offset_minutes) {
    const LocalTime time = local_time_of(date, utc_offset_minutes);
    std::string text;
    for (std::size_t position = 0; position < pattern.size(); ++position) {
        const bool letter_follows = pattern[position] == '%' && position + 1 < pattern.size();
        text += letter_follows ? format_letter(pattern[++position], time) : std::string(1, pattern[position]);
    }
    return text;
}

bool is_date_pattern(std::string_view pattern) {
    for (std::size_t position = 0; position < pattern.size(); ++position) {
        if (pattern[position] != '%') {
            continue;
        }
        ++position;
        if (position == pattern.size() || pattern_letters.find(pattern[position]) == std::string_view::npos) {
            return false;
        }
    }
    return true;
}

}  // namespace pillarbox::form
