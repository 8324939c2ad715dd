// SPDX-License-Identifier: GPL-3.0-or-later
//
// Large envelopes: an export has them as files beside the batches that name them (docs/formats/batch.md).
#pragma once

#include <filesystem>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"

namespace pillarbox::opening {

// FOLDER/<digest>.envelope
[[nodiscard]] std::filesystem::path large_file(const std::filesystem::path& folder,
                                               const batch::LargeEnvelope& envelope);

// Reads what the batch names into its items' `envelope`; `large` stays, so that the batch is encoded as it was.
// not_found where a file is missing, conflict where it is not the envelope that was named.
[[nodiscard]] base::Result<void> load_large(batch::Batch& batch, const std::filesystem::path& folder);

}  // namespace pillarbox::opening
