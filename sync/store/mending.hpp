// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store that was put back to an old copy: kiosks have purged what it no longer holds, under receipts that it
// signed. The operator says so by raising the epoch. A kiosk then shows such a receipt and the hash of the last batch
// that it purged; the store notes the gap, goes on behind it, and fills it from whatever still holds the batches: a
// standby, another backup, an export, a stick. Threading: each function has transactions of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/batch/receipt.hpp"
#include "sync/protocol/attestation.hpp"
#include "sync/store/kiosks.hpp"
#include "sync/store/parts.hpp"

namespace pillarbox::store {

// Returns the new epoch, which a store takes up when it is started.
[[nodiscard]] base::Result<std::uint64_t> raise_epoch(Database& database);

enum class AttestationVerdict {
    gap_noted,   // now, or before by the same attestation
    not_needed,  // the batches are here
    refused,     // the receipt is not older than this epoch or does not cover the batches, or the kiosk is revoked
};

struct AttestationOutcome {
    AttestationVerdict verdict = AttestationVerdict::refused;
    batch::Receipt receipt;
};

// `store_keys`: every key with which this store ever signed, today's last.
// not_found where no kiosk has this log; not_authentic where the receipt is not ours or the kiosk has not signed.
[[nodiscard]] base::Result<AttestationOutcome> attest_gap(Database& database, const batch::LogId& log_id,
                                                          const protocol::Attestation& attestation,
                                                          std::span<const crypto::VerifyKey> store_keys,
                                                          const batch::Limits& limits, base::Day today);

struct RefillReport {
    std::uint64_t batches = 0;
    std::uint64_t responses = 0;
    std::uint64_t missing = 0;  // batches that are still lacking
};

// A batch's bytes, where the source has it.
using BatchSource = std::function<base::Result<std::optional<base::Bytes>>(std::uint64_t number)>;

// Where lost batches are looked for, and the parts of the large envelopes that they name.
struct RefillSource {
    BatchSource batch;
    PartSource part;
};

// Fills the kiosk's gaps from their last batch down, as far as the source goes. Nothing enters but what the chain
// names: signed by the kiosk, and with the hash that the batch after it has. conflict at the first that is another.
[[nodiscard]] base::Result<RefillReport> refill(Database& database, const batch::LogId& log_id,
                                                const RefillSource& source);

// From another database of this store: also what was withdrawn there is withdrawn here.
[[nodiscard]] base::Result<RefillReport> refill_from(Database& database, Database& other);

[[nodiscard]] base::Result<std::vector<storage::Gap>> open_gaps(Database& database, const Kiosk& kiosk);

}  // namespace pillarbox::store
