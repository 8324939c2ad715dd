// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the store says of kiosks and their batches, over any database.
//
// Functions that take a Transaction are steps in the caller's; those that take a Database have one of their own, and
// the thread must have none open then.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/receipt.hpp"
#include "sync/store/storage/database.hpp"

namespace pillarbox::store {

using storage::Copies;
using storage::Database;
using storage::Identity;
using storage::Kiosk;
using storage::Transaction;
using storage::TransactionKind;

// For reading back: what was accepted under any earlier limits must stay readable.
inline constexpr batch::Limits no_limits{std::numeric_limits<std::size_t>::max(),
                                         std::numeric_limits<std::size_t>::max()};

[[nodiscard]] base::Result<std::optional<Kiosk>> find_kiosk(Database& database, const batch::LogId& log_id);
[[nodiscard]] base::Result<std::vector<Kiosk>> all_kiosks(Database& database);  // by station, then log id

// Starts a log at its genesis, which is filled in. already_exists where the log is there.
[[nodiscard]] base::Result<void> add_kiosk(Transaction& transaction, Kiosk& kiosk);
[[nodiscard]] base::Result<void> add_kiosk(Database& database, Kiosk& kiosk);

// The kiosk's hash there: of a batch, of a gap's end, or the genesis hash for 0.
[[nodiscard]] base::Result<std::optional<crypto::Digest>> hash_at(Transaction& transaction, const Kiosk& kiosk,
                                                                  std::uint64_t number);

// Reads every batch of a kiosk in order and checks it again (ChainCheck): numbers without gaps but attested ones,
// digests, signatures, the chain of hashes, the head, and the large envelopes that they name. `damaged` at the first
// that fails. `visit` gets each good one; its error ends the walk.
using BatchVisitor = std::function<base::Result<void>(std::uint64_t number, base::ByteView content)>;
[[nodiscard]] base::Result<void> walk_batches(Transaction& transaction, const Kiosk& kiosk,
                                              const BatchVisitor& visit);
[[nodiscard]] base::Result<void> walk_batches(Database& database, const Kiosk& kiosk, const BatchVisitor& visit);

// Notes a batch of another branch of the log, at most forks_noted_max for a kiosk. False where there is no room.
inline constexpr std::uint64_t forks_noted_max = 256;
[[nodiscard]] base::Result<bool> note_fork(Transaction& transaction, const Kiosk& kiosk, std::uint64_t number,
                                           const crypto::Digest& hash, base::Day today);
[[nodiscard]] base::Result<std::uint64_t> count_forks(Database& database, const Kiosk& kiosk);

// The store's word on a kiosk as it was read or committed before: only then a second copy that is found now covers
// it.
[[nodiscard]] batch::Receipt receipt_for(const Kiosk& kiosk, Database& database, const batch::Limits& limits);

}  // namespace pillarbox::store
