// SPDX-License-Identifier: GPL-3.0-or-later
//
// A second copy of the store's database, believed only after it was read back: `safe` rises to what it holds, and
// kiosks purge.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

struct BackupReport {
    std::uint64_t kiosks = 0;
    std::uint64_t batches = 0;
    std::uint64_t responses = 0;
};

// Copies the database to `target` while the store goes on, opens the copy, checks its pages and every batch in it
// (digests, signatures, chain, heads), compares each head with this database, and only then raises the watermarks.
// already_exists where `target` is there; damaged where the copy or the original fails a check: nothing is raised
// then.
[[nodiscard]] base::Result<BackupReport> back_up(Database& database, const std::filesystem::path& target);

}  // namespace pillarbox::store
