// SPDX-License-Identifier: GPL-3.0-or-later
//
// The seam between what the store does (sync/store: verify, compare, append, sign) and where its rows are
// (sync/store/sqlite, sync/store/postgres). A backend knows tables and locks; it knows nothing of the protocol.
//
// Promises of every backend: a transaction is kept whole and durable, or not at all; a batch number of a log is taken
// once, whatever the code above does; what is read back holds together (check_kiosk) or is `damaged`.
// Errors, besides `damaged`: no_space; network (the connection was cut: whether the transaction was kept is unknown,
// and only its rows can tell); conflict (another writer was in the way: the same again may work); unavailable.
//
// Threading: a Database may be asked from several threads; a Transaction belongs to one. It must go before its
// Database, and a thread has one at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "sync/store/storage/fleet_rows.hpp"
#include "sync/store/storage/large_rows.hpp"
#include "sync/store/storage/rows.hpp"

namespace pillarbox::storage {

enum class TransactionKind {
    read,   // one state for several reads, which changes of others don't reach
    write,  // a kiosk that was found in it is moved by nobody else until it ends
};

class Transaction : public FleetRows, public LargeRows {
  public:
    virtual ~Transaction() = default;  // nothing is kept unless commit() returned success
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    [[nodiscard]] virtual base::Result<std::optional<Kiosk>> find_kiosk(const batch::LogId& log_id) = 0;
    [[nodiscard]] virtual base::Result<std::vector<Kiosk>> all_kiosks() = 0;     // by station, then log id
    [[nodiscard]] virtual base::Result<void> add_kiosk(const Kiosk& kiosk) = 0;  // already_exists
    // Adds the batches, which may be none, and makes the kiosk's row say what `kiosk` says of stored, stored_hash,
    // responses, safe and last_day.
    [[nodiscard]] virtual base::Result<void> move_head(const Kiosk& kiosk, std::span<const Batch> batches) = 0;

    [[nodiscard]] virtual base::Result<std::optional<crypto::Digest>> batch_hash(const batch::LogId& log_id,
                                                                                 std::uint64_t number) = 0;
    // In order, from the first after `number`, one at a time in memory. The visitor's error ends the reading; it must
    // not use this transaction.
    using BatchVisitor = std::function<base::Result<void>(const Batch& batch)>;
    [[nodiscard]] virtual base::Result<void> read_batches(const batch::LogId& log_id, std::uint64_t number,
                                                          const BatchVisitor& visit) = 0;

    [[nodiscard]] virtual base::Result<void> add_fork(const Fork& fork) = 0;  // once: the same again changes nothing
    [[nodiscard]] virtual base::Result<std::vector<Fork>> forks_of(const batch::LogId& log_id) = 0;

    // From now on only batches up to kiosk.revoked_after count; nullopt takes that back.
    [[nodiscard]] virtual base::Result<void> set_revoked(const Kiosk& kiosk) = 0;
    // Once: the same number and hash again change nothing.
    [[nodiscard]] virtual base::Result<void> add_quarantined(const batch::LogId& log_id, const Quarantined& row) = 0;
    [[nodiscard]] virtual base::Result<QuarantineSize> quarantine_size(const batch::LogId& log_id) = 0;
    // By number and hash, one at a time in memory; the visitor's rules are those of read_batches.
    using QuarantineVisitor = std::function<base::Result<void>(const Quarantined& row)>;
    [[nodiscard]] virtual base::Result<void> read_quarantine(const batch::LogId& log_id,
                                                             const QuarantineVisitor& visit) = 0;

    [[nodiscard]] virtual base::Result<void> set_closed(const ClosedCampaign& campaign) = 0;  // again: the new day
    [[nodiscard]] virtual base::Result<std::vector<ClosedCampaign>> closed_campaigns() = 0;   // by id

    [[nodiscard]] virtual base::Result<void> set_epoch(std::uint64_t epoch) = 0;  // identity() says it once reopened
    [[nodiscard]] virtual base::Result<void> set_gap(const batch::LogId& log_id, const Gap& gap) = 0;  // by its first
    [[nodiscard]] virtual base::Result<std::vector<Gap>> gaps_of(const batch::LogId& log_id) = 0;      // ascending

    // From now on nothing with this tag is kept; once.
    [[nodiscard]] virtual base::Result<void> add_withdrawn(const batch::WithdrawalTag& tag) = 0;
    [[nodiscard]] virtual base::Result<std::vector<batch::WithdrawalTag>> all_withdrawn() = 0;
    // Those of `tags` that were withdrawn.
    [[nodiscard]] virtual base::Result<std::vector<batch::WithdrawalTag>> withdrawn_among(
        std::span<const batch::WithdrawalTag> tags) = 0;
    [[nodiscard]] virtual base::Result<std::optional<base::Bytes>> batch_content(const batch::LogId& log_id,
                                                                                 std::uint64_t number) = 0;
    // Number and content of the batches in which these bytes stand, wherever in it. Looks through all of the kiosk's.
    [[nodiscard]] virtual base::Result<std::vector<Holding>> batches_holding(const batch::LogId& log_id,
                                                                             base::ByteView bytes) = 0;
    [[nodiscard]] virtual base::Result<void> replace_content(const batch::LogId& log_id, std::uint64_t number,
                                                             base::ByteView content) = 0;
    [[nodiscard]] virtual base::Result<void> replace_quarantined(const batch::LogId& log_id,
                                                                 const Quarantined& row) = 0;  // by number and hash

    [[nodiscard]] virtual base::Result<std::optional<Token>> find_token(const crypto::Digest& digest) = 0;
    [[nodiscard]] virtual base::Result<std::vector<Token>> all_tokens() = 0;
    [[nodiscard]] virtual base::Result<void> add_token(const Token& token) = 0;
    // conflict where somebody has used it since it was found.
    [[nodiscard]] virtual base::Result<void> use_token(const crypto::Digest& digest, const batch::LogId& log_id) = 0;

    [[nodiscard]] virtual base::Result<void> commit() = 0;

  protected:
    Transaction() = default;
};

class Database {
  public:
    virtual ~Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] const Identity& identity() const { return identity_; }
    [[nodiscard]] const std::string& where() const { return where_; }  // for messages: a path, or server and name

    [[nodiscard]] virtual base::Result<std::unique_ptr<Transaction>> begin(TransactionKind kind) = 0;

    // How many transactions can be under way at once: more threads than that only wait.
    [[nodiscard]] virtual std::size_t transactions_max() const = 0;

    // A store that can't keep anything must not start to answer: reads what can be read at once, and tries a change
    // that it takes back.
    [[nodiscard]] virtual base::Result<void> check_ready() = 0;

    // True where all that was committed before this call is on a second machine's disk, as the machines themselves
    // say. False where there is none or nobody can tell: then backups decide what is safe.
    [[nodiscard]] virtual bool has_second_copy() = 0;

    // Bytes on disk of all that is kept; of a cluster, on one machine.
    [[nodiscard]] virtual base::Result<std::uint64_t> size_bytes() = 0;

    // A change that is taken back, and nothing else: what check_ready() does once, cheap enough to be asked again and
    // again.
    [[nodiscard]] virtual base::Result<void> check_writable() = 0;

    // True where another program is connected to the same rows, as far as the backend can tell.
    [[nodiscard]] virtual base::Result<bool> is_used_by_others() = 0;

    // What met an error of the system is closed, and opened anew for the next transaction: it may hold a lock that
    // could not be given back, with which it would refuse everything until a restart.
    virtual void close_after_error() = 0;

    // What was replaced or deleted is in no file of the database any more, as far as the backend can see to that.
    [[nodiscard]] virtual base::Result<void> forget_deleted() = 0;

    // Makes a checked copy of the database's file; already_exists where `target` is there, unsupported where this
    // database is no file of ours.
    [[nodiscard]] virtual base::Result<void> copy_file(const std::filesystem::path& target) = 0;

  protected:
    Database(Identity identity, std::string where) : identity_(std::move(identity)), where_(std::move(where)) {}

  private:
    Identity identity_;
    std::string where_;
};

}  // namespace pillarbox::storage
