// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/backup.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "sync/store/again.hpp"
#include "sync/store/arrival.hpp"
#include "sync/store/copying.hpp"
#include "sync/store/databases.hpp"
#include "sync/store/sqlite/database.hpp"

namespace pillarbox::store {
namespace {

// For a database that is no file: the same rows in one.
base::Result<void> copy_to_file(Database& database, const std::filesystem::path& target) {
    std::error_code status;
    if (std::filesystem::exists(target, status)) {
        return base::fail(base::ErrorCode::already_exists, target.string(), "There is a file already.",
                          "Name a new one.");
    }
    auto arrival = TRY(Arrival::open(sqlite_address(target), database.identity()));
    TRY(copy_rows(database, arrival.database(), [](std::uint64_t, std::uint64_t) {}));
    return arrival.finish();
}

// Every kiosk in the copy, each with all its batches read and checked.
base::Result<std::vector<Kiosk>> check_copy(const std::filesystem::path& target, const Identity& identity,
                                            BackupReport& report) {
    const auto copy = TRY(sqlite_storage::Database::open(target, sqlite::OpenMode::read_only));
    TRY(copy->connection().check_integrity());
    if (copy->identity().name != identity.name || copy->identity().epoch != identity.epoch) {
        return base::fail(base::ErrorCode::damaged, target.string(), "The copy is not of this store.");
    }
    const std::vector<Kiosk> kiosks = TRY(all_kiosks(*copy));
    for (const Kiosk& kiosk : kiosks) {
        TRY(walk_batches(*copy, kiosk, [](std::uint64_t, base::ByteView) { return base::Result<void>{}; }));
        ++report.kiosks;
        report.batches += kiosk.stored;
        report.responses += kiosk.responses;
    }
    return kiosks;
}

// The copy's head must be a batch of this database too: only then does the copy cover it.
base::Result<void> raise_watermark(Transaction& transaction, const Kiosk& copied, const std::string& where) {
    std::optional<Kiosk> held = TRY(transaction.find_kiosk(copied.log_id));
    std::optional<crypto::Digest> held_hash;
    if (held.has_value()) {
        held_hash = TRY(hash_at(transaction, *held, copied.stored));
    }
    if (held_hash != copied.stored_hash) {
        return base::fail(base::ErrorCode::damaged, where,
                          fmt::format("The copy and the store differ at {}.", base::to_hex(copied.log_id)),
                          "Keep both for inspection and make another backup.");
    }
    held->safe = std::max(held->safe, copied.stored);
    return transaction.move_head(*held, {});
}

base::Result<void> raise_watermarks(Database& database, const std::vector<Kiosk>& copied) {
    const auto transaction = TRY(database.begin(TransactionKind::write));
    for (const Kiosk& kiosk : copied) {
        TRY(raise_watermark(*transaction, kiosk, database.where()));
    }
    return transaction->commit();
}

}  // namespace

base::Result<BackupReport> back_up(Database& database, const std::filesystem::path& target) {
    auto made = database.copy_file(target);
    if (!made.has_value() && made.error().code == base::ErrorCode::unsupported) {
        made = copy_to_file(database, target);
    }
    TRY(std::move(made));
    BackupReport report;
    const std::vector<Kiosk> copied = TRY(check_copy(target, database.identity(), report));
    TRY(again_if_cut([&] { return raise_watermarks(database, copied); }));
    return report;
}

}  // namespace pillarbox::store
