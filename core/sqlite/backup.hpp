// SPDX-License-Identifier: GPL-3.0-or-later
//
// A verified copy of a database while others go on writing to it.
#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/sqlite/connection.hpp"

namespace pillarbox::sqlite {

// Copies what is committed now to `target`: one file without a write-ahead log, checked (integrity_check), flushed to
// disk, and only then given its name. already_exists where `target` is there; on any error nothing is left behind.
[[nodiscard]] base::Result<void> back_up(Connection& source, const std::filesystem::path& target);

}  // namespace pillarbox::sqlite
