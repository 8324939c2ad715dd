// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/messages/numbers.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

#include "accessibility/messages/languages.hpp"

namespace pillarbox::messages {

namespace {

// CLDR's decimal separators, where they are no point.
constexpr std::array comma_languages{std::string_view("bg"), std::string_view("es"), std::string_view("fr"),
                                     std::string_view("it"), std::string_view("pl"), std::string_view("pt"),
                                     std::string_view("ro"), std::string_view("tr")};

std::string_view code_of(std::string_view language) {
    const auto* found = find_language(language);
    return found == nullptr ? language : found->code;
}

bool is_digit(char letter) {
    return std::isdigit(static_cast<unsigned char>(letter)) != 0;
}

}  // namespace

std::string decimal_point_of(std::string_view language) {
    const auto code = code_of(language);
    if (std::ranges::find(comma_languages, code) != comma_languages.end())
        return ",";
    return code == "fa" ? "\u066b" : ".";
}

std::string format_decimal(std::string_view language, std::string_view number) {
    std::string text;
    for (const char letter : number) {
        if (is_digit(letter))
            text += format_number(language, static_cast<std::uint64_t>(letter - '0'));
        else if (letter == '.')
            text += decimal_point_of(language);
        else
            text += letter;
    }
    return text;
}

std::string format_month(std::string_view language, base::Day day) {
    const std::string date = format_date(language, day);
    if (date == base::format_day(day))
        return date.substr(0, date.rfind('-'));
    // The day stands before the month, and a space after it.
    const auto space = date.find(' ');
    return space == std::string::npos ? date : date.substr(space + 1);
}

}  // namespace pillarbox::messages
