// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/kiosks.hpp"

#include <fmt/format.h>

#include "sync/store/again.hpp"

namespace pillarbox::store {
namespace {

std::unexpected<base::Error> chain_broken(const Kiosk& kiosk, std::uint64_t number) {
    return base::fail(base::ErrorCode::damaged, base::to_hex(kiosk.log_id),
                      fmt::format("Batch {} is not as it was accepted.", number),
                      "Stop the store, keep its database for inspection, and put back the last verified backup.");
}

}  // namespace

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

base::Result<void> walk_batches(Transaction& transaction, const Kiosk& kiosk, const BatchVisitor& visit) {
    std::uint64_t number = 0;
    crypto::Digest hash = batch::genesis_hash(kiosk.log_id);
    TRY(transaction.read_batches(kiosk.log_id, 0, [&](const storage::Batch& row) -> base::Result<void> {
        ++number;
        const auto parsed = batch::parse_batch(row.content, no_limits);
        const bool whole = parsed.has_value() && row.number == number && parsed->header.number == number &&
                           parsed->header.log_id == kiosk.log_id && parsed->header.previous == hash &&
                           batch::hash_of(parsed->header) == row.hash &&
                           batch::verify_signature(*parsed, kiosk.device_key).has_value();
        if (!whole) {
            return chain_broken(kiosk, number);
        }
        hash = row.hash;
        return visit(number, row.content);
    }));
    if (number != kiosk.stored || hash != kiosk.stored_hash) {
        return chain_broken(kiosk, number + 1);
    }
    return {};
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

base::Result<void> note_fork(Transaction& transaction, const Kiosk& kiosk, std::uint64_t number,
                             const crypto::Digest& hash, base::Day today) {
    const auto noted = TRY(transaction.forks_of(kiosk.log_id));
    if (noted.size() >= forks_noted_max) {
        return {};
    }
    return transaction.add_fork({kiosk.log_id, number, hash, base::format_day(today)});
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
