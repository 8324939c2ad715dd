// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads an XLSForm workbook (.xlsx: Office Open XML, ECMA-376) into a Form. Everything that changes meaning and is
// not supported is refused with sheet, row and column; nothing is ignored silently. Sizes, entry counts and the zip
// ratio are capped before allocation; XML entities and DTDs are refused. https://xlsform.org/en/ref-table/
#pragma once

#include <string_view>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/form/form.hpp"

namespace pillarbox::form {

struct WorkbookLimits {
    std::size_t file_size_bytes_max = std::size_t{16} << 20U;
    std::size_t entry_size_bytes_max = std::size_t{32} << 20U;  // unpacked
    std::size_t ratio_max = 200;                                // unpacked : packed, of an entry over 1 MiB
    std::size_t rows_max = 20'000;
    std::size_t columns_max = 400;
    std::size_t cell_size_bytes_max = 32'767 * 4;
};

// `where` (a file name) stands in error messages. The first problem is the error.
[[nodiscard]] base::Result<Form> read_workbook(base::ByteView xlsx, std::string_view where,
                                               const WorkbookLimits& limits = {});

// All problems at once, for `pillarbox campaign check`; empty where read_workbook succeeds.
[[nodiscard]] std::vector<base::Error> check_workbook(base::ByteView xlsx, std::string_view where,
                                                      const WorkbookLimits& limits = {});

}  // namespace pillarbox::form
