// SPDX-License-Identifier: GPL-3.0-or-later
//
// One round of synchronization: ask for the store's head, send what it lacks, purge what a receipt covers.
//
// Nothing is purged but by Outbox::purge under a receipt that StoreClient has verified. Every step is durable before
// the next, so that a round may be cut anywhere and the next one goes on from the store's head.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.hpp"
#include "core/batch/receipt.hpp"
#include "core/crypto/hash.hpp"
#include "core/crypto/signing.hpp"
#include "core/outbox/outbox.hpp"
#include "sync/client/store_client.hpp"

namespace pillarbox::client {

// An upload is filled up to this, and a batch drawn up to this: what a cut connection costs at most.
inline constexpr std::size_t upload_size_bytes_max = std::size_t{2} << 20U;

struct RoundSettings {
    std::string campaign_id;
    crypto::Digest pack_digest{};
    // A new batch is drawn only where at least so many responses wait, so that a single one can't be tied to a
    // moment.
    std::uint64_t batch_responses_min = 1;
    std::filesystem::path kept_receipt_path;  // kept_receipt.hpp
    // Where the round notes that a branch was shown (below); empty: it is shown in every round.
    std::filesystem::path shown_branch_path{};
};

struct RoundReport {
    std::uint64_t batches_sent = 0;
    std::uint64_t responses_sent = 0;
    std::uint64_t responses_purged = 0;
    std::uint64_t batches_attested = 0;  // that the store had lost: it knows now, and looks for them elsewhere
    std::uint64_t responses_kept = 0;    // here, waiting or under way, when the round was over
    batch::Receipt receipt;              // the last one
};

// Errors besides those of StoreClient and Outbox: conflict where the store's log and ours exclude each other, because
// this disk was copied or put back. Then nothing is purged, and all that is here is sent to the store once: it keeps
// both branches, and people have to look at it.
[[nodiscard]] base::Result<RoundReport> run_round(outbox::Outbox& outbox, StoreClient& store,
                                                  const crypto::SigningKey& device_key,
                                                  const RoundSettings& settings);

}  // namespace pillarbox::client
