// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/check.hpp"
#include "core/form/workbook.hpp"
#include "targets.hpp"

void pillarbox::fuzz::fuzz_workbook(base::ByteView input) {
    // Smaller limits than the program's: the fuzzer should not spend its time on long, dull sheets.
    const form::WorkbookLimits limits{.entry_size_bytes_max = std::size_t{256} << 10U, .rows_max = 500};
    const auto form = form::read_workbook(input, "fuzz.xlsx", limits);
    PILLARBOX_CHECK(form.has_value() == form::check_workbook(input, "fuzz.xlsx", limits).empty());
}
