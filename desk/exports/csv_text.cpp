// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/exports/csv_text.hpp"

#include <algorithm>
#include <array>

namespace pillarbox::exports {
namespace {

// What a spreadsheet takes for the beginning of a formula; the last four are the full-width = + - @ of East Asian
// input.
constexpr std::array<std::string_view, 8> formula_starts = {
    "=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
// Skipped by some importers before they look for a formula. Tab, CR and LF are dangerous even on their own.
constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view no_break_space = "\xC2\xA0";

std::string_view skip_white_space(std::string_view text) {
    while (!text.empty()) {
        if (white_space.find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
        } else if (text.starts_with(no_break_space)) {
            text.remove_prefix(no_break_space.size());
        } else {
            break;
        }
    }
    return text;
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

}  // namespace

bool is_plain_number(std::string_view text) {
    if (text.starts_with('-')) {
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos) {
        return all_digits(text);
    }
    return all_digits(text.substr(0, point)) && all_digits(text.substr(point + 1));
}

std::string neutralised(std::string_view text) {
    if (text.empty() || is_plain_number(text)) {
        return std::string(text);
    }
    const bool control_first = text.front() == '\t' || text.front() == '\r' || text.front() == '\n';
    const std::string_view visible = skip_white_space(text);
    const bool formula =
        std::ranges::any_of(formula_starts, [&](std::string_view start) { return visible.starts_with(start); });
    return (control_first || formula) ? "'" + std::string(text) : std::string(text);
}

CsvRow& CsvRow::cell(std::string_view text) {
    if (!is_empty_) {
        text_ += ',';
    }
    is_empty_ = false;
    if (text.empty()) {
        return *this;
    }
    const std::string safe = neutralised(text);
    if (safe.find_first_of(",;\t\"\r\n") == std::string::npos) {
        text_ += safe;
        return *this;
    }
    text_ += '"';
    for (const char letter : safe) {
        text_ += letter;
        if (letter == '"') {
            text_ += '"';
        }
    }
    text_ += '"';
    return *this;
}
}  // namespace pillarbox::exports
