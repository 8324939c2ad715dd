// SPDX-License-Identifier: GPL-3.0-or-later
//
// How cell contents become text: shared and inline strings, numbers, and numbers that are dates by their format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace pillarbox::form {

enum class NumberFormat { plain, date, time, date_time };
enum class DateBase { year_1900, year_1904 };  // workbookPr/@date1904

// The text of an <si> or <is> element: its <t> and the <t> of its rich text runs, without phonetic hints.
[[nodiscard]] std::string text_of_runs(const pugi::xml_node& item);

// "1.0" -> "1", "0.10000000000000001" -> "0.1"; nothing where it is not a number.
[[nodiscard]] std::optional<std::string> text_of_number(std::string_view lexical);

// The serial day number of a spreadsheet as "YYYY-MM-DD", "HH:MM:SS" or "YYYY-MM-DD HH:MM:SS"; nothing where out of
// range.
[[nodiscard]] std::optional<std::string> text_of_serial(std::string_view lexical, NumberFormat format,
                                                        DateBase date_base);

// styles.xml: the kind of format of each cell style index (cellXfs).
[[nodiscard]] std::vector<NumberFormat> read_number_formats(const pugi::xml_node& style_sheet);

// Without white space (also the no-break space) at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace pillarbox::form
