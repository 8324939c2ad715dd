// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/withdrawing.hpp"

#include <algorithm>

#include "sync/store/again.hpp"
#include "sync/store/parts.hpp"

namespace pillarbox::store {
namespace {

using batch::WithdrawalTag;

base::Result<void> remember(Database& database, const WithdrawalTag& tag) {
    const auto transaction = TRY(database.begin(TransactionKind::write));
    TRY(transaction->add_withdrawn(tag));
    return transaction->commit();
}

base::Result<void> withdraw_quarantined(Transaction& transaction, const Kiosk& kiosk, const WithdrawalTag& tag) {
    struct Hit {
        std::uint64_t number = 0;
        crypto::Digest hash{};
        base::Bytes content;
    };
    std::vector<Hit> hits;
    const auto look = [&](const storage::Quarantined& row) -> base::Result<void> {
        if (!std::ranges::search(row.content, tag).empty()) {
            hits.push_back({row.number, row.hash, TRY(without_withdrawn(row.content, {tag}))});
        }
        return {};
    };
    TRY(transaction.read_quarantine(kiosk.log_id, look));
    for (const Hit& hit : hits) {
        TRY(transaction.replace_quarantined(kiosk.log_id, {hit.number, hit.hash, {}, hit.content}));
    }
    return {};
}

// The write transaction holds the kiosk's head: an upload that was under way has ended before, and a later one finds
// the tag.
base::Result<void> withdraw_of(Database& database, const Kiosk& kiosk, const WithdrawalTag& tag) {
    const auto transaction = TRY(database.begin(TransactionKind::write));
    TRY(transaction->find_kiosk(kiosk.log_id));
    const auto holdings = TRY(transaction->batches_holding(kiosk.log_id, tag));
    for (const storage::Holding& holding : holdings) {
        const base::Bytes content = TRY(without_withdrawn(holding.content, {tag}));
        TRY(transaction->replace_content(kiosk.log_id, holding.number, content));
    }
    TRY(drop_withdrawn(*transaction, kiosk.log_id, tag));
    TRY(withdraw_quarantined(*transaction, kiosk, tag));
    return transaction->commit();
}

}  // namespace

base::Result<base::Bytes> without_withdrawn(base::ByteView content, const std::vector<WithdrawalTag>& tags) {
    batch::Batch parsed = TRY(batch::parse_batch(content, no_limits, batch::Withdrawn::taken));
    batch::withdraw_items(parsed, tags);
    return batch::encode_batch(parsed);
}

base::Result<void> withdraw(Database& database, const WithdrawalTag& tag) {
    TRY(again_if_cut([&] { return remember(database, tag); }));
    const std::vector<Kiosk> kiosks = TRY(all_kiosks(database));
    for (const Kiosk& kiosk : kiosks) {
        TRY(again_if_cut([&] { return withdraw_of(database, kiosk, tag); }));
    }
    return database.forget_deleted();
}

}  // namespace pillarbox::store
