// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every table starts its key with the log id, so that all rows of a kiosk can live on one node of a sharded cluster
// and no transaction but enrolment touches two. `link` is the chain without its weight: it makes a second batch of
// the same number impossible whatever the code above does (which a partitioned table's keys can't, as they have to
// contain the campaign), and it stays when a campaign's partition is detached and archived.
// Ciphertext does not compress: EXTERNAL keeps the server from trying, and a target of half a page keeps small
// batches in the row, which a batch of one response is, instead of in two index look-ups and chunks beside it.
#include "sync/store/postgres/schema.hpp"

#include <fmt/format.h>

#include <array>

#include "core/crypto/hash.hpp"

namespace pillarbox::postgres_storage {
namespace {

constexpr std::array<std::string_view, 6> all_versions = {R"sql(
CREATE TABLE store (
    only_row bigint PRIMARY KEY CHECK (only_row = 1),
    name     text NOT NULL,
    epoch    bigint NOT NULL CHECK (epoch >= 1),
    copies   text NOT NULL CHECK (copies IN ('backed_up', 'sole')),
    arriving boolean NOT NULL
);
CREATE TABLE token (
    digest  bytea PRIMARY KEY CHECK (length(digest) = 32),
    station text NOT NULL,
    log     bytea UNIQUE CHECK (length(log) = 16)
);
CREATE TABLE kiosk (
    log         bytea PRIMARY KEY CHECK (length(log) = 16),
    station     text NOT NULL,
    device_key  bytea NOT NULL CHECK (length(device_key) = 32),
    forerunner  bytea NOT NULL CHECK (length(forerunner) = 16),
    stored      bigint NOT NULL DEFAULT 0,
    stored_hash bytea NOT NULL CHECK (length(stored_hash) = 32),
    responses   bigint NOT NULL DEFAULT 0,
    safe        bigint NOT NULL DEFAULT 0 CHECK (safe BETWEEN 0 AND stored),
    last_day    text NOT NULL DEFAULT ''
);
CREATE TABLE link (
    log      bytea NOT NULL REFERENCES kiosk (log),
    number   bigint NOT NULL CHECK (number >= 1),
    hash     bytea NOT NULL CHECK (length(hash) = 32),
    campaign text NOT NULL,
    PRIMARY KEY (log, number)
);
CREATE TABLE batch (
    log      bytea NOT NULL,
    campaign text NOT NULL,
    number   bigint NOT NULL,
    content  bytea NOT NULL,
    PRIMARY KEY (log, campaign, number)
) PARTITION BY LIST (campaign);
ALTER TABLE batch ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE TABLE batch_other PARTITION OF batch DEFAULT WITH (toast_tuple_target = 4080);
ALTER TABLE batch_other ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE TABLE fork (
    log    bytea NOT NULL REFERENCES kiosk (log),
    number bigint NOT NULL,
    hash   bytea NOT NULL CHECK (length(hash) = 32),
    day    text NOT NULL,
    PRIMARY KEY (log, number, hash)
);
)sql",
                                                          R"sql(
ALTER TABLE kiosk ADD COLUMN revoked_after bigint CHECK (revoked_after >= 0);
CREATE TABLE quarantine (
    log     bytea NOT NULL REFERENCES kiosk (log),
    number  bigint NOT NULL,
    hash    bytea NOT NULL CHECK (length(hash) = 32),
    day     text NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (log, number, hash)
);
ALTER TABLE quarantine ALTER COLUMN content SET STORAGE EXTERNAL;
)sql",
                                                          R"sql(
CREATE TABLE closed_campaign (
    id       text PRIMARY KEY,
    last_day text NOT NULL
);
)sql",
                                                          R"sql(
CREATE TABLE gap (
    log       bytea NOT NULL REFERENCES kiosk (log),
    first     bigint NOT NULL CHECK (first >= 1),
    last      bigint NOT NULL CHECK (last >= first - 1),
    last_hash bytea NOT NULL CHECK (length(last_hash) = 32),
    day       text NOT NULL,
    PRIMARY KEY (log, first)
);
CREATE TABLE withdrawn (
    tag bytea PRIMARY KEY CHECK (length(tag) = 32)
);
)sql",
                                                          R"sql(
CREATE TABLE report (
    log     bytea PRIMARY KEY REFERENCES kiosk (log),
    day     text NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE arrivals (
    log       bytea NOT NULL REFERENCES kiosk (log),
    day       text NOT NULL,
    responses bigint NOT NULL,
    PRIMARY KEY (log, day)
);
CREATE TABLE staff (
    name          text PRIMARY KEY,
    role          text NOT NULL,
    password_hash text NOT NULL
);
CREATE TABLE audit (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    day     text NOT NULL,
    who     text NOT NULL,
    what    text NOT NULL,
    subject text NOT NULL
);
)sql",
                                                          R"sql(
CREATE TABLE large (
    log    bytea NOT NULL REFERENCES kiosk (log),
    digest bytea NOT NULL CHECK (length(digest) = 32),
    size   bigint NOT NULL CHECK (size >= 1),
    tag    bytea NOT NULL CHECK (length(tag) = 32),
    parts  bigint NOT NULL CHECK (parts >= 0),
    batch  bigint NOT NULL CHECK (batch >= 0),
    day    text NOT NULL,
    PRIMARY KEY (log, digest)
);
CREATE INDEX large_unnamed ON large (log) WHERE batch = 0;
CREATE TABLE part (
    log     bytea NOT NULL,
    digest  bytea NOT NULL,
    number  bigint NOT NULL CHECK (number >= 1),
    content bytea NOT NULL,
    PRIMARY KEY (log, digest, number),
    FOREIGN KEY (log, digest) REFERENCES large (log, digest)
);
ALTER TABLE part ALTER COLUMN content SET STORAGE EXTERNAL;
)sql"};

// Advisory locks of this program: "PBST" and what for.
constexpr std::string_view migration_lock = "SELECT pg_advisory_xact_lock(1346523988, 1)";
constexpr std::string_view partition_lock = "SELECT pg_advisory_xact_lock(1346523988, 2)";

base::Result<bool> ask(Connection& connection, const std::string& sql, const Parameters& parameters = {}) {
    const Rows rows = TRY(connection.query(sql, parameters));
    return rows.count() == 1 ? rows.truth(0, 0) : base::Result<bool>(false);
}

base::Result<std::uint64_t> version_of(Connection& connection) {
    const Rows rows = TRY(connection.query("SELECT version FROM schema_version"));
    return rows.count() == 1 ? rows.unsigned_integer(0, 0) : base::Result<std::uint64_t>(0);
}

std::unexpected<base::Error> not_ours(const Connection& connection, Content content) {
    if (content == Content::newer) {
        return base::fail(base::ErrorCode::unsupported, connection.where(),
                          "A newer version of this program made the store's tables.", "Update this program.");
    }
    return base::fail(base::ErrorCode::unsupported, connection.where(), "The database holds something else.",
                      "Make an empty database, or a schema and a user whose search_path names it.");
}

}  // namespace

std::span<const std::string_view> versions() {
    return all_versions;
}

base::Result<Content> content_of(Connection& connection) {
    const bool ours = TRY(ask(connection, "SELECT to_regclass(current_schema() || '.schema_version') IS NOT NULL"));
    if (ours) {
        const std::uint64_t version = TRY(version_of(connection));
        return version > all_versions.size() ? Content::newer : Content::store;
    }
    const bool empty = TRY(ask(connection,
                               "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relkind IN "
                               "('r', 'p', 'v', 'm', 'f', 'S') AND relnamespace = "
                               "(SELECT oid FROM pg_namespace WHERE nspname = current_schema()))"));
    return empty ? Content::nothing : Content::stranger;
}

base::Result<void> migrate(Connection& connection, std::span<const std::string_view> to) {
    TRY(connection.run(std::string(migration_lock)));
    const Content content = TRY(content_of(connection));
    if (content == Content::nothing) {
        TRY(
            connection.run("CREATE TABLE schema_version (version bigint NOT NULL); "
                           "INSERT INTO schema_version (version) VALUES (0)"));
    } else if (content != Content::store) {
        return not_ours(connection, content);
    }
    const std::uint64_t version = TRY(version_of(connection));
    if (version > to.size()) {
        return not_ours(connection, Content::newer);
    }
    for (const std::string_view step : to.subspan(version)) {
        TRY(connection.run(std::string(step)));
    }
    TRY(connection.query("UPDATE schema_version SET version = $1", Parameters().add(std::uint64_t{to.size()})));
    return {};
}

base::Result<void> check_schema(Connection& connection) {
    const Content content = TRY(content_of(connection));
    if (content == Content::nothing) {
        return base::fail(base::ErrorCode::not_found, connection.where(), "There is no store in this database.",
                          "Make one with 'pillarbox-store init --database ADDRESS'.");
    }
    if (content != Content::store) {
        return not_ours(connection, content);
    }
    const std::uint64_t version = TRY(version_of(connection));
    if (version < all_versions.size()) {
        TRY(connection.run("BEGIN"));
        TRY(migrate(connection, all_versions));
        TRY(connection.run("COMMIT"));
    }
    return {};
}

base::Result<void> make_partition(Connection& connection, const std::string& campaign_id) {
    // Campaign ids may be longer than a table's name, so a hash names it.
    const crypto::Digest digest = crypto::sha256(base::view_of(campaign_id));
    const std::string table = "batch_" + base::to_hex(base::ByteView(digest).first(8));
    const std::string may_be_made = fmt::format(
        "SELECT to_regclass(current_schema() || '.{}') IS NULL "
        "AND NOT EXISTS (SELECT FROM batch_other WHERE campaign = $1) "
        "AND (SELECT count(*) FROM pg_inherits WHERE inhparent = 'batch'::regclass) <= {}",
        table, campaigns_max);
    const Parameters parameters = std::move(Parameters().add(std::string_view(campaign_id)));
    // The lock comes before the first look: who has looked at batch_other stands in the way of who attaches beside
    // it.
    TRY(connection.run(std::string(partition_lock)));
    const bool wanted = TRY(ask(connection, may_be_made, parameters));
    if (!wanted) {
        return {};
    }
    // The campaign's letters are A-Z a-z 0-9 - _ (core/batch): nothing in it ends the literal. A long reading, for
    // whose end the new table would have to wait, is not waited for.
    TRY(connection.run("SAVEPOINT partition; SET LOCAL lock_timeout = '2s'"));
    const auto made =
        connection.run(fmt::format("CREATE TABLE {0} (LIKE batch INCLUDING CONSTRAINTS INCLUDING STORAGE) "
                                   "WITH (toast_tuple_target = 4080); "
                                   "ALTER TABLE batch ATTACH PARTITION {0} FOR VALUES IN ('{1}')",
                                   table, campaign_id));
    if (!made.has_value() && made.error().code == base::ErrorCode::network) {
        return made;
    }
    return connection.run(made.has_value() ? "RELEASE SAVEPOINT partition; SET LOCAL lock_timeout = '10s'"
                                           : "ROLLBACK TO SAVEPOINT partition");
}

}  // namespace pillarbox::postgres_storage
