// SPDX-License-Identifier: GPL-3.0-or-later
//
// The languages a campaign may offer: their own names, direction, digits and dates. The choice follows London's
// Census 2021 main languages, with Somali, Hindi and Farsi for outreach.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/day.hpp"

namespace pillarbox::messages {

enum class TextDirection { left_to_right, right_to_left };

struct Language {
    std::string_view code;          // BCP 47, as in the form's "label::Arabic (ar)"
    std::string_view own_name;      // in its own script: what the language button says
    std::string_view english_name;  // for staff
    TextDirection direction;
    char32_t zero;  // the digit 0 that numbers and dates are written with on screen
};

[[nodiscard]] std::span<const Language> languages();

// By code; a region or script ("ar-EG") falls back to its language. Null where it is not known.
[[nodiscard]] const Language* find_language(std::string_view code);

// "en-simple" is Easy Read English: short sentences and everyday words, for people with a learning disability (BCP 47
// registers the variant `simple`). It has texts of its own in a campaign, and the buttons of its language.
[[nodiscard]] bool is_easy_read(std::string_view code);

// For any code: an unknown language is its own name, left to right, with the digits 0-9.
[[nodiscard]] std::string own_name_of(std::string_view code);
[[nodiscard]] TextDirection direction_of(std::string_view code);

// 1234 -> "1234", "১২৩৪": the language's digits, never grouped.
[[nodiscard]] std::string format_number(std::string_view language, std::uint64_t number);

// "27 January 2023", "27 يناير 2023", "2023年1月27日". A language that is not known gets
// "2023-01-27".
[[nodiscard]] std::string format_date(std::string_view language, base::Day day);

// The text between FSI and PDI (UAX #9), so that a code or a name does not disturb the direction of the words around
// it.
[[nodiscard]] std::string isolated(std::string_view text);

}  // namespace pillarbox::messages
