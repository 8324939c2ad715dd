// SPDX-License-Identifier: GPL-3.0-or-later
//
// All rows of one store into another database: tokens, kiosks, batches, forks, watermarks. Each batch is checked
// before it is written, and at the end all is read back from the target and compared.
#pragma once

#include <cstdint>
#include <functional>

#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

struct CopyReport {
    std::uint64_t tokens = 0;
    std::uint64_t kiosks = 0;
    std::uint64_t batches = 0;
    std::uint64_t responses = 0;
};

// Called after every few batches, with how many the target holds, of how many.
using CopyProgress = std::function<void(std::uint64_t batches, std::uint64_t of_batches)>;

// Copies what `target` lacks: one that was cut short goes on where it was. One state of the source is copied; it may
// go on, but then it holds more than the copy. damaged where the source fails a check, conflict where the target
// holds what the source does not.
[[nodiscard]] base::Result<CopyReport> copy_rows(Database& source, Database& target, const CopyProgress& progress);

// conflict unless the target holds exactly what the source holds; every batch of the target is read and checked.
[[nodiscard]] base::Result<CopyReport> compare_rows(Database& source, Database& target);

}  // namespace pillarbox::store
