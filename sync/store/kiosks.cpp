// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/kiosks.hpp"

#include <algorithm>
#include <utility>

#include "sync/store/again.hpp"
#include "sync/store/chain.hpp"
#include "sync/store/parts.hpp"

namespace pillarbox::store {
base::Result<std::optional<Kiosk>> find_kiosk(Database& database, const batch::LogId& log_id) {
    return again_if_cut([&]() -> base::Result<std::optional<Kiosk>> {
        const auto transaction = TRY(database.begin(TransactionKind::read));
        return transaction->find_kiosk(log_id);
    });
}

base::Result<std::vector<Kiosk>> all_kiosks(Database& database) {
    const auto transaction = TRY(database.begin(TransactionKind::read));
    return transaction->all_kiosks();
}

base::Result<void> add_kiosk(Transaction& transaction, Kiosk& kiosk) {
    kiosk.stored_hash = batch::genesis_hash(kiosk.log_id);
    return transaction.add_kiosk(kiosk);
}

base::Result<void> add_kiosk(Database& database, Kiosk& kiosk) {
    const auto transaction = TRY(database.begin(TransactionKind::write));
    TRY(add_kiosk(*transaction, kiosk));
    return transaction->commit();
}

base::Result<std::optional<crypto::Digest>> hash_at(Transaction& transaction, const Kiosk& kiosk,
                                                    std::uint64_t number) {
    if (number == 0) {
        return std::optional(batch::genesis_hash(kiosk.log_id));
    }
    const auto gaps = TRY(transaction.gaps_of(kiosk.log_id));
    const auto ends_there =
        std::ranges::find_if(gaps, [&](const storage::Gap& gap) { return gap.is_open() && gap.last == number; });
    return ends_there == gaps.end() ? transaction.batch_hash(kiosk.log_id, number)
                                    : std::optional(ends_there->last_hash);
}

base::Result<void> walk_batches(Transaction& transaction, const Kiosk& kiosk, const BatchVisitor& visit) {
    auto gaps = TRY(transaction.gaps_of(kiosk.log_id));
    ChainCheck chain(kiosk, std::move(gaps), 0, batch::genesis_hash(kiosk.log_id));
    std::vector<batch::LargeEnvelope> named;
    const auto check = [&](const storage::Batch& row) -> base::Result<void> {
        const batch::Batch parsed = TRY(chain.next(row));
        for (const batch::Item& item : parsed.items) {
            if (item.large.has_value()) {
                named.push_back(*item.large);
            }
        }
        return visit(row.number, row.content);
    };
    TRY(transaction.read_batches(kiosk.log_id, 0, check));
    for (const batch::LargeEnvelope& envelope : named) {
        TRY(read_whole(transaction, kiosk.log_id, envelope, [](base::ByteView) { return base::Result<void>{}; }));
    }
    return chain.end();
}

base::Result<void> walk_batches(Database& database, const Kiosk& kiosk, const BatchVisitor& visit) {
    const auto transaction = TRY(database.begin(TransactionKind::read));
    return walk_batches(*transaction, kiosk, visit);
}

base::Result<std::uint64_t> count_forks(Database& database, const Kiosk& kiosk) {
    const auto transaction = TRY(database.begin(TransactionKind::read));
    const auto forks = TRY(transaction->forks_of(kiosk.log_id));
    return std::uint64_t{forks.size()};
}

base::Result<bool> note_fork(Transaction& transaction, const Kiosk& kiosk, std::uint64_t number,
                             const crypto::Digest& hash, base::Day today) {
    const auto noted = TRY(transaction.forks_of(kiosk.log_id));
    if (std::ranges::find(noted, hash, &storage::Fork::hash) != noted.end()) {
        return true;
    }
    if (noted.size() >= forks_noted_max) {
        return false;
    }
    TRY(transaction.add_fork({kiosk.log_id, number, hash, base::format_day(today)}));
    return true;
}

batch::Receipt receipt_for(const Kiosk& kiosk, Database& database, const batch::Limits& limits) {
    batch::Receipt receipt;
    receipt.log_id = kiosk.log_id;
    receipt.stored = kiosk.stored;
    receipt.stored_hash = kiosk.stored_hash;
    const bool all_safe =
        database.identity().copies == Copies::sole || kiosk.safe == kiosk.stored || database.has_second_copy();
    receipt.safe = all_safe ? kiosk.stored : kiosk.safe;
    receipt.epoch = database.identity().epoch;
    receipt.limits = limits;
    return receipt;
}

}  // namespace pillarbox::store
