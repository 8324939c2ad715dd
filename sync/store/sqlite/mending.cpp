// SPDX-License-Identifier: GPL-3.0-or-later
//
// What alters a store beside its kiosks' uploads: gaps and their filling, withdrawals, the epoch.
#include "sync/store/sqlite/transaction.hpp"

namespace pillarbox::sqlite_storage {

using storage::Gap;
using storage::Holding;
using storage::Quarantined;

base::Result<void> Transaction::set_epoch(std::uint64_t epoch) {
    auto update = TRY(connection_.prepare("UPDATE store SET epoch = ?"));
    return update.run(epoch);
}

base::Result<void> Transaction::set_gap(const batch::LogId& log_id, const Gap& gap) {
    const std::int64_t row = TRY(row_of(log_id));
    auto insert =
        TRY(connection_.prepare("INSERT INTO gap (kiosk, first, last, last_hash, day) VALUES (?1, ?2, ?3, ?4, ?5) "
                                "ON CONFLICT (kiosk, first) DO UPDATE SET last = ?3, last_hash = ?4, day = ?5"));
    return insert.run(row, gap.first, gap.last, base::ByteView(gap.last_hash), std::string_view(gap.day));
}

base::Result<std::vector<Gap>> Transaction::gaps_of(const batch::LogId& log_id) {
    auto select = TRY(connection_.prepare(
        "SELECT first, last, last_hash, day FROM gap WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) "
        "ORDER BY first"));
    auto rows = TRY(select.query(base::ByteView(log_id)));
    std::vector<Gap> gaps;
    while (TRY(rows.next())) {
        Gap gap;
        gap.first = TRY(rows.unsigned_integer(0));
        gap.last = TRY(rows.unsigned_integer(1));
        gap.last_hash = TRY(rows.array<32>(2));
        gap.day = TRY(rows.text(3));
        gaps.push_back(std::move(gap));
    }
    return gaps;
}

base::Result<void> Transaction::add_withdrawn(const batch::WithdrawalTag& tag) {
    auto insert = TRY(connection_.prepare("INSERT OR IGNORE INTO withdrawn (tag) VALUES (?)"));
    return insert.run(base::ByteView(tag));
}

base::Result<std::vector<batch::WithdrawalTag>> Transaction::all_withdrawn() {
    auto select = TRY(connection_.prepare("SELECT tag FROM withdrawn ORDER BY tag"));
    auto rows = TRY(select.query());
    std::vector<batch::WithdrawalTag> tags;
    while (TRY(rows.next())) {
        tags.push_back(TRY(rows.array<32>(0)));
    }
    return tags;
}

base::Result<std::vector<batch::WithdrawalTag>> Transaction::withdrawn_among(
    std::span<const batch::WithdrawalTag> tags) {
    std::vector<batch::WithdrawalTag> found;
    {
        // Nearly always there is none, and the envelopes of an upload are many.
        auto any = TRY(connection_.prepare("SELECT 1 FROM withdrawn LIMIT 1"));
        auto rows = TRY(any.query());
        if (!TRY(rows.next())) {
            return found;
        }
    }
    auto select = TRY(connection_.prepare("SELECT 1 FROM withdrawn WHERE tag = ?"));
    for (const batch::WithdrawalTag& tag : tags) {
        auto rows = TRY(select.query(base::ByteView(tag)));
        if (TRY(rows.next())) {
            found.push_back(tag);
        }
    }
    return found;
}

base::Result<std::optional<base::Bytes>> Transaction::batch_content(const batch::LogId& log_id,
                                                                    std::uint64_t number) {
    auto select = TRY(connection_.prepare(
        "SELECT content FROM batch WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) AND number = ?"));
    auto rows = TRY(select.query(base::ByteView(log_id), number));
    if (!TRY(rows.next())) {
        return std::optional<base::Bytes>{};
    }
    const base::ByteView content = TRY(rows.bytes(0));
    return std::optional(base::Bytes(content.begin(), content.end()));
}

base::Result<std::vector<Holding>> Transaction::batches_holding(const batch::LogId& log_id, base::ByteView bytes) {
    auto select = TRY(
        connection_.prepare("SELECT number, content FROM batch WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) "
                            "AND instr(content, ?) > 0 ORDER BY number"));
    auto rows = TRY(select.query(base::ByteView(log_id), bytes));
    std::vector<Holding> found;
    while (TRY(rows.next())) {
        Holding holding;
        holding.number = TRY(rows.unsigned_integer(0));
        const base::ByteView content = TRY(rows.bytes(1));
        holding.content.assign(content.begin(), content.end());
        found.push_back(std::move(holding));
    }
    return found;
}

base::Result<void> Transaction::replace_content(const batch::LogId& log_id, std::uint64_t number,
                                                base::ByteView content) {
    const std::int64_t row = TRY(row_of(log_id));
    auto update = TRY(connection_.prepare("UPDATE batch SET content = ? WHERE kiosk = ? AND number = ?"));
    return update.run(content, row, number);
}

base::Result<void> Transaction::replace_quarantined(const batch::LogId& log_id, const Quarantined& replaced) {
    const std::int64_t row = TRY(row_of(log_id));
    auto update =
        TRY(connection_.prepare("UPDATE quarantine SET content = ? WHERE kiosk = ? AND number = ? AND hash = ?"));
    return update.run(replaced.content, row, replaced.number, base::ByteView(replaced.hash));
}

}  // namespace pillarbox::sqlite_storage
