// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/uploads.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

#include "core/sqlite/transaction.hpp"
#include "sync/protocol/upload.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {
namespace {

struct Candidate {
    batch::Header header;
    crypto::Digest hash{};
    std::uint64_t responses = 0;  // without tests
    base::ByteView content;
};

std::unexpected<base::Error> malformed(std::string what) {
    return base::fail(base::ErrorCode::malformed, "upload", std::move(what));
}

// Everything that can be said of the bytes alone. Signatures first: an unsigned batch must not be able to cause a
// fork alarm.
base::Result<std::vector<Candidate>> read_candidates(const Kiosk& kiosk, const std::vector<base::ByteView>& contents,
                                                     const batch::Limits& limits) {
    std::vector<Candidate> candidates;
    for (const base::ByteView content : contents) {
        const batch::Batch parsed = TRY(batch::parse_batch(content, limits));
        if (parsed.header.log_id != kiosk.log_id) {
            return malformed("A batch belongs to another log.");
        }
        TRY(batch::verify_signature(parsed, kiosk.device_key));
        if (!candidates.empty() && parsed.header.number != candidates.back().header.number + 1) {
            return malformed("The batches do not follow each other.");
        }
        candidates.push_back(
            {parsed.header, batch::hash_of(parsed.header), batch::responses_in(parsed.items), content});
    }
    return candidates;
}

// Where a batch stands against the head: nothing to do, append, gap or fork.
enum class Position { held_already, next, gap, fork };

base::Result<Position> position_of(sqlite::Connection& connection, const Kiosk& kiosk, const Candidate& candidate) {
    const batch::Header& header = candidate.header;
    if (header.number > kiosk.stored + 1) {
        return Position::gap;
    }
    if (header.number == kiosk.stored + 1) {
        return header.previous == kiosk.stored_hash ? Position::next : Position::fork;
    }
    const std::optional<crypto::Digest> held = TRY(batch_hash(connection, kiosk, header.number));
    return held == candidate.hash ? Position::held_already : Position::fork;
}

struct Appended {
    UploadOutcome outcome;
    std::optional<Candidate> fork;  // the first batch that contradicts
};

base::Result<Appended> append_all(Database& database, Kiosk kiosk, const std::vector<Candidate>& candidates,
                                  const batch::Limits& limits, base::Day today) {
    Appended result;
    const Kiosk before = kiosk;
    for (const Candidate& candidate : candidates) {
        const Position position = TRY(position_of(database.connection(), kiosk, candidate));
        if (position == Position::gap || position == Position::fork) {
            const bool fork = position == Position::fork;
            result.outcome = {fork ? UploadVerdict::fork : UploadVerdict::gap,
                              receipt_for(before, database.identity(), limits), 0, 0};
            result.fork = fork ? std::optional(candidate) : std::nullopt;
            return result;
        }
        if (position == Position::next) {
            TRY(append_batch(database.connection(), kiosk, candidate.header, candidate.content, candidate.responses,
                             today));
            ++result.outcome.new_batches;
            result.outcome.new_responses += candidate.responses;
        }
    }
    result.outcome.receipt = receipt_for(kiosk, database.identity(), limits);
    return result;
}

}  // namespace

base::Result<UploadOutcome> take_upload(Database& database, const batch::LogId& log_id, base::ByteView body,
                                        const batch::Limits& limits, base::Day today) {
    const std::vector<base::ByteView> contents = TRY(protocol::parse_upload(body, limits));
    sqlite::Connection& connection = database.connection();
    // The head is read and moved under one write transaction: two uploads of one kiosk can't both see the same head.
    auto transaction = TRY(sqlite::Transaction::begin(connection, sqlite::TransactionKind::write));
    const std::optional<Kiosk> kiosk = TRY(find_kiosk(connection, log_id));
    if (!kiosk.has_value()) {
        return base::fail(base::ErrorCode::not_found, base::to_hex(log_id), "No kiosk has this log.");
    }
    const std::vector<Candidate> candidates = TRY(read_candidates(*kiosk, contents, limits));
    const Appended appended = TRY(append_all(database, *kiosk, candidates, limits, today));
    if (appended.outcome.verdict == UploadVerdict::accepted) {
        TRY(transaction.commit());
    } else if (appended.fork.has_value()) {
        // Batches before the contradiction may have been appended above, so start afresh for the note.
        {
            const auto undone = std::move(transaction);
        }
        auto note = TRY(sqlite::Transaction::begin(connection, sqlite::TransactionKind::write));
        TRY(note_fork(connection, *kiosk, appended.fork->header.number, appended.fork->hash, today));
        TRY(note.commit());
    }
    return appended.outcome;
}

}  // namespace pillarbox::store
