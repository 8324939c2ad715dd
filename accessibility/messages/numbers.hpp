// SPDX-License-Identifier: GPL-3.0-or-later
//
// Numbers and months as a language writes them, from what the form keeps ("-2.50", a day).
#pragma once

#include <string>
#include <string_view>

#include "core/base/day.hpp"

namespace pillarbox::messages {

// The mark before tenths: ".", ",", "٫".
[[nodiscard]] std::string decimal_point_of(std::string_view language);

// "-2.50" -> "-2,50", "-২.৫০": the language's digits and decimal point, never grouped. Whatever else the text holds
// stays.
[[nodiscard]] std::string format_decimal(std::string_view language, std::string_view number);

// "January 2023". Languages without a table of months get "2023-01".
[[nodiscard]] std::string format_month(std::string_view language, base::Day day);

}  // namespace pillarbox::messages
