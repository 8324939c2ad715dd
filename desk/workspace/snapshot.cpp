// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/snapshot.hpp"

#include <map>

#include "core/sqlite/transaction.hpp"
#include "desk/workspace/responses.hpp"
#include "desk/workspace/stored_submission.hpp"

namespace pillarbox::workspace {
namespace {

using RedactionsByResponse = std::map<ResponseId, std::vector<Redaction>>;

base::Result<RedactionsByResponse> all_redactions(Workspace& workspace) {
    RedactionsByResponse all;
    for (Cell& cell : TRY(cells_of(workspace, CellKind::redaction))) {
        all[cell.response].push_back({TRY(passage_of(cell.key)), std::move(cell.value)});
    }
    return all;
}

// Fills records and statuses; gives their uuids by number.
base::Result<std::map<ResponseId, submission::Uuid>> add_records(Workspace& workspace, const std::string& until,
                                                                 Snapshot& snapshot) {
    const RedactionsByResponse redactions = TRY(all_redactions(workspace));
    auto select = TRY(workspace.database().prepare(
        "SELECT id, station, encoded, coalesce((SELECT value FROM cell WHERE kind = 'status' AND response = id AND "
        "key = ''), 'unread') AS status FROM response JOIN submission ON response = id WHERE status <> 'set_aside' "
        "AND (?1 = '' OR day <= ?1) ORDER BY day, uuid"));
    auto rows = TRY(select.query(until));
    std::map<ResponseId, submission::Uuid> uuids;
    while (TRY(rows.next())) {
        const ResponseId id = TRY(rows.integer(0));
        const std::string station(TRY(rows.text(1)));
        const base::ByteView encoded = TRY(rows.bytes(2));
        exports::Record record{TRY(decode_stored(encoded)), station, {}};
        uuids[id] = record.submission.uuid;
        snapshot.ids.push_back(id);
        const auto found = redactions.find(id);
        snapshot.records.push_back(found == redactions.end() ? std::move(record)
                                                             : redacted(std::move(record), found->second));
        const std::string_view status = TRY(rows.text(3));
        snapshot.statuses.push_back(TRY(parse_status(status)));
    }
    return uuids;
}

}  // namespace

base::Result<Snapshot> take_snapshot(Workspace& workspace, std::optional<base::Day> until) {
    const auto one_moment = TRY(sqlite::Transaction::begin(workspace.database(), sqlite::TransactionKind::read));
    Snapshot snapshot;
    const auto uuids =
        TRY(add_records(workspace, until.has_value() ? base::format_day(*until) : std::string(), snapshot));
    snapshot.codes = TRY(codebook(workspace));
    for (Tag& tag : TRY(all_tags(workspace))) {
        const auto found = uuids.find(tag.response);
        if (found != uuids.end()) {
            snapshot.tags.push_back({found->second, std::move(tag.code), std::move(tag.coder), std::move(tag.path)});
        }
    }
    for (const Cell& picked : TRY(cells_of(workspace, CellKind::quote))) {
        snapshot.quotes_withheld += uuids.contains(picked.response) ? 1U : 0U;
    }
    for (Quote& quote : TRY(quotes(workspace))) {
        if (uuids.contains(quote.response)) {
            snapshot.quotes.push_back(std::move(quote));
            --snapshot.quotes_withheld;
        }
    }
    return snapshot;
}

}  // namespace pillarbox::workspace
