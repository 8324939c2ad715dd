// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rowid tables, because most of the file is BLOBs of kilobytes that are written once, in order, and read whole;
// UNIQUE(kiosk, number) makes a second batch of the same number impossible, whatever the code above does.
#include "sync/store/sqlite/schema.hpp"

#include <array>

namespace pillarbox::sqlite_storage {
namespace {

constexpr std::int32_t application_id = 0x50425354;  // "PBST"

constexpr std::array<std::string_view, 6> versions = {R"sql(
CREATE TABLE store (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    name     TEXT NOT NULL,
    epoch    INTEGER NOT NULL CHECK (epoch >= 1),
    copies   TEXT NOT NULL CHECK (copies IN ('backed_up', 'sole'))
) STRICT;

CREATE TABLE kiosk (
    id          INTEGER PRIMARY KEY,
    log         BLOB NOT NULL UNIQUE CHECK (length(log) = 16),
    station     TEXT NOT NULL,
    device_key  BLOB NOT NULL CHECK (length(device_key) = 32),
    forerunner  BLOB NOT NULL CHECK (length(forerunner) = 16),
    stored      INTEGER NOT NULL DEFAULT 0,
    stored_hash BLOB NOT NULL CHECK (length(stored_hash) = 32),
    responses   INTEGER NOT NULL DEFAULT 0,
    safe        INTEGER NOT NULL DEFAULT 0 CHECK (safe BETWEEN 0 AND stored),
    last_day    TEXT
) STRICT;

-- A token's secret is not kept, only its SHA-256. `kiosk` is null until it is used: then it is burnt for all others.
CREATE TABLE token (
    digest  BLOB PRIMARY KEY CHECK (length(digest) = 32),
    station TEXT NOT NULL,
    kiosk   INTEGER UNIQUE REFERENCES kiosk (id)
) STRICT;

CREATE TABLE batch (
    id      INTEGER PRIMARY KEY,
    kiosk   INTEGER NOT NULL REFERENCES kiosk (id),
    number  INTEGER NOT NULL CHECK (number >= 1),
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    content BLOB NOT NULL,
    UNIQUE (kiosk, number)
) STRICT;

-- A well-signed batch that does not follow from what is stored: a cloned or restored kiosk. Refused, and noted here.
CREATE TABLE fork (
    kiosk  INTEGER NOT NULL REFERENCES kiosk (id),
    number INTEGER NOT NULL,
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    day    TEXT NOT NULL,
    UNIQUE (kiosk, number, hash)
) STRICT;
)sql",
                                                      R"sql(
-- The last batch that counts, where the kiosk is revoked. What comes after it is kept apart, in no chain.
ALTER TABLE kiosk ADD COLUMN revoked_after INTEGER CHECK (revoked_after >= 0);

CREATE TABLE quarantine (
    id      INTEGER PRIMARY KEY,
    kiosk   INTEGER NOT NULL REFERENCES kiosk (id),
    number  INTEGER NOT NULL,
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    day     TEXT NOT NULL,
    content BLOB NOT NULL,
    UNIQUE (kiosk, number, hash)
) STRICT;
)sql",
                                                      R"sql(
CREATE TABLE closed_campaign (
    id       TEXT PRIMARY KEY,
    last_day TEXT NOT NULL
) STRICT;
)sql",
                                                      R"sql(
-- What a store that was put back to an old copy lacks, and fills in from `last` down; filled where last < first.
CREATE TABLE gap (
    kiosk     INTEGER NOT NULL REFERENCES kiosk (id),
    first     INTEGER NOT NULL CHECK (first >= 1),
    last      INTEGER NOT NULL CHECK (last >= first - 1),
    last_hash BLOB NOT NULL CHECK (length(last_hash) = 32),
    day       TEXT NOT NULL,
    UNIQUE (kiosk, first)
) STRICT;

-- Envelopes with these tags are not kept, whenever they come.
CREATE TABLE withdrawn (
    tag BLOB PRIMARY KEY CHECK (length(tag) = 32)
) STRICT, WITHOUT ROWID;
)sql",
                                                      R"sql(
-- For the people who look after the fleet (storage/fleet_rows.hpp).
CREATE TABLE report (
    kiosk   INTEGER PRIMARY KEY REFERENCES kiosk (id),
    day     TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE arrivals (
    day       TEXT NOT NULL,
    kiosk     INTEGER NOT NULL REFERENCES kiosk (id),
    responses INTEGER NOT NULL,
    PRIMARY KEY (day, kiosk)
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
    name          TEXT PRIMARY KEY,
    role          TEXT NOT NULL,
    password_hash TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    day     TEXT NOT NULL,
    who     TEXT NOT NULL,
    what    TEXT NOT NULL,
    subject TEXT NOT NULL
) STRICT;
)sql",
                                                      R"sql(
-- Large envelopes, and their parts (storage/large_rows.hpp). `batch` is 0 until a stored batch names it.
CREATE TABLE large (
    id     INTEGER PRIMARY KEY,
    kiosk  INTEGER NOT NULL REFERENCES kiosk (id),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    size   INTEGER NOT NULL CHECK (size >= 1),
    tag    BLOB NOT NULL CHECK (length(tag) = 32),
    parts  INTEGER NOT NULL CHECK (parts >= 0),
    batch  INTEGER NOT NULL CHECK (batch >= 0),
    day    TEXT NOT NULL,
    UNIQUE (kiosk, digest)
) STRICT;
CREATE INDEX large_unnamed ON large (kiosk) WHERE batch = 0;

CREATE TABLE part (
    id      INTEGER PRIMARY KEY,
    large   INTEGER NOT NULL REFERENCES large (id),
    number  INTEGER NOT NULL CHECK (number >= 1),
    content BLOB NOT NULL,
    UNIQUE (large, number)
) STRICT;
)sql"};

}  // namespace

const sqlite::Schema& schema() {
    static constexpr sqlite::Schema tables{application_id, versions};
    return tables;
}

}  // namespace pillarbox::sqlite_storage
