// SPDX-License-Identifier: GPL-3.0-or-later
//
// What may be a question's name, and the ways in which a cell says yes and no.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/form/table.hpp"

namespace pillarbox::form {

inline constexpr std::string_view name_remedy =
    "Start names with a letter or underscore, and go on with letters, digits, underscores, hyphens or periods.";

// An XML name without a colon (any character beyond ASCII counts as a letter).
[[nodiscard]] inline bool is_question_name(std::string_view name) {
    const auto starts = [](char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_' ||
               static_cast<unsigned char>(character) >= 0x80;
    };
    return !name.empty() && starts(name.front()) && std::ranges::all_of(name, [&](char character) {
        return starts(character) || (character >= '0' && character <= '9') || character == '-' || character == '.';
    });
}

[[nodiscard]] inline bool is_yes(std::string_view text) {
    const std::string lower = lower_case(text);
    return lower == "yes" || lower == "true" || lower == "true()" || lower == "1";
}

[[nodiscard]] inline bool is_no(std::string_view text) {
    const std::string lower = lower_case(text);
    return lower == "no" || lower == "false" || lower == "false()" || lower == "0";
}

}  // namespace pillarbox::form
