// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/schema.hpp"

#include <array>

namespace pillarbox::workspace {
namespace {

// Responses as they came, small columns apart from the answers so that lists are quick; then what is derived from
// them and can be made again (choice, finding, likeness, text_index, up to
// setting "indexed"); then what officers did: `event` says all
// of it in order, `cell` what holds now.
constexpr std::string_view version_1 = R"sql(
CREATE TABLE setting (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE response (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: "indexed" counts on it
    uuid BLOB NOT NULL UNIQUE,
    tag BLOB NOT NULL,            -- of the withdrawal code; no index: withdrawals are few, and may take a moment
    content BLOB NOT NULL,        -- SHA-256 of the submission
    day TEXT NOT NULL,
    station TEXT NOT NULL,
    language TEXT NOT NULL,
    assisted INTEGER NOT NULL,
    consent INTEGER NOT NULL,     -- exports::Consent
    respondent TEXT NOT NULL,
    borough TEXT NOT NULL) STRICT;
CREATE INDEX response_by_day ON response(day, uuid);
CREATE TABLE submission (
    response INTEGER PRIMARY KEY REFERENCES response(id) ON DELETE CASCADE,
    encoded BLOB NOT NULL) STRICT;
-- Every envelope ever opened, by its digest; response is NULL for a test.
CREATE TABLE envelope (
    digest BLOB PRIMARY KEY,
    response INTEGER REFERENCES response(id) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE TABLE lost (
    digest BLOB PRIMARY KEY, station TEXT NOT NULL, place TEXT NOT NULL, reason TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Hashes of the tags of withdrawn responses, which no export brings back.
CREATE TABLE withdrawn (mark BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

CREATE TABLE choice (
    question TEXT NOT NULL, value TEXT NOT NULL, response INTEGER NOT NULL REFERENCES response(id) ON DELETE CASCADE,
    PRIMARY KEY (question, value, response)) STRICT, WITHOUT ROWID;
CREATE INDEX choice_by_response ON choice(response);
-- Responses in whose words something was found that an officer should look at: findings.hpp.
CREATE TABLE finding (
    kind TEXT NOT NULL, response INTEGER NOT NULL REFERENCES response(id) ON DELETE CASCADE,
    PRIMARY KEY (kind, response)) STRICT, WITHOUT ROWID;
CREATE INDEX finding_by_response ON finding(response);
-- Hashes of long answers, to find the same one in several responses: duplicates.hpp.
CREATE TABLE likeness (
    print BLOB NOT NULL, response INTEGER NOT NULL REFERENCES response(id) ON DELETE CASCADE,
    PRIMARY KEY (print, response)) STRICT, WITHOUT ROWID;
CREATE INDEX likeness_by_response ON likeness(response);
CREATE VIRTUAL TABLE text_index USING fts5(
    words, content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");

CREATE TABLE cell (
    kind TEXT NOT NULL, key TEXT NOT NULL, response INTEGER NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (kind, response, key)) STRICT, WITHOUT ROWID;
CREATE INDEX cell_by_response ON cell(response);
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    response INTEGER NOT NULL,    -- 0: of the workspace as a whole
    key TEXT NOT NULL,
    before TEXT,                  -- NULL: no cell
    after TEXT,
    undoes INTEGER) STRICT;
CREATE INDEX event_by_response ON event(response);
)sql";

// One response may come in several envelopes under codes of their own, where a kiosk was restored.
constexpr std::string_view version_2 = R"sql(
CREATE TABLE further_tag (
    tag BLOB NOT NULL, response INTEGER NOT NULL REFERENCES response(id) ON DELETE CASCADE,
    PRIMARY KEY (tag, response)) STRICT, WITHOUT ROWID;
CREATE INDEX further_tag_by_response ON further_tag(response);
-- Hashes of the uuids of withdrawn responses, which come back under no other tag either.
CREATE TABLE withdrawn_response (mark BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
)sql";

constexpr std::array versions{version_1, version_2};

}  // namespace

const sqlite::Schema& schema() {
    static const sqlite::Schema schema{.application_id = 0x50425753,  // "PBWS"
                                       .versions = versions};
    return schema;
}

}  // namespace pillarbox::workspace
