// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cells and rows of a CSV file (RFC 4180): quoting, and the neutralising of formulas that a respondent typed.
//
// A spreadsheet runs a cell that begins with = + - @ (also in their full-width forms, and after white space) as a
// formula: at the committee's desk that would be the respondent's code (OWASP "CSV injection"). Such a cell gets a
// leading apostrophe. Plain decimal numbers ("-3", "0.5") are not formulas and stay numbers. responses.json always
// holds the exact text.
#pragma once

#include <string>
#include <string_view>

namespace pillarbox::exports {

[[nodiscard]] bool is_plain_number(std::string_view text);  // -?digits(.digits)?, nothing else
[[nodiscard]] std::string neutralised(std::string_view text);

// UTF-8's byte order mark. Excel reads a CSV file without it in the old code page of the machine and garbles every
// Arabic and Bengali answer; R, pandas ("utf-8-sig"), LibreOffice and the rest of the field's tools accept it.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// A row at the end of a text: cells are neutralised, quoted where RFC 4180 asks for it; rows end with CRLF.
class CsvRow {
  public:
    explicit CsvRow(std::string& text) : text_(text) {}
    CsvRow& cell(std::string_view text);
    void end() { text_ += "\r\n"; }

  private:
    std::string& text_;
    bool is_empty_ = true;
};

}  // namespace pillarbox::exports
