// SPDX-License-Identifier: GPL-3.0-or-later
//
// Builds real .xlsx files for tests, so that every test goes through the real reader. A workbook is written as
// pyxform's tests write theirs, as markdown tables:
//
//   | survey |      |       |        |
//   |        | type | name  | label  |
//   |        | text | first | Name?  |
//
// A row whose first cell is filled starts a sheet. "\|" is a bar inside a cell, "\n" a line break.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"

namespace pillarbox::tests {

using ZipEntries = std::vector<std::pair<std::string, std::string>>;  // name, content

[[nodiscard]] base::Bytes zip_of(const ZipEntries& entries);
[[nodiscard]] base::Bytes workbook_of(std::string_view markdown);

// The parts of a workbook with one sheet whose <sheetData> is given, for tests of cells. Further parts may be given
// too.
[[nodiscard]] ZipEntries parts_of_sheet(std::string_view sheet_name, std::string_view sheet_data,
                                        std::string_view shared_strings = {}, std::string_view styles = {});

}  // namespace pillarbox::tests
