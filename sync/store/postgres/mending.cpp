// SPDX-License-Identifier: GPL-3.0-or-later
//
// What alters a store beside its kiosks' uploads: gaps and their filling, withdrawals, the epoch.
#include "sync/store/postgres/transaction.hpp"

namespace pillarbox::postgres_storage {

using storage::Gap;
using storage::Holding;
using storage::Quarantined;

namespace {

base::Result<std::vector<batch::WithdrawalTag>> tags_in(const Rows& rows) {
    std::vector<batch::WithdrawalTag> tags;
    for (int row = 0; row < rows.count(); ++row) {
        tags.push_back(TRY(rows.array<32>(row, 0)));
    }
    return tags;
}

}  // namespace

base::Result<void> Transaction::set_epoch(std::uint64_t epoch) {
    TRY(connection_->query("UPDATE store SET epoch = $1", Parameters().add(epoch)));
    return {};
}

base::Result<void> Transaction::set_gap(const batch::LogId& log_id, const Gap& gap) {
    TRY(
        connection_->query("INSERT INTO gap (log, first, last, last_hash, day) VALUES ($1, $2, $3, $4, $5) "
                           "ON CONFLICT (log, first) DO UPDATE "
                           "SET last = excluded.last, last_hash = excluded.last_hash, day = excluded.day",
                           std::move(Parameters()
                                         .add(base::ByteView(log_id))
                                         .add(gap.first)
                                         .add(gap.last)
                                         .add(base::ByteView(gap.last_hash))
                                         .add(std::string_view(gap.day)))));
    return {};
}

base::Result<std::vector<Gap>> Transaction::gaps_of(const batch::LogId& log_id) {
    const Rows rows =
        TRY(connection_->query("SELECT first, last, last_hash, day FROM gap WHERE log = $1 ORDER BY first",
                               std::move(Parameters().add(base::ByteView(log_id)))));
    std::vector<Gap> gaps;
    for (int row = 0; row < rows.count(); ++row) {
        Gap gap;
        gap.first = TRY(rows.unsigned_integer(row, 0));
        gap.last = TRY(rows.unsigned_integer(row, 1));
        gap.last_hash = TRY(rows.array<32>(row, 2));
        gap.day = TRY(rows.text(row, 3));
        gaps.push_back(std::move(gap));
    }
    return gaps;
}

base::Result<void> Transaction::add_withdrawn(const batch::WithdrawalTag& tag) {
    TRY(connection_->query("INSERT INTO withdrawn (tag) VALUES ($1) ON CONFLICT DO NOTHING",
                           std::move(Parameters().add(base::ByteView(tag)))));
    return {};
}

base::Result<std::vector<batch::WithdrawalTag>> Transaction::all_withdrawn() {
    return tags_in(TRY(connection_->query("SELECT tag FROM withdrawn ORDER BY tag")));
}

base::Result<std::vector<batch::WithdrawalTag>> Transaction::withdrawn_among(
    std::span<const batch::WithdrawalTag> tags) {
    std::vector<base::ByteView> views(tags.begin(), tags.end());
    return tags_in(TRY(connection_->query("SELECT tag FROM withdrawn WHERE tag = ANY ($1::bytea[])",
                                          std::move(Parameters().add_array(views)))));
}

base::Result<std::optional<base::Bytes>> Transaction::batch_content(const batch::LogId& log_id,
                                                                    std::uint64_t number) {
    const Rows rows = TRY(connection_->query("SELECT content FROM batch WHERE log = $1 AND number = $2",
                                             std::move(Parameters().add(base::ByteView(log_id)).add(number))));
    if (rows.count() == 0) {
        return std::optional<base::Bytes>{};
    }
    const base::ByteView content = TRY(rows.bytes(0, 0));
    return std::optional(base::Bytes(content.begin(), content.end()));
}

base::Result<std::vector<Holding>> Transaction::batches_holding(const batch::LogId& log_id, base::ByteView bytes) {
    const Rows rows = TRY(connection_->query(
        "SELECT number, content FROM batch WHERE log = $1 AND position($2::bytea IN content) > 0 ORDER BY number",
        std::move(Parameters().add(base::ByteView(log_id)).add(bytes))));
    std::vector<Holding> found;
    for (int row = 0; row < rows.count(); ++row) {
        Holding holding;
        holding.number = TRY(rows.unsigned_integer(row, 0));
        const base::ByteView content = TRY(rows.bytes(row, 1));
        holding.content.assign(content.begin(), content.end());
        found.push_back(std::move(holding));
    }
    return found;
}

base::Result<void> Transaction::replace_content(const batch::LogId& log_id, std::uint64_t number,
                                                base::ByteView content) {
    TRY(connection_->query("UPDATE batch SET content = $3 WHERE log = $1 AND number = $2",
                           std::move(Parameters().add(base::ByteView(log_id)).add(number).add(content))));
    return {};
}

base::Result<void> Transaction::replace_quarantined(const batch::LogId& log_id, const Quarantined& replaced) {
    TRY(connection_->query("UPDATE quarantine SET content = $4 WHERE log = $1 AND number = $2 AND hash = $3",
                           std::move(Parameters()
                                         .add(base::ByteView(log_id))
                                         .add(replaced.number)
                                         .add(base::ByteView(replaced.hash))
                                         .add(replaced.content))));
    return {};
}

}  // namespace pillarbox::postgres_storage
