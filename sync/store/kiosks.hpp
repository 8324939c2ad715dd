// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of kiosks and their batches. These functions do not open transactions: the caller does, around several of
// them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/batch/receipt.hpp"
#include "core/sqlite/connection.hpp"
#include "sync/store/database.hpp"

namespace pillarbox::store {

struct Kiosk {
    std::int64_t row = 0;
    batch::LogId log_id{};
    std::string station;
    crypto::VerifyKey device_key;
    batch::LogId forerunner{};
    std::uint64_t stored = 0;
    crypto::Digest stored_hash{};
    std::uint64_t responses = 0;  // test responses are not among them
    std::uint64_t safe = 0;       // as the last verified backup left it
    std::string last_day;         // of the last new batch; empty before the first
};

[[nodiscard]] base::Result<std::optional<Kiosk>> find_kiosk(sqlite::Connection& connection,
                                                            const batch::LogId& log_id);
[[nodiscard]] base::Result<std::vector<Kiosk>> all_kiosks(sqlite::Connection& connection);  // by station, then log id

// Starts a log at its genesis; `row` is filled in. already_exists where the log is there.
[[nodiscard]] base::Result<void> add_kiosk(sqlite::Connection& connection, Kiosk& kiosk);

[[nodiscard]] base::Result<std::optional<crypto::Digest>> batch_hash(sqlite::Connection& connection,
                                                                     const Kiosk& kiosk, std::uint64_t number);
// Appends batch stored+1, in which there are so many responses beside tests, and moves the kiosk's head to it.
[[nodiscard]] base::Result<void> append_batch(sqlite::Connection& connection, Kiosk& kiosk,
                                              const batch::Header& header, base::ByteView content,
                                              std::uint64_t responses, base::Day today);

// Reads every batch of a kiosk in order and checks it again: numbers without gaps, digests, the chain of hashes, the
// head. `damaged` at the first that fails. `visit` gets each good one; its error ends the walk.
using BatchVisitor = std::function<base::Result<void>(std::uint64_t number, base::ByteView content)>;
[[nodiscard]] base::Result<void> walk_batches(sqlite::Connection& connection, const Kiosk& kiosk,
                                              const BatchVisitor& visit);

// Notes a refused branch, at most forks_noted_max for a kiosk.
inline constexpr std::uint64_t forks_noted_max = 100;
[[nodiscard]] base::Result<void> note_fork(sqlite::Connection& connection, const Kiosk& kiosk, std::uint64_t number,
                                           const crypto::Digest& hash, base::Day today);
[[nodiscard]] base::Result<std::uint64_t> count_forks(sqlite::Connection& connection, const Kiosk& kiosk);

// The store's word on a kiosk, to be signed only once it is committed.
[[nodiscard]] batch::Receipt receipt_for(const Kiosk& kiosk, const Identity& identity, const batch::Limits& limits);

}  // namespace pillarbox::store
