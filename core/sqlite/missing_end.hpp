// SPDX-License-Identifier: GPL-3.0-or-later
//
// A database file that lost its end. SQLite opens nothing of it, though all pages before the cut may be whole.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.hpp"

namespace pillarbox::sqlite {

enum class FileEnd { as_it_was, filled };

// Appends zeros up to the size that the file's own header tells (at most `size_bytes_max`): then only the pages that
// were lost can't be read. Changes nothing where the file is no database, lacks nothing, has a write-ahead log that
// may hold the rest, or is open elsewhere.
[[nodiscard]] base::Result<FileEnd> fill_missing_end(const std::filesystem::path& path, std::uint64_t size_bytes_max);

}  // namespace pillarbox::sqlite
