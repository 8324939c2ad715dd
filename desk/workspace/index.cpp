// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/index.hpp"

#include <vector>

#include "core/sqlite/transaction.hpp"
#include "desk/workspace/answers.hpp"
#include "desk/workspace/duplicates.hpp"
#include "desk/workspace/findings.hpp"
#include "desk/workspace/search_text.hpp"
#include "desk/workspace/stored_submission.hpp"

namespace pillarbox::workspace {
namespace {

constexpr int responses_per_transaction = 2'000;

struct Unindexed {
    ResponseId id = 0;
    submission::Submission submission;
};

base::Result<std::vector<Unindexed>> next_unindexed(sqlite::Connection& database) {
    auto select =
        TRY(database.prepare("SELECT response, encoded FROM submission WHERE response > (SELECT value FROM "
                             "setting WHERE name = 'indexed') ORDER BY response LIMIT ?"));
    auto rows = TRY(select.query(responses_per_transaction));
    std::vector<Unindexed> found;
    while (TRY(rows.next())) {
        const ResponseId id = TRY(rows.integer(0));
        const base::ByteView encoded = TRY(rows.bytes(1));
        found.push_back(Unindexed{id, TRY(decode_stored(encoded))});
    }
    return found;
}

base::Result<std::size_t> index_some(Workspace& workspace) {
    sqlite::Connection& database = workspace.database();
    auto transaction = TRY(sqlite::Transaction::begin(database, sqlite::TransactionKind::write));
    const std::vector<Unindexed> found = TRY(next_unindexed(database));
    if (found.empty()) {
        return found.size();
    }
    {
        auto choice = TRY(database.prepare("INSERT OR IGNORE INTO choice VALUES(?, ?, ?)"));
        auto finding = TRY(database.prepare("INSERT OR IGNORE INTO finding VALUES(?, ?)"));
        auto likeness = TRY(database.prepare("INSERT OR IGNORE INTO likeness VALUES(?, ?)"));
        auto words = TRY(database.prepare("INSERT INTO text_index(rowid, words) VALUES(?, ?)"));
        auto indexed = TRY(database.prepare("UPDATE setting SET value = ? WHERE name = 'indexed'"));
        for (const Unindexed& one : found) {
            base::Result<void> outcome;
            for_each_choice(workspace.form(), one.submission, [&](const form::Node& node, std::string_view value) {
                if (outcome.has_value()) {
                    outcome = choice.run(node.name, value, one.id);
                }
            });
            TRY(std::move(outcome));
            for (const FindingKind kind : kinds_in(workspace.form(), one.submission)) {
                TRY(finding.run(name_of(kind), one.id));
            }
            for (const crypto::Digest& print : prints_of(workspace.form(), one.submission)) {
                TRY(likeness.run(base::ByteView(print), one.id));
            }
            TRY(words.run(one.id, indexed_words(workspace.form(), one.submission)));
        }
        TRY(indexed.run(found.back().id));
    }
    TRY(transaction.commit());
    return found.size();
}

// Without a lock, for the usual case that there is nothing to do.
base::Result<bool> is_up_to_date(sqlite::Connection& database) {
    auto select =
        TRY(database.prepare("SELECT (SELECT value FROM setting WHERE name = 'indexed') >= "
                             "coalesce((SELECT max(response) FROM submission), 0) AND "
                             "EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'response_by_day')"));
    auto rows = TRY(select.query());
    static_cast<void>(TRY(rows.next()));
    return TRY(rows.integer(0)) == 1;
}

}  // namespace

base::Result<void> drop_order(sqlite::Connection& database) {
    return database.run("DROP INDEX IF EXISTS response_by_day");
}

std::string indexed_words(const form::Form& form, const submission::Submission& submission) {
    std::string words;
    for_each_text(form, submission,
                  [&](const form::Node&, const form::Answer& answer) { words += searchable(answer.value) + "\n"; });
    return words;
}

base::Result<void> bring_index_up_to_date(Workspace& workspace, opening::Progress* progress) {
    if (TRY(is_up_to_date(workspace.database()))) {
        return {};
    }
    TRY(workspace.database().run("CREATE INDEX IF NOT EXISTS response_by_day ON response(day, uuid)"));
    std::uint64_t done = 0;
    while (const std::size_t count = TRY(index_some(workspace))) {
        done += count;
        if (progress != nullptr) {
            progress->update(done);
        }
    }
    return {};
}

}  // namespace pillarbox::workspace
