// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/snapshot.hpp"

#include <fmt/format.h>

#include <utility>

#include "desk/workspace/responses.hpp"
#include "desk/workspace/stored_submission.hpp"

namespace pillarbox::workspace {
namespace {

// Of the response `id`, up to the day ?1 where that is not empty.
constexpr std::string_view belongs =
    "(?1 = '' OR day <= ?1) AND coalesce((SELECT value FROM cell WHERE kind = 'status' AND response = id AND key = "
    "''), "
    "'unread') <> 'set_aside'";

}  // namespace

Snapshot::Snapshot(Workspace& workspace, sqlite::Transaction one_moment, std::string until, sqlite::Statement read,
                   sqlite::Statement find)
    : workspace_(&workspace),
      one_moment_(std::move(one_moment)),
      until_(std::move(until)),
      read_(std::move(read)),
      find_(std::move(find)) {}

base::Result<Snapshot> Snapshot::take(Workspace& workspace, std::optional<base::Day> until) {
    sqlite::Connection& database = workspace.database();
    auto one_moment = TRY(sqlite::Transaction::begin(database, sqlite::TransactionKind::read));
    auto read =
        TRY(database.prepare("SELECT station, encoded FROM response JOIN submission ON response = id WHERE id = ?"));
    auto find = TRY(database.prepare(fmt::format("SELECT uuid FROM response WHERE id = ?2 AND {}", belongs)));
    Snapshot snapshot(workspace, std::move(one_moment), until.has_value() ? base::format_day(*until) : std::string(),
                      std::move(read), std::move(find));
    TRY(snapshot.find_responses());
    TRY(snapshot.read_officers_work());
    return snapshot;
}

base::Result<void> Snapshot::find_responses() {
    auto select = TRY(
        workspace_->database().prepare(fmt::format("SELECT id FROM response WHERE {} ORDER BY day, uuid", belongs)));
    auto rows = TRY(select.query(until_));
    while (TRY(rows.next())) {
        ids_.push_back(TRY(rows.integer(0)));
    }
    return {};
}

base::Result<void> Snapshot::read_officers_work() {
    for (Cell& cell : TRY(cells_of(*workspace_, CellKind::redaction))) {
        redactions_[cell.response].push_back({TRY(passage_of(cell.key)), std::move(cell.value)});
    }
    codes = TRY(codebook(*workspace_));
    for (Tag& tag : TRY(all_tags(*workspace_))) {
        if (const auto uuid = TRY(uuid_of(tag.response))) {
            tags.push_back({*uuid, std::move(tag.code), std::move(tag.coder), std::move(tag.path)});
        }
    }
    for (const Cell& picked : TRY(cells_of(*workspace_, CellKind::quote))) {
        quotes_withheld += TRY(uuid_of(picked.response)).has_value() ? 1U : 0U;
    }
    for (Quote& quote : TRY(workspace::quotes(*workspace_))) {
        if (TRY(uuid_of(quote.response)).has_value()) {
            quotes.push_back(std::move(quote));
            --quotes_withheld;
        }
    }
    return {};
}

base::Result<exports::Record> Snapshot::at(std::size_t index) {
    const ResponseId id = ids_.at(index);
    auto rows = TRY(read_.query(id));
    if (!TRY(rows.next())) {
        return base::fail(base::ErrorCode::damaged, workspace_->folder().string(),
                          "The workspace lists a response that it does not hold.", "Restore it from a copy.");
    }
    const std::string station(TRY(rows.text(0)));
    const base::ByteView encoded = TRY(rows.bytes(1));
    exports::Record record{TRY(decode_stored(encoded)), station, {}};
    const auto found = redactions_.find(id);
    return found == redactions_.end() ? std::move(record) : redacted(std::move(record), found->second);
}

base::Result<std::optional<submission::Uuid>> Snapshot::uuid_of(ResponseId response) {
    auto rows = TRY(find_.query(until_, response));
    std::optional<submission::Uuid> uuid;
    if (TRY(rows.next())) {
        uuid = TRY(rows.array<16>(0));
    }
    return uuid;
}

}  // namespace pillarbox::workspace
