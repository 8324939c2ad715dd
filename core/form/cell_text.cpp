// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/cell_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cmath>
#include <map>

#include "core/form/xml.hpp"

namespace pillarbox::form {
namespace {

std::optional<double> parse_number(std::string_view lexical) {
    double number = 0;
    const char* end = lexical.data() + lexical.size();
    const auto [stopped, error] = std::from_chars(lexical.data(), end, number);
    if (error != std::errc{} || stopped != end || !std::isfinite(number)) {
        return std::nullopt;
    }
    return number;
}

// Spreadsheets write control characters as _xHHHH_; the carriage return is the only one that people's files hold.
std::string without_carriage_returns(std::string text) {
    constexpr std::string_view escaped = "_x000D_";
    for (std::size_t at = text.find(escaped); at != std::string::npos; at = text.find(escaped, at)) {
        text.erase(at, escaped.size());
    }
    std::erase(text, '\r');
    return text;
}

// ECMA-376 part 1 section 18.8.30: the built-in formats that show dates and times.
NumberFormat built_in_format(unsigned id) {
    if (id == 22) {
        return NumberFormat::date_time;
    }
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) {
        return NumberFormat::date;
    }
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) {
        return NumberFormat::time;
    }
    return NumberFormat::plain;
}

// A custom format such as `yyyy\-mm\-dd;@`: letters outside quotes, escapes and [brackets] tell. "m" alone is a
// month.
NumberFormat format_of_code(std::string_view code) {
    bool date = false;
    bool time = false;
    for (std::size_t position = 0; position < code.size() && code[position] != ';'; ++position) {
        const char character = code[position];
        if (character == '\\' || character == '_' || character == '*') {
            ++position;
        } else if (character == '"' || character == '[') {
            const std::size_t end = code.find(character == '[' ? ']' : '"', position + 1);
            // "[h]:mm" is a duration; other brackets are colours and locales.
            time = time || (character == '[' && end != std::string_view::npos && end == position + 2 &&
                            std::string_view("hms").find(code[position + 1]) != std::string_view::npos);
            position = end == std::string_view::npos ? code.size() : end;
        } else {
            date = date || std::string_view("yYdD").find(character) != std::string_view::npos;
            time = time || std::string_view("hHsS").find(character) != std::string_view::npos;
        }
    }
    const bool month_only = !date && !time && code.find_first_of("mM") != std::string_view::npos &&
                            code.find_first_not_of("mM;@ -/.") == std::string_view::npos;
    if (date && time) {
        return NumberFormat::date_time;
    }
    return date || month_only ? NumberFormat::date : time ? NumberFormat::time : NumberFormat::plain;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view no_break_space = "\xC2\xA0";
    constexpr std::string_view space = " \t\n\r\f\v";
    for (bool changed = true; changed && !text.empty();) {
        const std::size_t before = text.size();
        text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
        text.remove_suffix(text.size() - std::min(text.find_last_not_of(space) + 1, text.size()));
        if (text.starts_with(no_break_space)) {
            text.remove_prefix(no_break_space.size());
        }
        if (text.ends_with(no_break_space)) {
            text.remove_suffix(no_break_space.size());
        }
        changed = text.size() != before;
    }
    return text;
}

std::string text_of_runs(const pugi::xml_node& item) {
    std::string text;
    for (const pugi::xml_node& part : item.children()) {
        const std::string_view name = local_name(part);
        if (name == "t") {
            text += part.text().get();
        } else if (name == "r") {
            text += child_of(part, "t").text().get();
        }
    }
    return without_carriage_returns(std::move(text));
}

std::optional<std::string> text_of_number(std::string_view lexical) {
    const std::optional<double> number = parse_number(lexical);
    if (!number) {
        return std::nullopt;
    }
    constexpr double exact_max = 9007199254740992.0;  // 2^53: up to here every integer is itself
    if (std::trunc(*number) == *number && std::abs(*number) <= exact_max) {
        return fmt::format("{}", static_cast<std::int64_t>(*number));
    }
    return fmt::format("{}", *number);
}

std::optional<std::string> text_of_serial(std::string_view lexical, NumberFormat format, DateBase date_base) {
    const std::optional<double> number = parse_number(lexical);
    constexpr double serial_max = 2'958'466.0;  // the day after 9999-12-31
    if (!number || *number < 0 || *number >= serial_max) {
        return std::nullopt;
    }
    const auto seconds = static_cast<std::int64_t>(std::llround(*number * 86'400.0));
    std::int64_t day = seconds / 86'400;
    const std::int64_t second = seconds % 86'400;
    const std::string time = fmt::format("{:02}:{:02}:{:02}", second / 3'600, second / 60 % 60, second % 60);
    if (format == NumberFormat::time && day == 0) {
        return time;
    }
    // Serial 60 is 29 February 1900, a day that never was: the spreadsheets' inherited mistake, so earlier days shift
    // by one.
    const bool before_ghost_day = date_base == DateBase::year_1900 && day < 60;
    using std::chrono::days;
    using std::chrono::sys_days;
    using namespace std::chrono_literals;
    const sys_days zero = date_base == DateBase::year_1904 ? sys_days(std::chrono::year(1904) / 1 / 1)
                                                           : sys_days(std::chrono::year(1899) / 12 / 30);
    day += before_ghost_day ? 1 : 0;
    const std::chrono::year_month_day date(zero + days(day));
    std::string text = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return second == 0 ? text : text + " " + time;
}

std::vector<NumberFormat> read_number_formats(const pugi::xml_node& style_sheet) {
    std::map<unsigned, NumberFormat> custom;
    for (const pugi::xml_node& format : child_of(style_sheet, "numFmts").children()) {
        custom[format.attribute("numFmtId").as_uint()] = format_of_code(format.attribute("formatCode").value());
    }
    std::vector<NumberFormat> formats;
    for (const pugi::xml_node& style : child_of(style_sheet, "cellXfs").children()) {
        const unsigned id = style.attribute("numFmtId").as_uint();
        const auto found = custom.find(id);
        formats.push_back(found == custom.end() ? built_in_format(id) : found->second);
    }
    return formats;
}

}  // namespace pillarbox::form
