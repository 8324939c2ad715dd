// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/backup.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "core/sqlite/backup.hpp"
#include "core/sqlite/transaction.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {
namespace {

// Every kiosk in the copy, each with all its batches read and checked.
base::Result<std::vector<Kiosk>> check_copy(const std::filesystem::path& target, const Identity& identity,
                                            BackupReport& report) {
    auto copy = TRY(Database::open(target, sqlite::OpenMode::read_only));
    TRY(copy.connection().check_integrity());
    if (copy.identity().name != identity.name || copy.identity().epoch != identity.epoch) {
        return base::fail(base::ErrorCode::damaged, target.string(), "The copy is not of this store.");
    }
    const std::vector<Kiosk> kiosks = TRY(all_kiosks(copy.connection()));
    for (const Kiosk& kiosk : kiosks) {
        TRY(walk_batches(copy.connection(), kiosk,
                         [](std::uint64_t, base::ByteView) { return base::Result<void>{}; }));
        ++report.kiosks;
        report.batches += kiosk.stored;
        report.responses += kiosk.responses;
    }
    return kiosks;
}

// The copy's head must be a batch of this database too: only then does the copy cover it.
base::Result<void> raise_watermark(sqlite::Connection& connection, const Kiosk& copied) {
    const std::optional<Kiosk> held = TRY(find_kiosk(connection, copied.log_id));
    std::optional<crypto::Digest> held_hash;
    if (held.has_value()) {
        held_hash = copied.stored == 0 ? std::optional(batch::genesis_hash(copied.log_id))
                                       : TRY(batch_hash(connection, *held, copied.stored));
    }
    if (held_hash != copied.stored_hash) {
        return base::fail(base::ErrorCode::damaged, connection.path().string(),
                          fmt::format("The copy and the store differ at {}.", base::to_hex(copied.log_id)),
                          "Keep both files for inspection and make another backup.");
    }
    auto update = TRY(connection.prepare("UPDATE kiosk SET safe = max(safe, ?) WHERE id = ?"));
    return update.run(copied.stored, held->row);
}

}  // namespace

base::Result<BackupReport> back_up(Database& database, const std::filesystem::path& target) {
    TRY(sqlite::back_up(database.connection(), target));
    BackupReport report;
    const std::vector<Kiosk> copied = TRY(check_copy(target, database.identity(), report));
    auto transaction = TRY(sqlite::Transaction::begin(database.connection(), sqlite::TransactionKind::write));
    for (const Kiosk& kiosk : copied) {
        TRY(raise_watermark(database.connection(), kiosk));
    }
    TRY(transaction.commit());
    return report;
}

}  // namespace pillarbox::store
