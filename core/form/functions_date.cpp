// SPDX-License-Identifier: GPL-3.0-or-later
//
// Functions of dates. now() is the day's midnight: a kiosk records days, never times.
#include <array>
#include <cmath>
#include <limits>

#include "core/form/functions.hpp"

namespace pillarbox::form {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double day_ms = 86'400'000.0;

DateValue today_of(const Call& call, DateValue::Precision precision) {
    const auto days = call.evaluation.surroundings.today.time_since_epoch().count();
    return {std::int64_t{days} * 86'400'000 - call.utc_offset_minutes() * std::int64_t{60'000}, precision};
}

Value today(const Call& call) {
    return today_of(call, DateValue::Precision::day);
}
Value now(const Call& call) {
    return today_of(call, DateValue::Precision::time);
}

// The argument as a date: a date, a text that is one, or days since 1970-01-01.
std::optional<DateValue> date_argument(const Call& call, std::size_t index) {
    const Value given = call.value(index);
    if (const DateValue* date = std::get_if<DateValue>(&given)) {
        return date->precision == DateValue::Precision::invalid ? std::nullopt : std::optional(*date);
    }
    if (std::holds_alternative<bool>(given)) {
        return std::nullopt;
    }
    const double days = call.conversion().number(given);
    if (std::holds_alternative<std::string>(given) || std::holds_alternative<NodeSet>(given)) {
        const std::string text = call.conversion().text(given);
        if (const auto parsed = parse_date_value(text, call.utc_offset_minutes())) {
            return parsed;
        }
        if (const auto parsed = parse_printed_date(text)) {
            return parsed;
        }
    }
    return date_of_days(days, call.utc_offset_minutes());
}

// An empty question gives an empty date.
Value date(const Call& call) {
    if (call.text(0).empty()) {
        return std::string();
    }
    return date_argument(call, 0).value_or(DateValue{0, DateValue::Precision::invalid});
}

Value format_date_call(const Call& call) {
    const auto found = date_argument(call, 0);
    return found ? format_date(*found, call.text(1), call.utc_offset_minutes()) : std::string();
}

Value decimal_date_time(const Call& call) {
    const auto found = date_argument(call, 0);
    return found ? found->days() : not_a_number;
}

Value decimal_time(const Call& call) {
    const auto time = parse_time_of_day(call.text(0), call.utc_offset_minutes());
    return time ? static_cast<double>(*time) / day_ms : not_a_number;
}

constexpr std::array functions = {
    Function{"today", 0, 0, today},
    Function{"now", 0, 0, now},
    Function{"date", 1, 1, date},
    Function{"date-time", 1, 1, date},
    Function{"format-date", 2, 2, format_date_call},
    Function{"format-date-time", 2, 2, format_date_call},
    Function{"decimal-date-time", 1, 1, decimal_date_time},
    Function{"decimal-time", 1, 1, decimal_time},
};

}  // namespace

std::span<const Function> date_functions() {
    return functions;
}

}  // namespace pillarbox::form
