// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/uploads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sync/protocol/upload.hpp"
#include "sync/store/again.hpp"
#include "sync/store/closing.hpp"
#include "sync/store/parts.hpp"
#include "sync/store/revoking.hpp"
#include "sync/store/sent_again.hpp"
#include "sync/store/withdrawing.hpp"

namespace pillarbox::store {
namespace {

struct Candidate {
    batch::Batch frame;  // without the items
    crypto::Digest hash{};
    std::uint64_t responses = 0;  // without tests
    base::ByteView content;
    std::vector<batch::WithdrawalTag> tags{};
    std::vector<batch::Item> named{};  // its large envelopes

    [[nodiscard]] const batch::Header& header() const { return frame.header; }
};

std::unexpected<base::Error> malformed(std::string what) {
    return base::fail(base::ErrorCode::malformed, "upload", std::move(what));
}

// Everything that can be said of the bytes alone. It takes longer than all the rest, and keeps nobody waiting.
base::Result<std::vector<Candidate>> read_candidates(const std::vector<base::ByteView>& contents,
                                                     const batch::Limits& limits) {
    std::vector<Candidate> candidates;
    for (const base::ByteView content : contents) {
        batch::Batch parsed = TRY(batch::parse_batch(content, limits));
        const std::vector<batch::Item> items = std::exchange(parsed.items, {});
        const crypto::Digest hash = batch::hash_of(parsed.header);
        candidates.push_back({std::move(parsed), hash, batch::responses_in(items), content});
        std::ranges::transform(items, std::back_inserter(candidates.back().tags), &batch::Item::tag);
        std::ranges::copy_if(items, std::back_inserter(candidates.back().named),
                             [](const batch::Item& item) { return item.large.has_value(); });
    }
    return candidates;
}

// Signatures before anything else: an unsigned batch must not be able to cause a fork alarm.
base::Result<void> check_authentic(const Kiosk& kiosk, const std::vector<Candidate>& candidates) {
    std::optional<std::uint64_t> before;
    for (const Candidate& candidate : candidates) {
        if (candidate.header().log_id != kiosk.log_id) {
            return malformed("A batch belongs to another log.");
        }
        TRY(batch::verify_signature(candidate.frame, kiosk.device_key));
        if (before.has_value() && candidate.header().number != *before + 1) {
            return malformed("The batches do not follow each other.");
        }
        before = candidate.header().number;
    }
    return {};
}

// Where a batch stands against the head: nothing to do, append, behind a gap, within one that was attested (which is
// filled from its end, by `refill`), or a fork, or what follows from one.
enum class Position { held_already, next, gap, in_gap, fork };

base::Result<Position> position_of(Transaction& transaction, const Kiosk& kiosk, const Candidate& candidate) {
    const batch::Header& header = candidate.header();
    if (header.number > kiosk.stored + 1) {
        const auto forks = TRY(transaction.forks_of(kiosk.log_id));
        const bool goes_on = std::ranges::find(forks, header.previous, &storage::Fork::hash) != forks.end();
        return goes_on ? Position::fork : Position::gap;
    }
    if (header.number == kiosk.stored + 1) {
        return header.previous == kiosk.stored_hash ? Position::next : Position::fork;
    }
    const std::optional<crypto::Digest> held = TRY(transaction.batch_hash(kiosk.log_id, header.number));
    if (!held.has_value()) {
        const auto gaps = TRY(transaction.gaps_of(kiosk.log_id));
        const bool lost = std::ranges::any_of(gaps, [&](const auto& gap) { return gap.holds(header.number); });
        return lost ? Position::in_gap : Position::fork;
    }
    return held == candidate.hash ? Position::held_already : Position::fork;
}

struct Placed {
    UploadVerdict verdict = UploadVerdict::accepted;
    Kiosk head{};  // as the new batches make it; where they don't fit, as it is
    std::vector<storage::Batch> fresh{};
    std::uint64_t new_responses = 0;
    std::vector<Candidate> branch{};   // the first batch that contradicts, and those that follow from it
    std::list<base::Bytes> altered{};  // contents without what was withdrawn
    std::vector<Candidate> late{};     // of a revoked kiosk, after the last batch that counts
    std::optional<batch::Refusal> refusal{};
    std::vector<batch::WithdrawalTag> withdrawn{};  // of what came
};

// A batch that does not count any more. One that was stored before the revocation is in the chain already.
base::Result<void> place_late(Transaction& transaction, const Candidate& candidate, Placed& placed) {
    const std::optional<crypto::Digest> held =
        TRY(transaction.batch_hash(placed.head.log_id, candidate.header().number));
    if (held != candidate.hash) {
        placed.late.push_back(candidate);
        placed.verdict = UploadVerdict::refused;
        placed.refusal = batch::Refusal{placed.head.log_id, batch::Revoked{*placed.head.revoked_after}};
    }
    return {};
}

// The campaigns of which nothing new is taken today.
using Closed = std::map<std::string, base::Day, std::less<>>;

base::Result<Closed> closed_today(Transaction& transaction, base::Day today, Way way) {
    Closed closed;
    if (way == Way::stick) {
        return closed;
    }
    const auto campaigns = TRY(transaction.closed_campaigns());
    for (const storage::ClosedCampaign& campaign : campaigns) {
        if (today > campaign.last_day) {
            closed.emplace(campaign.id, campaign.last_day);
        }
    }
    return closed;
}

std::vector<Candidate> branch_from(const std::vector<Candidate>& candidates, const Candidate& first) {
    std::vector<Candidate> branch;
    for (const Candidate& candidate : candidates) {
        const bool follows = !branch.empty() && candidate.header().previous == branch.back().hash;
        if (&candidate == &first || follows) {
            branch.push_back(candidate);
        }
    }
    return branch;
}

base::Result<Placed> place(Transaction& transaction, const Kiosk& kiosk, const std::vector<Candidate>& candidates,
                           base::Day today, const Closed& closed) {
    Placed placed{.head = kiosk};
    for (const Candidate& candidate : candidates) {
        const std::uint64_t counting = kiosk.revoked_after.value_or(batch::number_max);
        if (candidate.header().number > counting && placed.head.stored >= counting) {
            TRY(place_late(transaction, candidate, placed));
            continue;
        }
        const Position position = TRY(position_of(transaction, placed.head, candidate));
        if (position == Position::gap) {
            return Placed{.verdict = UploadVerdict::gap, .head = kiosk};
        }
        if (position == Position::fork) {
            return Placed{
                .verdict = UploadVerdict::fork, .head = kiosk, .branch = branch_from(candidates, candidate)};
        }
        const auto ended = closed.find(candidate.header().campaign_id);
        if (position == Position::next && ended != closed.end()) {
            placed.verdict = UploadVerdict::refused;
            placed.refusal = batch::Refusal{kiosk.log_id, batch::Closed{ended->first, ended->second}};
            return placed;
        }
        const bool is_whole =
            position != Position::next || TRY(holds_named(transaction, kiosk.log_id, candidate.named));
        if (!is_whole) {
            placed.verdict = UploadVerdict::incomplete;
            return placed;
        }
        if (position == Position::next) {
            const batch::Header& header = candidate.header();
            placed.fresh.push_back({header.number, candidate.hash, header.campaign_id, candidate.content});
            placed.new_responses += candidate.responses;
            placed.head.stored = header.number;
            placed.head.stored_hash = candidate.hash;
            placed.head.responses += candidate.responses;
            placed.head.last_day = base::format_day(today);
        }
    }
    return placed;
}

// Up to the cap; what is over it is only refused. The kiosk keeps it in any case.
base::Result<void> quarantine(Transaction& transaction, const Kiosk& kiosk, const Candidate& candidate,
                              base::Day today) {
    const storage::QuarantineSize held = TRY(transaction.quarantine_size(kiosk.log_id));
    if (held.batches >= quarantine_batches_max ||
        held.size_bytes + candidate.content.size() > quarantine_size_bytes_max) {
        return {};
    }
    return transaction.add_quarantined(
        kiosk.log_id, {candidate.header().number, candidate.hash, base::format_day(today), candidate.content});
}

// The other branch of a log: noted, for its people to look at, and kept beside the chain, for the committee to open.
// A batch that names large envelopes is only noted: their parts would have no batch of the chain to belong to.
base::Result<void> keep_branch(Transaction& transaction, const Kiosk& kiosk, const std::vector<Candidate>& branch,
                               base::Day today) {
    for (const Candidate& candidate : branch) {
        const bool noted = TRY(note_fork(transaction, kiosk, candidate.header().number, candidate.hash, today));
        if (noted && candidate.named.empty()) {
            TRY(quarantine(transaction, kiosk, candidate, today));
        }
    }
    return {};
}

// What was withdrawn before it came, or comes once more in another log, is not kept.
base::Result<void> leave_out_withdrawn(Transaction& transaction, const std::vector<Candidate>& candidates,
                                       Placed& placed) {
    if (placed.fresh.empty() && placed.late.empty() && placed.branch.empty()) {
        return {};
    }
    std::vector<batch::WithdrawalTag> tags;
    for (const Candidate& candidate : candidates) {
        tags.insert(tags.end(), candidate.tags.begin(), candidate.tags.end());
    }
    placed.withdrawn = TRY(transaction.withdrawn_among(tags));
    if (placed.withdrawn.empty()) {
        return {};
    }
    for (storage::Batch& batch : placed.fresh) {
        batch.content = placed.altered.emplace_back(TRY(without_withdrawn(batch.content, placed.withdrawn)));
    }
    for (std::vector<Candidate>* apart : {&placed.late, &placed.branch}) {
        for (Candidate& candidate : *apart) {
            candidate.content =
                placed.altered.emplace_back(TRY(without_withdrawn(candidate.content, placed.withdrawn)));
        }
    }
    return {};
}

// The large envelopes of the batches that are stored now are theirs.
base::Result<void> name_all(Transaction& transaction, const std::vector<Candidate>& candidates,
                            const Placed& placed) {
    for (const storage::Batch& batch : placed.fresh) {
        const auto candidate = std::ranges::find(candidates, batch.hash, &Candidate::hash);
        TRY(name_large(transaction, placed.head.log_id, batch.number, candidate->named, placed.withdrawn));
    }
    return {};
}

base::Result<void> count_arrivals(Transaction& transaction, const std::vector<Candidate>& candidates,
                                  const Placed& placed) {
    std::vector<Arriving> arriving;
    for (const storage::Batch& batch : placed.fresh) {
        const auto candidate = std::ranges::find(candidates, batch.hash, &Candidate::hash);
        arriving.push_back({batch.number, candidate->tags});
    }
    const std::uint64_t arrived = placed.new_responses - TRY(sent_again(transaction, placed.head, arriving));
    return arrived == 0 ? base::Result<void>{}
                        : transaction.add_arrivals({placed.head.log_id, placed.head.last_day, arrived});
}

// What is committed when it returns: the batches of an upload that fits, or the branch of one that contradicts.
base::Result<Placed> take_in(Database& database, const batch::LogId& log_id, const std::vector<Candidate>& candidates,
                             base::Day today, Way way) {
    // The head is read and moved under one write transaction: two uploads of one kiosk can't both see the same head.
    const auto transaction = TRY(database.begin(TransactionKind::write));
    const std::optional<Kiosk> kiosk = TRY(transaction->find_kiosk(log_id));
    if (!kiosk.has_value()) {
        return base::fail(base::ErrorCode::not_found, base::to_hex(log_id), "No kiosk has this log.");
    }
    TRY(check_authentic(*kiosk, candidates));
    const Closed closed = TRY(closed_today(*transaction, today, way));
    Placed placed = TRY(place(*transaction, *kiosk, candidates, today, closed));
    TRY(leave_out_withdrawn(*transaction, candidates, placed));
    if (!placed.fresh.empty()) {
        TRY(transaction->move_head(placed.head, placed.fresh));
        TRY(name_all(*transaction, candidates, placed));
        TRY(count_arrivals(*transaction, candidates, placed));
    }
    TRY(keep_branch(*transaction, *kiosk, placed.branch, today));
    for (const Candidate& late : placed.late) {
        TRY(quarantine(*transaction, *kiosk, late, today));
    }
    TRY(transaction->commit());
    return placed;
}

}  // namespace

base::Result<UploadOutcome> take_upload(Database& database, const batch::LogId& log_id, base::ByteView body,
                                        const batch::Limits& limits, base::Day today, Way way) {
    const std::vector<base::ByteView> contents = TRY(protocol::parse_upload(body, limits));
    const std::vector<Candidate> candidates = TRY(read_candidates(contents, limits));
    const Placed placed = TRY(again_if_cut([&] { return take_in(database, log_id, candidates, today, way); }));
    return UploadOutcome{placed.verdict, receipt_for(placed.head, database, limits), placed.fresh.size(),
                         placed.new_responses, placed.refusal};
}

}  // namespace pillarbox::store
