// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/postgres/transaction.hpp"

#include <fmt/format.h>

#include "sync/store/postgres/schema.hpp"

namespace pillarbox::postgres_storage {

using storage::Batch;
using storage::ClosedCampaign;
using storage::Fork;
using storage::Kiosk;
using storage::Quarantined;
using storage::QuarantineSize;
using storage::Token;

namespace {

constexpr std::string_view kiosk_columns =
    "log, station, device_key, forerunner, stored, stored_hash, responses, safe, last_day, revoked_after";

Parameters parameters_of(const batch::LogId& log_id) {
    return std::move(Parameters().add(base::ByteView(log_id)));
}

base::Result<Token> read_token(const Rows& rows, int row) {
    Token token;
    token.digest = TRY(rows.array<32>(row, 0));
    token.station = TRY(rows.text(row, 1));
    if (!rows.is_null(row, 2)) {
        token.log_id = TRY(rows.array<16>(row, 2));
    }
    return token;
}

}  // namespace

Transaction::~Transaction() {
    if (!ended_) {
        // Where it can't be rolled back the connection is not given back to the pool, and the server does it.
        const auto settled = connection_->settle();
        const auto rolled_back = connection_->run("ROLLBACK");
        static_cast<void>(settled.has_value() && rolled_back.has_value());
    }
}

base::Result<void> Transaction::commit() {
    TRY(connection_->settle());  // nothing is committed that was not looked at
    ended_ = true;
    TRY(connection_->run("COMMIT"));
    for (const std::string& campaign_id : campaigns_) {
        connection_.pool().note_campaign(campaign_id);
    }
    return {};
}

base::Result<Kiosk> Transaction::read_kiosk(const Rows& rows, int row) const {
    Kiosk kiosk;
    kiosk.log_id = TRY(rows.array<16>(row, 0));
    kiosk.station = TRY(rows.text(row, 1));
    kiosk.device_key.bytes = TRY(rows.array<32>(row, 2));
    kiosk.forerunner = TRY(rows.array<16>(row, 3));
    kiosk.stored = TRY(rows.unsigned_integer(row, 4));
    kiosk.stored_hash = TRY(rows.array<32>(row, 5));
    kiosk.responses = TRY(rows.unsigned_integer(row, 6));
    kiosk.safe = TRY(rows.unsigned_integer(row, 7));
    kiosk.last_day = TRY(rows.text(row, 8));
    if (!rows.is_null(row, 9)) {
        kiosk.revoked_after = TRY(rows.unsigned_integer(row, 9));
    }
    TRY(storage::check_kiosk(kiosk, connection_->where()));
    return kiosk;
}

base::Result<std::optional<Kiosk>> Transaction::find_kiosk(const batch::LogId& log_id) {
    const std::string_view lock = kind_ == storage::TransactionKind::write ? " FOR UPDATE" : "";
    const Rows rows = TRY(connection_->query(
        fmt::format("SELECT {} FROM kiosk WHERE log = $1{}", kiosk_columns, lock), parameters_of(log_id)));
    if (rows.count() == 0) {
        return std::optional<Kiosk>{};
    }
    Kiosk kiosk = TRY(read_kiosk(rows, 0));
    return std::optional(std::move(kiosk));
}

base::Result<std::vector<Kiosk>> Transaction::all_kiosks() {
    const Rows rows = TRY(
        connection_->query(fmt::format("SELECT {} FROM kiosk ORDER BY station COLLATE \"C\", log", kiosk_columns)));
    std::vector<Kiosk> kiosks;
    for (int row = 0; row < rows.count(); ++row) {
        kiosks.push_back(TRY(read_kiosk(rows, row)));
    }
    return kiosks;
}

base::Result<void> Transaction::add_kiosk(const Kiosk& kiosk) {
    const Parameters row = std::move(Parameters()
                                         .add(base::ByteView(kiosk.log_id))
                                         .add(std::string_view(kiosk.station))
                                         .add(base::ByteView(kiosk.device_key.bytes))
                                         .add(base::ByteView(kiosk.forerunner))
                                         .add(base::ByteView(kiosk.stored_hash)));
    TRY(connection_->query(
        "INSERT INTO kiosk (log, station, device_key, forerunner, stored_hash) VALUES ($1, $2, $3, $4, $5)", row));
    return {};
}

// One statement for links and contents. Nobody else moves a head that is locked, so a number that is taken all the
// same is the work of another hand: it is left as it is, and told.
base::Result<void> Transaction::insert_batches(const batch::LogId& log_id, std::span<const Batch> batches) {
    std::vector<std::uint64_t> numbers;
    std::vector<base::ByteView> hashes;
    std::vector<std::string_view> campaigns;
    std::vector<base::ByteView> contents;
    for (const Batch& batch : batches) {
        const bool settled =
            connection_.pool().knows_campaign(batch.campaign_id) || campaigns_.contains(batch.campaign_id);
        if (!settled) {
            TRY(make_partition(*connection_, batch.campaign_id));
            campaigns_.insert(batch.campaign_id);
        }
        numbers.push_back(batch.number);
        hashes.emplace_back(batch.hash);
        campaigns.emplace_back(batch.campaign_id);
        contents.push_back(batch.content);
    }
    const Parameters rows = std::move(
        parameters_of(log_id).add_array(numbers).add_array(hashes).add_array(campaigns).add_array(contents));
    return connection_->post(
        "WITH linked AS (INSERT INTO link (log, number, hash, campaign) SELECT $1, number, hash, campaign "
        "FROM unnest($2::bigint[], $3::bytea[], $4::text[]) AS row (number, hash, campaign) "
        "ON CONFLICT DO NOTHING RETURNING number) "
        "INSERT INTO batch (log, campaign, number, content) SELECT $1, campaign, number, content "
        "FROM unnest($4::text[], $2::bigint[], $5::bytea[]) AS row (campaign, number, content) "
        "WHERE number IN (SELECT number FROM linked) ON CONFLICT DO NOTHING",
        rows, [this, log_id, expected = batches.size()](const Rows& inserted) -> base::Result<void> {
            if (inserted.changed() == expected) {
                return {};
            }
            return base::fail(
                base::ErrorCode::damaged, connection_->where(),
                fmt::format("Batches beyond the head of {} are there.", base::to_hex(log_id)),
                "Stop the store, keep the database for inspection, and put back the last verified backup.");
        });
}

base::Result<void> Transaction::move_head(const Kiosk& kiosk, std::span<const Batch> batches) {
    if (!batches.empty()) {
        TRY(insert_batches(kiosk.log_id, batches));
    }
    const Parameters row = std::move(parameters_of(kiosk.log_id)
                                         .add(kiosk.stored)
                                         .add(base::ByteView(kiosk.stored_hash))
                                         .add(kiosk.responses)
                                         .add(kiosk.safe)
                                         .add(std::string_view(kiosk.last_day)));
    return connection_->post(
        "UPDATE kiosk SET stored = $2, stored_hash = $3, responses = $4, safe = $5, last_day = $6 WHERE log = $1",
        row, [this](const Rows& moved) -> base::Result<void> {
            return moved.changed() == 1 ? base::Result<void>{}
                                        : base::fail(base::ErrorCode::damaged, connection_->where(),
                                                     "A kiosk's row is gone.", "Put back the last verified backup.");
        });
}

base::Result<std::optional<crypto::Digest>> Transaction::batch_hash(const batch::LogId& log_id,
                                                                    std::uint64_t number) {
    const Rows rows = TRY(connection_->query("SELECT hash FROM link WHERE log = $1 AND number = $2",
                                             std::move(parameters_of(log_id).add(number))));
    if (rows.count() == 0) {
        return std::optional<crypto::Digest>{};
    }
    const crypto::Digest hash = TRY(rows.array<32>(0, 0));
    return std::optional(hash);
}

base::Result<void> Transaction::read_batches(const batch::LogId& log_id, std::uint64_t number,
                                             const BatchVisitor& visit) {
    return connection_->stream(
        "SELECT number, hash, campaign, content FROM link JOIN batch USING (log, campaign, number) "
        "WHERE log = $1 AND number > $2 ORDER BY number",
        std::move(parameters_of(log_id).add(number)), [&visit](const Rows& row) -> base::Result<void> {
            Batch batch;
            batch.number = TRY(row.unsigned_integer(0, 0));
            batch.hash = TRY(row.array<32>(0, 1));
            batch.campaign_id = TRY(row.text(0, 2));
            batch.content = TRY(row.bytes(0, 3));
            return visit(batch);
        });
}

base::Result<void> Transaction::add_fork(const Fork& fork) {
    const Parameters row = std::move(
        parameters_of(fork.log_id).add(fork.number).add(base::ByteView(fork.hash)).add(std::string_view(fork.day)));
    TRY(connection_->query("INSERT INTO fork (log, number, hash, day) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                           row));
    return {};
}

base::Result<std::vector<Fork>> Transaction::forks_of(const batch::LogId& log_id) {
    const Rows rows = TRY(connection_->query(
        "SELECT number, hash, day FROM fork WHERE log = $1 ORDER BY number, hash", parameters_of(log_id)));
    std::vector<Fork> forks;
    for (int row = 0; row < rows.count(); ++row) {
        Fork fork;
        fork.log_id = log_id;
        fork.number = TRY(rows.unsigned_integer(row, 0));
        fork.hash = TRY(rows.array<32>(row, 1));
        fork.day = TRY(rows.text(row, 2));
        forks.push_back(std::move(fork));
    }
    return forks;
}

base::Result<void> Transaction::set_revoked(const Kiosk& kiosk) {
    Parameters row = parameters_of(kiosk.log_id);
    if (kiosk.revoked_after.has_value()) {
        row.add(*kiosk.revoked_after);
    }
    TRY(connection_->query(fmt::format("UPDATE kiosk SET revoked_after = {} WHERE log = $1",
                                       kiosk.revoked_after.has_value() ? "$2" : "NULL"),
                           row));
    return {};
}

base::Result<void> Transaction::add_quarantined(const batch::LogId& log_id, const Quarantined& added) {
    TRY(
        connection_->query("INSERT INTO quarantine (log, number, hash, day, content) VALUES ($1, $2, $3, $4, $5) "
                           "ON CONFLICT DO NOTHING",
                           std::move(parameters_of(log_id)
                                         .add(added.number)
                                         .add(base::ByteView(added.hash))
                                         .add(std::string_view(added.day))
                                         .add(added.content))));
    return {};
}

base::Result<QuarantineSize> Transaction::quarantine_size(const batch::LogId& log_id) {
    const Rows rows = TRY(connection_->query(
        "SELECT count(*), coalesce(sum(length(content)), 0)::bigint FROM quarantine WHERE log = $1",
        parameters_of(log_id)));
    QuarantineSize size;
    size.batches = TRY(rows.unsigned_integer(0, 0));
    size.size_bytes = TRY(rows.unsigned_integer(0, 1));
    return size;
}

// The keys first, then each row by its own: a kiosk's quarantine may be larger than what should be in memory at once.
base::Result<void> Transaction::read_quarantine(const batch::LogId& log_id, const QuarantineVisitor& visit) {
    const Rows keys = TRY(connection_->query(
        "SELECT number, hash, day FROM quarantine WHERE log = $1 ORDER BY number, hash", parameters_of(log_id)));
    for (int key = 0; key < keys.count(); ++key) {
        Quarantined row;
        row.number = TRY(keys.unsigned_integer(key, 0));
        row.hash = TRY(keys.array<32>(key, 1));
        row.day = TRY(keys.text(key, 2));
        const Rows found =
            TRY(connection_->query("SELECT content FROM quarantine WHERE log = $1 AND number = $2 AND hash = $3",
                                   std::move(parameters_of(log_id).add(row.number).add(base::ByteView(row.hash)))));
        if (found.count() == 1) {
            row.content = TRY(found.bytes(0, 0));
            TRY(visit(row));
        }
    }
    return {};
}

base::Result<void> Transaction::set_closed(const ClosedCampaign& campaign) {
    const std::string last_day = base::format_day(campaign.last_day);
    TRY(
        connection_->query("INSERT INTO closed_campaign (id, last_day) VALUES ($1, $2) "
                           "ON CONFLICT (id) DO UPDATE SET last_day = excluded.last_day",
                           Parameters().add(std::string_view(campaign.id)).add(std::string_view(last_day))));
    return {};
}

base::Result<std::vector<ClosedCampaign>> Transaction::closed_campaigns() {
    const Rows rows = TRY(connection_->query("SELECT id, last_day FROM closed_campaign ORDER BY id COLLATE \"C\""));
    std::vector<ClosedCampaign> campaigns;
    for (int row = 0; row < rows.count(); ++row) {
        ClosedCampaign campaign;
        campaign.id = TRY(rows.text(row, 0));
        const std::string_view last_day = TRY(rows.text(row, 1));
        campaign.last_day = TRY(storage::read_closing_day(last_day, connection_->where()));
        campaigns.push_back(std::move(campaign));
    }
    return campaigns;
}

// An index may compare the digest as it likes: who guesses secrets can't choose their SHA-256, so that the answer's
// delay leads nowhere. The lock makes a second store wait that has the same token in its hands.
base::Result<std::optional<Token>> Transaction::find_token(const crypto::Digest& digest) {
    const Rows rows = TRY(connection_->query("SELECT digest, station, log FROM token WHERE digest = $1 FOR UPDATE",
                                             std::move(Parameters().add(base::ByteView(digest)))));
    if (rows.count() == 0) {
        return std::optional<Token>{};
    }
    Token token = TRY(read_token(rows, 0));
    return std::optional(std::move(token));
}

base::Result<std::vector<Token>> Transaction::all_tokens() {
    const Rows rows = TRY(connection_->query("SELECT digest, station, log FROM token ORDER BY digest"));
    std::vector<Token> tokens;
    for (int row = 0; row < rows.count(); ++row) {
        tokens.push_back(TRY(read_token(rows, row)));
    }
    return tokens;
}

base::Result<void> Transaction::add_token(const Token& token) {
    Parameters row;
    row.add(base::ByteView(token.digest)).add(std::string_view(token.station));
    if (token.log_id.has_value()) {
        row.add(base::ByteView(*token.log_id));
    } else {
        row.add_null_bytes();
    }
    TRY(connection_->query("INSERT INTO token (digest, station, log) VALUES ($1, $2, $3)", row));
    return {};
}

base::Result<void> Transaction::use_token(const crypto::Digest& digest, const batch::LogId& log_id) {
    const Rows used =
        TRY(connection_->query("UPDATE token SET log = $2 WHERE digest = $1 AND log IS NULL",
                               std::move(Parameters().add(base::ByteView(digest)).add(base::ByteView(log_id)))));
    if (used.changed() != 1) {
        return base::fail(base::ErrorCode::conflict, connection_->where(), "The token was used meanwhile.");
    }
    return {};
}

}  // namespace pillarbox::postgres_storage
