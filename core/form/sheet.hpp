// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cells of a workbook as text (SpreadsheetML, ECMA-376 part 1 section 18). Numbers read as a person sees
// them: 1.0 is "1", a cell formatted as a date is "2023-01-20". Cells are trimmed; empty cells and rows are absent.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/form/package.hpp"

namespace pillarbox::form {

struct Cell {
    std::uint32_t column = 0;  // from 0
    std::string text;          // UTF-8, never empty
};

struct Row {
    std::uint32_t number = 0;  // from 1, as spreadsheets count
    std::vector<Cell> cells;   // in column order, never empty
};

struct Sheet {
    std::string name;
    std::vector<Row> rows;
};

inline constexpr std::size_t sheets_max = 64;

// All worksheets in workbook order. malformed, unsupported, limit_exceeded; `where` names file, sheet and cell.
[[nodiscard]] base::Result<std::vector<Sheet>> read_sheets(Package& package, const std::string& where,
                                                           const WorkbookLimits& limits);

}  // namespace pillarbox::form
