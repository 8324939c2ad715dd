// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/sqlite/transaction.hpp"

#include <fmt/format.h>

namespace pillarbox::sqlite_storage {

using storage::Batch;
using storage::ClosedCampaign;
using storage::Fork;
using storage::Kiosk;
using storage::Quarantined;
using storage::QuarantineSize;
using storage::Token;

namespace {

constexpr std::string_view kiosk_columns =
    "log, station, device_key, forerunner, stored, stored_hash, responses, safe, coalesce(last_day, ''), "
    "revoked_after";

base::Result<Token> read_token(const sqlite::Rows& rows) {
    // The station is the token's own: a kiosk keeps the name under which it came.
    Token token;
    token.digest = TRY(rows.array<32>(0));
    token.station = TRY(rows.text(1));
    if (!rows.is_null(2)) {
        token.log_id = TRY(rows.array<16>(2));
    }
    return token;
}

}  // namespace

base::Result<Kiosk> Transaction::read_kiosk(const sqlite::Rows& rows) const {
    Kiosk kiosk;
    kiosk.log_id = TRY(rows.array<16>(0));
    kiosk.station = TRY(rows.text(1));
    kiosk.device_key.bytes = TRY(rows.array<32>(2));
    kiosk.forerunner = TRY(rows.array<16>(3));
    kiosk.stored = TRY(rows.unsigned_integer(4));
    kiosk.stored_hash = TRY(rows.array<32>(5));
    kiosk.responses = TRY(rows.unsigned_integer(6));
    kiosk.safe = TRY(rows.unsigned_integer(7));
    kiosk.last_day = TRY(rows.text(8));
    if (!rows.is_null(9)) {
        kiosk.revoked_after = TRY(rows.unsigned_integer(9));
    }
    TRY(storage::check_kiosk(kiosk, connection_.path().string()));
    return kiosk;
}

base::Result<std::int64_t> Transaction::row_of(const batch::LogId& log_id) {
    auto select = TRY(connection_.prepare("SELECT id FROM kiosk WHERE log = ?"));
    auto rows = TRY(select.query(base::ByteView(log_id)));
    const bool found = TRY(rows.next());
    if (!found) {
        return base::fail(base::ErrorCode::damaged, connection_.path().string(), "A kiosk's row is gone.",
                          "Put back the last verified backup.");
    }
    return rows.integer(0);
}

base::Result<std::optional<Kiosk>> Transaction::find_kiosk(const batch::LogId& log_id) {
    auto select = TRY(connection_.prepare(fmt::format("SELECT {} FROM kiosk WHERE log = ?", kiosk_columns)));
    auto rows = TRY(select.query(base::ByteView(log_id)));
    const bool found = TRY(rows.next());
    if (!found) {
        return std::optional<Kiosk>{};
    }
    Kiosk kiosk = TRY(read_kiosk(rows));
    return std::optional(std::move(kiosk));
}

base::Result<std::vector<Kiosk>> Transaction::all_kiosks() {
    auto select = TRY(connection_.prepare(fmt::format("SELECT {} FROM kiosk ORDER BY station, log", kiosk_columns)));
    auto rows = TRY(select.query());
    std::vector<Kiosk> kiosks;
    while (TRY(rows.next())) {
        kiosks.push_back(TRY(read_kiosk(rows)));
    }
    return kiosks;
}

base::Result<void> Transaction::add_kiosk(const Kiosk& kiosk) {
    auto insert = TRY(connection_.prepare(
        "INSERT INTO kiosk (log, station, device_key, forerunner, stored_hash) VALUES (?, ?, ?, ?, ?)"));
    return insert.run(base::ByteView(kiosk.log_id), std::string_view(kiosk.station),
                      base::ByteView(kiosk.device_key.bytes), base::ByteView(kiosk.forerunner),
                      base::ByteView(kiosk.stored_hash));
}

base::Result<void> Transaction::move_head(const Kiosk& kiosk, std::span<const Batch> batches) {
    const std::int64_t row = TRY(row_of(kiosk.log_id));
    auto insert = TRY(connection_.prepare("INSERT INTO batch (kiosk, number, hash, content) VALUES (?, ?, ?, ?)"));
    for (const Batch& batch : batches) {
        TRY(insert.run(row, batch.number, base::ByteView(batch.hash), batch.content));
    }
    auto update = TRY(connection_.prepare(
        "UPDATE kiosk SET stored = ?, stored_hash = ?, responses = ?, safe = ?, last_day = nullif(?, '') "
        "WHERE id = ?"));
    return update.run(kiosk.stored, base::ByteView(kiosk.stored_hash), kiosk.responses, kiosk.safe,
                      std::string_view(kiosk.last_day), row);
}

base::Result<std::optional<crypto::Digest>> Transaction::batch_hash(const batch::LogId& log_id,
                                                                    std::uint64_t number) {
    auto select = TRY(connection_.prepare(
        "SELECT hash FROM batch WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) AND number = ?"));
    auto rows = TRY(select.query(base::ByteView(log_id), number));
    const bool found = TRY(rows.next());
    if (!found) {
        return std::optional<crypto::Digest>{};
    }
    const crypto::Digest hash = TRY(rows.array<32>(0));
    return std::optional(hash);
}

base::Result<void> Transaction::read_batches(const batch::LogId& log_id, std::uint64_t number,
                                             const BatchVisitor& visit) {
    auto select = TRY(connection_.prepare(
        "SELECT number, hash, content FROM batch WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) AND number > ? "
        "ORDER BY number"));
    auto rows = TRY(select.query(base::ByteView(log_id), number));
    while (TRY(rows.next())) {
        Batch batch;
        batch.number = TRY(rows.unsigned_integer(0));
        batch.hash = TRY(rows.array<32>(1));
        batch.content = TRY(rows.bytes(2));
        TRY(visit(batch));
    }
    return {};
}

base::Result<void> Transaction::add_fork(const Fork& fork) {
    auto insert =
        TRY(connection_.prepare("INSERT OR IGNORE INTO fork (kiosk, number, hash, day) VALUES (?, ?, ?, ?)"));
    const std::int64_t row = TRY(row_of(fork.log_id));
    return insert.run(row, fork.number, base::ByteView(fork.hash), std::string_view(fork.day));
}

base::Result<std::vector<Fork>> Transaction::forks_of(const batch::LogId& log_id) {
    auto select =
        TRY(connection_.prepare("SELECT number, hash, day FROM fork WHERE kiosk = (SELECT id FROM kiosk WHERE log = "
                                "?) ORDER BY number, hash"));
    auto rows = TRY(select.query(base::ByteView(log_id)));
    std::vector<Fork> forks;
    while (TRY(rows.next())) {
        Fork fork;
        fork.log_id = log_id;
        fork.number = TRY(rows.unsigned_integer(0));
        fork.hash = TRY(rows.array<32>(1));
        fork.day = TRY(rows.text(2));
        forks.push_back(std::move(fork));
    }
    return forks;
}

base::Result<void> Transaction::set_revoked(const Kiosk& kiosk) {
    const std::int64_t row = TRY(row_of(kiosk.log_id));
    if (!kiosk.revoked_after.has_value()) {
        auto clear = TRY(connection_.prepare("UPDATE kiosk SET revoked_after = NULL WHERE id = ?"));
        return clear.run(row);
    }
    auto update = TRY(connection_.prepare("UPDATE kiosk SET revoked_after = ? WHERE id = ?"));
    return update.run(*kiosk.revoked_after, row);
}

base::Result<void> Transaction::add_quarantined(const batch::LogId& log_id, const Quarantined& added) {
    const std::int64_t row = TRY(row_of(log_id));
    auto insert = TRY(connection_.prepare(
        "INSERT OR IGNORE INTO quarantine (kiosk, number, hash, day, content) VALUES (?, ?, ?, ?, ?)"));
    return insert.run(row, added.number, base::ByteView(added.hash), std::string_view(added.day), added.content);
}

base::Result<QuarantineSize> Transaction::quarantine_size(const batch::LogId& log_id) {
    auto select =
        TRY(connection_.prepare("SELECT count(*), coalesce(sum(length(content)), 0) FROM quarantine "
                                "WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?)"));
    auto rows = TRY(select.query(base::ByteView(log_id)));
    static_cast<void>(TRY(rows.next()));
    QuarantineSize size;
    size.batches = TRY(rows.unsigned_integer(0));
    size.size_bytes = TRY(rows.unsigned_integer(1));
    return size;
}

base::Result<void> Transaction::read_quarantine(const batch::LogId& log_id, const QuarantineVisitor& visit) {
    auto select = TRY(connection_.prepare(
        "SELECT number, hash, day, content FROM quarantine WHERE kiosk = (SELECT id FROM kiosk WHERE log = ?) "
        "ORDER BY number, hash"));
    auto rows = TRY(select.query(base::ByteView(log_id)));
    while (TRY(rows.next())) {
        Quarantined row;
        row.number = TRY(rows.unsigned_integer(0));
        row.hash = TRY(rows.array<32>(1));
        row.day = TRY(rows.text(2));
        row.content = TRY(rows.bytes(3));
        TRY(visit(row));
    }
    return {};
}

base::Result<void> Transaction::set_closed(const ClosedCampaign& campaign) {
    auto insert = TRY(connection_.prepare("INSERT OR REPLACE INTO closed_campaign (id, last_day) VALUES (?, ?)"));
    const std::string last_day = base::format_day(campaign.last_day);
    return insert.run(std::string_view(campaign.id), std::string_view(last_day));
}

base::Result<std::vector<ClosedCampaign>> Transaction::closed_campaigns() {
    auto select = TRY(connection_.prepare("SELECT id, last_day FROM closed_campaign ORDER BY id"));
    auto rows = TRY(select.query());
    std::vector<ClosedCampaign> campaigns;
    while (TRY(rows.next())) {
        ClosedCampaign campaign;
        campaign.id = TRY(rows.text(0));
        const std::string_view last_day = TRY(rows.text(1));
        campaign.last_day = TRY(storage::read_closing_day(last_day, connection_.path().string()));
        campaigns.push_back(std::move(campaign));
    }
    return campaigns;
}

// By the primary key's index. How long that takes may tell how far the digest of a guess agrees with one that is
// here: whoever guesses chooses a secret of 128 random bits, and not its digest, so it brings no guess nearer.
base::Result<std::optional<Token>> Transaction::find_token(const crypto::Digest& digest) {
    auto select =
        TRY(connection_.prepare("SELECT digest, token.station, log FROM token "
                                "LEFT JOIN kiosk ON kiosk.id = token.kiosk WHERE digest = ?"));
    auto rows = TRY(select.query(base::ByteView(digest)));
    const bool found = TRY(rows.next());
    if (!found) {
        return std::optional<Token>{};
    }
    Token token = TRY(read_token(rows));
    return std::optional(std::move(token));
}

base::Result<std::vector<Token>> Transaction::all_tokens() {
    auto select =
        TRY(connection_.prepare("SELECT digest, token.station, log FROM token "
                                "LEFT JOIN kiosk ON kiosk.id = token.kiosk ORDER BY digest"));
    auto rows = TRY(select.query());
    std::vector<Token> found;
    while (TRY(rows.next())) {
        found.push_back(TRY(read_token(rows)));
    }
    return found;
}

base::Result<void> Transaction::add_token(const Token& token) {
    auto insert = TRY(connection_.prepare("INSERT INTO token (digest, station) VALUES (?, ?)"));
    TRY(insert.run(base::ByteView(token.digest), std::string_view(token.station)));
    return token.log_id.has_value() ? use_token(token.digest, *token.log_id) : base::Result<void>{};
}

base::Result<void> Transaction::use_token(const crypto::Digest& digest, const batch::LogId& log_id) {
    const std::int64_t row = TRY(row_of(log_id));
    auto update = TRY(connection_.prepare("UPDATE token SET kiosk = ? WHERE digest = ? AND kiosk IS NULL"));
    TRY(update.run(row, base::ByteView(digest)));
    if (connection_.changes() != 1) {
        return base::fail(base::ErrorCode::conflict, connection_.path().string(), "The token was used meanwhile.");
    }
    return {};
}

}  // namespace pillarbox::sqlite_storage
