// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an author is told of a workbook: what it holds, or every problem with its sheet, row and column.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::cli {

[[nodiscard]] base::Result<base::Bytes> read_workbook_file(const std::string& path);

// Every problem, and how many there are of each kind, to stderr.
void say_problems(const std::string& path, const std::vector<base::Error>& problems);

// Prints what the form holds, or its problems; whether a kiosk can ask it.
[[nodiscard]] base::Result<bool> say_check(base::ByteView workbook, const std::string& path);

}  // namespace pillarbox::cli
