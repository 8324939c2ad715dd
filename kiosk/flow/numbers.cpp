// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "core/base/utf8.hpp"

namespace pillarbox::flow {

namespace {

// The zeros of Arabic, Farsi and Urdu, Hindi, Bengali, Panjabi, Gujarati, Tamil, and full-width digits.
constexpr std::array zeros{U'\u0660', U'\u06f0', U'\u0966', U'\u09e6', U'\u0a66', U'\u0ae6', U'\u0be6', U'\uff10'};

char32_t ascii_of(char32_t letter) {
    for (const char32_t zero : zeros)
        if (letter >= zero && letter <= zero + 9)
            return U'0' + (letter - zero);
    return letter;
}

bool parts_thousands(std::string_view number, std::size_t comma) {
    return number.size() - comma - 1 == 3 || number.find(',', comma + 1) != std::string_view::npos;
}

double number_of(const form::Node& range, std::string_view parameter) {
    const auto found = range.parameters.find(parameter);
    return found == range.parameters.end() ? 0 : std::strtod(found->second.c_str(), nullptr);
}

int decimals_in(const form::Node& range, std::string_view parameter) {
    const auto found = range.parameters.find(parameter);
    const auto point = found == range.parameters.end() ? std::string::npos : found->second.find('.');
    return point == std::string::npos ? 0 : static_cast<int>(found->second.size() - point - 1);
}

}  // namespace

std::string with_ascii_digits(std::string_view typed) {
    const auto letters = base::from_utf8(typed);
    if (!letters.has_value())
        return std::string(typed);
    std::string text;
    for (const char32_t letter : *letters)
        base::append_utf8(text, ascii_of(letter));
    return text;
}

std::string as_number(std::string_view typed) {
    std::string number = with_ascii_digits(typed);
    const auto replace = [&number](std::string_view from, std::string_view to) {
        for (auto at = number.find(from); at != std::string::npos; at = number.find(from))
            number.replace(at, from.size(), to);
    };
    replace("\u2212", "-");  // MINUS SIGN
    replace("\u066b", ".");  // ARABIC DECIMAL SEPARATOR
    const auto first = number.find_first_not_of(' ');
    number =
        first == std::string::npos ? std::string{} : number.substr(first, number.find_last_not_of(' ') + 1 - first);
    const auto comma = number.find(',');
    if (comma != std::string::npos && number.find('.') == std::string::npos && !parts_thousands(number, comma))
        number[comma] = '.';
    return number;
}

Scale::Scale(const form::Node& range)
    : start_(number_of(range, "start")),
      decimals_(std::max(decimals_in(range, "start"), decimals_in(range, "step"))) {
    const double length = number_of(range, "end") - start_;
    const double step = std::abs(number_of(range, "step"));
    stride_ = length < 0 ? -step : step;
    constexpr double rounding = 1e-6;
    last_ = step > 0 ? static_cast<std::size_t>(std::floor(std::abs(length) / step + rounding)) : 0;
}

double Scale::number_at(std::size_t step) const {
    return start_ + static_cast<double>(std::min(step, last_)) * stride_;
}

std::string Scale::value_at(std::size_t step) const {
    auto text = fmt::format("{:.{}f}", number_at(step), decimals_);
    return text.find_first_not_of("-0.") == std::string::npos && text.front() == '-' ? text.substr(1) : text;
}

std::optional<std::size_t> Scale::step_of(std::string_view value) const {
    const std::string text(value);
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || stride_ == 0)
        return std::nullopt;
    const double step = std::round((number - start_) / stride_);
    if (!(step >= 0 && step <= static_cast<double>(last_)))
        return std::nullopt;
    return static_cast<std::size_t>(step);
}

}  // namespace pillarbox::flow
