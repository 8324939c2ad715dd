// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes batches in: verify, compare with what is stored, append, commit. All of an upload is kept or none of it,
// but where it is refused or incomplete: then all before that batch.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/bytes.hpp"
#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/receipt.hpp"
#include "core/batch/refusal.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

enum class Way {
    network,
    stick,  // somebody has brought it: taken also when its campaign is closed
};

enum class UploadVerdict {
    accepted,  // all of it is stored now, or was before
    gap,       // it starts after stored+1: nothing is kept, the kiosk resends from there
    refused,   // what is told by the refusal: only the batches before it are stored
    incomplete,  // a large envelope that a batch names is not here as a whole: only the batches before it are stored
    fork,      // it contradicts what is stored: nothing is kept, the branch is noted for the operator
};

struct UploadOutcome {
    UploadVerdict verdict = UploadVerdict::accepted;
    batch::Receipt receipt;  // of the committed state, not signed yet
    std::uint64_t new_batches = 0;
    std::uint64_t new_responses = 0;
    std::optional<batch::Refusal> refusal{};  // of the verdict `refused`
};

// Errors of the sender: malformed, limit_exceeded, not_authentic (signature), not_found (no such kiosk). All others
// are the store's own: nothing was kept, and the kiosk will come again.
[[nodiscard]] base::Result<UploadOutcome> take_upload(Database& database, const batch::LogId& log_id,
                                                      base::ByteView body, const batch::Limits& limits,
                                                      base::Day today, Way way = Way::network);

}  // namespace pillarbox::store
