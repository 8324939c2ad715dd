// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/withdrawal.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <vector>

#include "core/sqlite/transaction.hpp"
#include "core/submission/submission.hpp"
#include "desk/workspace/index.hpp"
#include "desk/workspace/responses.hpp"

namespace pillarbox::workspace {
namespace {

base::Result<std::vector<ResponseId>> responses_with(sqlite::Connection& database, const crypto::Digest& tag) {
    auto select = TRY(database.prepare(
        "SELECT id FROM response WHERE tag = ?1 UNION SELECT response FROM further_tag WHERE tag = ?1"));
    auto rows = TRY(select.query(base::ByteView(tag)));
    std::vector<ResponseId> found;
    while (TRY(rows.next())) {
        found.push_back(TRY(rows.integer(0)));
    }
    return found;
}

base::Result<void> remove(Workspace& workspace, ResponseId id) {
    sqlite::Connection& database = workspace.database();
    const exports::Record record = TRY(read_response(workspace, id));
    auto forget = TRY(database.prepare("INSERT INTO text_index(text_index, rowid, words) VALUES('delete', ?, ?)"));
    TRY(forget.run(id, indexed_words(workspace.form(), record.submission)));
    auto mark = TRY(database.prepare("INSERT OR IGNORE INTO withdrawn_response VALUES(?)"));
    TRY(mark.run(base::ByteView(mark_of(record.submission.uuid))));
    for (const std::string_view sql :
         {"DELETE FROM event WHERE response = ?", "DELETE FROM cell WHERE response = ?",
          "DELETE FROM response WHERE id = ?"}) {  // and by it: submission, envelope, choice, finding, likeness
        auto statement = TRY(database.prepare(sql));
        TRY(statement.run(id));
    }
    return {};
}

base::Result<void> remember(sqlite::Connection& database, const Editor& editor, const crypto::Digest& tag) {
    auto mark = TRY(database.prepare("INSERT OR IGNORE INTO withdrawn VALUES(?)"));
    TRY(mark.run(base::ByteView(mark_of(tag))));
    auto event =
        TRY(database.prepare("INSERT INTO event(day, who, kind, response, key) VALUES(?, ?, 'withdrawal', 0, '')"));
    return event.run(base::format_day(editor.day), editor.who);
}

}  // namespace

crypto::Digest mark_of(const batch::WithdrawalTag& tag) {
    constexpr std::string_view label = "pillarbox withdrawn 1";
    return crypto::hmac_sha256(base::view_of(label), tag);
}

crypto::Digest mark_of(const submission::Uuid& uuid) {
    constexpr std::string_view label = "pillarbox withdrawn uuid 1";
    return crypto::hmac_sha256(base::view_of(label), uuid);
}

base::Result<void> withdraw(Workspace& workspace, const Editor& editor, std::string_view code, Late late) {
    const auto tag = submission::withdrawal_tag(TRY(submission::parse_withdrawal_code(code)));
    const base::Day last = workspace.campaign().withdraw_until;
    if (editor.day > last && late == Late::refuse) {
        return base::fail(
            base::ErrorCode::expired, workspace.folder().string(),
            fmt::format("The last day to withdraw was {}: nothing was removed.", base::format_day(last)),
            "If the committee decides to honour it all the same, or the law asks for it, give --late.");
    }
    return withdraw_tags(workspace, editor, {tag});
}

base::Result<std::vector<batch::WithdrawalTag>> withdrawn_among(Workspace& workspace,
                                                                const std::vector<batch::WithdrawalTag>& tags) {
    auto select = TRY(workspace.database().prepare("SELECT 1 FROM withdrawn WHERE mark = ?"));
    std::vector<batch::WithdrawalTag> withdrawn;
    for (const batch::WithdrawalTag& tag : tags) {
        auto rows = TRY(select.query(base::ByteView(mark_of(tag))));
        if (TRY(rows.next())) {
            withdrawn.push_back(tag);
        }
    }
    return withdrawn;
}

base::Result<void> withdraw_tags(Workspace& workspace, const Editor& editor,
                                 const std::vector<batch::WithdrawalTag>& tags) {
    TRY(bring_index_up_to_date(workspace));  // so that every response is taken out of the index alike
    sqlite::Connection& database = workspace.database();
    auto transaction = TRY(sqlite::Transaction::begin(database, sqlite::TransactionKind::write));
    for (const batch::WithdrawalTag& tag : tags) {
        for (const ResponseId id : TRY(responses_with(database, tag))) {
            TRY(remove(workspace, id));
        }
        TRY(remember(database, editor, tag));
    }
    // The index keeps words of what was taken out of it until its parts are merged into one. Done for every code, so
    // that the time it takes says nothing either.
    TRY(database.run("INSERT INTO text_index(text_index) VALUES('optimize')"));
    // In the same transaction: whoever opens the workspace after a kill ends what was begun.
    TRY(database.run("INSERT OR REPLACE INTO setting VALUES('erasing', 1)"));
    TRY(transaction.commit());
    return finish_erasing(database);
}

base::Result<void> finish_erasing(sqlite::Connection& database) {
    {
        auto select = TRY(database.prepare("SELECT 1 FROM setting WHERE name = 'erasing'"));
        auto rows = TRY(select.query());
        if (!TRY(rows.next())) {
            return {};
        }
    }
    // SQLite overwrites what it deletes (secure_delete), and no page goes into a sealed database with what was moved
    // out of it (core/sqlite/sealed_files.hpp): older pages are in the log alone.
    const auto emptied = TRY(database.checkpoint(std::chrono::seconds(10)));
    if (emptied == sqlite::CheckpointOutcome::others_active) {
        return base::fail(base::ErrorCode::conflict, database.path().string(),
                          "Another program reads the workspace, so older pages are still in its log.",
                          "Close the desk and give the code again.");
    }
    return database.run("DELETE FROM setting WHERE name = 'erasing'");
}

}  // namespace pillarbox::workspace
