// SPDX-License-Identifier: GPL-3.0-or-later
//
// storage::Transaction over PostgreSQL. Writers lock the rows of the kiosks that they find, and no others wait.
#pragma once

#include <set>
#include <string>

#include "sync/store/postgres/pool.hpp"
#include "sync/store/storage/database.hpp"

namespace pillarbox::postgres_storage {

class Transaction final : public storage::Transaction {
  public:
    // `connection` is inside a transaction.
    Transaction(Pool::Lease connection, storage::TransactionKind kind)
        : connection_(std::move(connection)), kind_(kind) {}
    ~Transaction() override;
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    [[nodiscard]] base::Result<std::optional<storage::Kiosk>> find_kiosk(const batch::LogId& log_id) override;
    [[nodiscard]] base::Result<std::vector<storage::Kiosk>> all_kiosks() override;
    [[nodiscard]] base::Result<void> add_kiosk(const storage::Kiosk& kiosk) override;
    [[nodiscard]] base::Result<void> move_head(const storage::Kiosk& kiosk,
                                               std::span<const storage::Batch> batches) override;
    [[nodiscard]] base::Result<std::optional<crypto::Digest>> batch_hash(const batch::LogId& log_id,
                                                                         std::uint64_t number) override;
    [[nodiscard]] base::Result<void> read_batches(const batch::LogId& log_id, std::uint64_t number,
                                                  const BatchVisitor& visit) override;
    [[nodiscard]] base::Result<void> add_fork(const storage::Fork& fork) override;
    [[nodiscard]] base::Result<std::vector<storage::Fork>> forks_of(const batch::LogId& log_id) override;
    [[nodiscard]] base::Result<void> set_revoked(const storage::Kiosk& kiosk) override;
    [[nodiscard]] base::Result<void> add_quarantined(const batch::LogId& log_id,
                                                     const storage::Quarantined& row) override;
    [[nodiscard]] base::Result<storage::QuarantineSize> quarantine_size(const batch::LogId& log_id) override;
    [[nodiscard]] base::Result<void> read_quarantine(const batch::LogId& log_id,
                                                     const QuarantineVisitor& visit) override;
    [[nodiscard]] base::Result<void> set_closed(const storage::ClosedCampaign& campaign) override;
    [[nodiscard]] base::Result<std::vector<storage::ClosedCampaign>> closed_campaigns() override;
    [[nodiscard]] base::Result<void> set_epoch(std::uint64_t epoch) override;
    [[nodiscard]] base::Result<void> set_gap(const batch::LogId& log_id, const storage::Gap& gap) override;
    [[nodiscard]] base::Result<std::vector<storage::Gap>> gaps_of(const batch::LogId& log_id) override;
    [[nodiscard]] base::Result<void> add_withdrawn(const batch::WithdrawalTag& tag) override;
    [[nodiscard]] base::Result<std::vector<batch::WithdrawalTag>> all_withdrawn() override;
    [[nodiscard]] base::Result<std::vector<batch::WithdrawalTag>> withdrawn_among(
        std::span<const batch::WithdrawalTag> tags) override;
    [[nodiscard]] base::Result<std::optional<base::Bytes>> batch_content(const batch::LogId& log_id,
                                                                         std::uint64_t number) override;
    [[nodiscard]] base::Result<std::vector<storage::Holding>> batches_holding(const batch::LogId& log_id,
                                                                              base::ByteView bytes) override;
    [[nodiscard]] base::Result<void> replace_content(const batch::LogId& log_id, std::uint64_t number,
                                                     base::ByteView content) override;
    [[nodiscard]] base::Result<void> replace_quarantined(const batch::LogId& log_id,
                                                         const storage::Quarantined& row) override;
    [[nodiscard]] base::Result<std::optional<storage::Token>> find_token(const crypto::Digest& digest) override;
    [[nodiscard]] base::Result<std::vector<storage::Token>> all_tokens() override;
    [[nodiscard]] base::Result<void> add_token(const storage::Token& token) override;
    [[nodiscard]] base::Result<void> use_token(const crypto::Digest& digest, const batch::LogId& log_id) override;
    [[nodiscard]] base::Result<std::vector<storage::ForkCount>> fork_counts() override;
    [[nodiscard]] base::Result<void> put_report(const storage::Report& report) override;
    [[nodiscard]] base::Result<std::vector<storage::Report>> all_reports() override;
    [[nodiscard]] base::Result<void> add_arrivals(const storage::Arrivals& added) override;
    [[nodiscard]] base::Result<std::vector<storage::Arrivals>> arrivals_since(const std::string& day) override;
    [[nodiscard]] base::Result<void> put_staff(const storage::Staff& staff) override;
    [[nodiscard]] base::Result<bool> remove_staff(const std::string& name) override;
    [[nodiscard]] base::Result<std::vector<storage::Staff>> all_staff() override;
    [[nodiscard]] base::Result<void> add_audit(const storage::AuditEntry& entry) override;
    [[nodiscard]] base::Result<std::vector<storage::AuditEntry>> last_audit(std::uint64_t count) override;
    [[nodiscard]] base::Result<std::optional<storage::Large>> find_large(const batch::LogId& log_id,
                                                                         const crypto::Digest& envelope) override;
    [[nodiscard]] base::Result<std::vector<storage::Large>> all_large(const batch::LogId& log_id,
                                                                      storage::WhichLarge which) override;
    [[nodiscard]] base::Result<void> put_large(const batch::LogId& log_id, const storage::Large& large) override;
    [[nodiscard]] base::Result<void> add_part(const batch::LogId& log_id, const crypto::Digest& envelope,
                                              std::uint64_t number, base::ByteView content) override;
    [[nodiscard]] base::Result<std::optional<base::Bytes>> part_content(const batch::LogId& log_id,
                                                                        const crypto::Digest& envelope,
                                                                        std::uint64_t number) override;
    [[nodiscard]] base::Result<void> drop_large(const batch::LogId& log_id, const crypto::Digest& envelope) override;
    [[nodiscard]] base::Result<std::vector<storage::UnnamedSize>> unnamed_sizes() override;
    [[nodiscard]] base::Result<void> commit() override;

  private:
    [[nodiscard]] base::Result<storage::Kiosk> read_kiosk(const Rows& rows, int row) const;
    [[nodiscard]] base::Result<void> insert_batches(const batch::LogId& log_id,
                                                    std::span<const storage::Batch> batches);

    Pool::Lease connection_;
    storage::TransactionKind kind_;
    std::set<std::string> campaigns_;  // whose table was looked at; settled once this is committed
    bool ended_ = false;
};

}  // namespace pillarbox::postgres_storage
