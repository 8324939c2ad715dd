// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/value.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace pillarbox::form {
namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};

std::string_view without_xml_space(std::string_view text) {
    constexpr std::string_view space = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
    text.remove_suffix(text.size() - std::min(text.find_last_not_of(space) + 1, text.size()));
    return text;
}

}  // namespace

std::string text_of(double number) {
    if (std::isnan(number)) {
        return "NaN";
    }
    if (std::isinf(number)) {
        return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == 0) {
        return "0";  // also minus zero
    }
    std::array<char, 400> digits{};  // the largest double has 309 digits, the smallest 324 decimals
    // Without the format, it would write 100000 as 1e+05, which is shorter.
    const auto [end, error] =
        std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
    return error == std::errc{} ? std::string(digits.data(), end) : "NaN";
}

double number_of(std::string_view text) {
    constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
    text = without_xml_space(text);
    const std::string_view unsigned_text = text.substr(text.starts_with('-') ? 1 : 0);
    if (unsigned_text.empty() || unsigned_text.find_first_not_of("0123456789.eE-+") != std::string_view::npos) {
        return not_a_number;  // "infinity" and "0x1" are no numbers; exponents are, as in all form engines
    }
    double number = 0;
    const auto [stopped, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && stopped == text.data() + text.size() ? number : not_a_number;
}

std::string Conversion::text_of_node(ElementId id) const {
    std::size_t visited = 0;
    std::string text = effort.spend(0) ? tree.string_value(id, visited) : std::string();
    static_cast<void>(effort.spend(visited));
    return text;
}

std::string Conversion::text(const Value& value) const {
    return std::visit(
        Overloaded{[](const std::string& text) { return text; }, [](double number) { return text_of(number); },
                   [](bool truth) { return std::string(truth ? "true" : "false"); },
                   [&](const DateValue& date) { return text_of(date, utc_offset_minutes); },
                   [&](const NodeSet& nodes) { return nodes.empty() ? std::string() : text_of_node(nodes.front()); }},
        value);
}

double Conversion::number(const Value& value) const {
    return std::visit(
        Overloaded{[&](const std::string& text) {
                       const auto date = parse_date_value(without_xml_space(text), utc_offset_minutes);
                       return date ? date->days() : number_of(text);
                   },
                   [](double number) { return number; }, [](bool truth) { return truth ? 1.0 : 0.0; },
                   [](const DateValue& date) { return date.days(); },
                   [&](const NodeSet& nodes) { return number(nodes.empty() ? Value("") : Value(text(nodes))); }},
        value);
}

bool Conversion::truth(const Value& value) const {
    return std::visit(
        Overloaded{[](const std::string& text) { return !text.empty(); },
                   [](double number) { return number != 0 && !std::isnan(number); }, [](bool truth) { return truth; },
                   [](const DateValue& date) { return date.precision != DateValue::Precision::invalid; },
                   [](const NodeSet& nodes) { return !nodes.empty(); }},
        value);
}

}  // namespace pillarbox::form
