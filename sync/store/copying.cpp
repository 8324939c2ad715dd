// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/copying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "sync/store/chain.hpp"
#include "sync/store/parts.hpp"

namespace pillarbox::store {
namespace {

// What goes into one transaction of the target: enough to be fast, little enough for a small machine.
constexpr std::size_t chunk_batches_max = 64;
constexpr std::size_t chunk_size_bytes_max = std::size_t{4} << 20U;

std::unexpected<base::Error> differs(const Database& target, std::string_view what) {
    return base::fail(base::ErrorCode::conflict, target.where(),
                      fmt::format("The target holds {} than the source.", what),
                      "Name an empty database, or a file that is not there yet.");
}

std::unexpected<base::Error> broken(const Database& source, const Kiosk& kiosk, std::uint64_t number) {
    return base::fail(base::ErrorCode::damaged, source.where(),
                      fmt::format("Batch {} of {} is not as it was accepted.", number, base::to_hex(kiosk.log_id)),
                      "Keep the database for inspection, and put back the last verified backup.");
}

// Takes one kiosk's batches in order and writes them in chunks, each of which leaves a target that holds together.
class KioskCopy {
  public:
    KioskCopy(const Database& source, Database& target, const Kiosk& kiosk, Kiosk reached,
              std::vector<storage::Gap> gaps)
        : source_(source),
          target_(target),
          kiosk_(kiosk),
          reached_(std::move(reached)),
          chain_(kiosk, std::move(gaps), reached_.stored, reached_.stored_hash) {}

    base::Result<void> take(const storage::Batch& row) {
        const auto parsed = TRY(chain_.next(row));
        contents_.emplace_back(row.content.begin(), row.content.end());
        batches_.push_back({row.number, row.hash, parsed.header.campaign_id, contents_.back()});
        size_bytes_ += row.content.size();
        reached_.responses += batch::responses_in(parsed.items);
        const bool full = batches_.size() == chunk_batches_max || size_bytes_ >= chunk_size_bytes_max;
        return full ? flush() : base::Result<void>{};
    }

    base::Result<void> flush() {
        reached_.stored = chain_.number();
        reached_.stored_hash = chain_.hash();
        reached_.last_day = reached_.stored == 0 ? std::string() : kiosk_.last_day;
        const auto transaction = TRY(target_.begin(TransactionKind::write));
        TRY(transaction->move_head(reached_, batches_));
        TRY(transaction->commit());
        batches_.clear();
        contents_.clear();
        size_bytes_ = 0;
        return {};
    }

    // The rest, and the watermark last, when what it speaks of is there.
    base::Result<void> finish() {
        TRY(flush());
        TRY(chain_.end());
        if (reached_.responses != kiosk_.responses) {
            return broken(source_, kiosk_, reached_.stored + 1);
        }
        reached_.safe = kiosk_.safe;
        return flush();
    }

    [[nodiscard]] std::uint64_t reached() const { return chain_.number(); }

  private:
    const Database& source_;
    Database& target_;
    const Kiosk& kiosk_;
    Kiosk reached_;
    ChainCheck chain_;
    std::list<base::Bytes> contents_;  // what the batches view
    std::vector<storage::Batch> batches_;
    std::size_t size_bytes_ = 0;
};

// The target's row of a kiosk, made where it is missing; conflict where it says something else.
base::Result<Kiosk> meet(Transaction& snapshot, Database& target, const Kiosk& kiosk) {
    const auto transaction = TRY(target.begin(TransactionKind::write));
    const std::optional<Kiosk> found = TRY(transaction->find_kiosk(kiosk.log_id));
    if (!found.has_value()) {
        Kiosk added = kiosk;
        added.stored = added.responses = added.safe = 0;
        added.last_day.clear();
        added.revoked_after.reset();
        TRY(add_kiosk(*transaction, added));
        TRY(transaction->commit());
        return added;
    }
    const auto hash = TRY(hash_at(snapshot, kiosk, found->stored));
    const bool same = found->station == kiosk.station && hash == found->stored_hash && found->stored <= kiosk.stored;
    return same ? base::Result<Kiosk>(*found) : differs(target, "other batches");
}

base::Result<void> copy_tokens(Transaction& snapshot, Database& target) {
    const auto tokens = TRY(snapshot.all_tokens());
    const auto transaction = TRY(target.begin(TransactionKind::write));
    for (const storage::Token& token : tokens) {
        const auto found = TRY(transaction->find_token(token.digest));
        if (!found.has_value()) {
            TRY(transaction->add_token(token));
        } else if (!(*found == token)) {
            return differs(target, "other tokens");
        }
    }
    return transaction->commit();
}

base::Result<void> copy_closed_campaigns(Transaction& snapshot, Database& target) {
    const auto campaigns = TRY(snapshot.closed_campaigns());
    const auto transaction = TRY(target.begin(TransactionKind::write));
    for (const storage::ClosedCampaign& campaign : campaigns) {
        TRY(transaction->set_closed(campaign));
    }
    return transaction->commit();
}

base::Result<void> copy_withdrawn(Transaction& snapshot, Database& target) {
    const auto tags = TRY(snapshot.all_withdrawn());
    const auto transaction = TRY(target.begin(TransactionKind::write));
    for (const batch::WithdrawalTag& tag : tags) {
        TRY(transaction->add_withdrawn(tag));
    }
    return transaction->commit();
}

// Before the batches, which are checked with them.
base::Result<std::vector<storage::Gap>> copy_gaps(Transaction& snapshot, Database& target, const Kiosk& kiosk) {
    auto gaps = TRY(snapshot.gaps_of(kiosk.log_id));
    const auto transaction = TRY(target.begin(TransactionKind::write));
    for (const storage::Gap& gap : gaps) {
        TRY(transaction->set_gap(kiosk.log_id, gap));
    }
    TRY(transaction->commit());
    return gaps;
}

constexpr std::uint64_t every_entry = std::numeric_limits<std::int64_t>::max();

// Of each figure what the target lacks, so that a second run adds nothing twice.
base::Result<void> copy_arrivals(Transaction& snapshot, Transaction& target) {
    const auto arrivals = TRY(snapshot.arrivals_since({}));
    const auto there = TRY(target.arrivals_since({}));
    std::map<std::pair<std::string, batch::LogId>, std::uint64_t> held;
    for (const storage::Arrivals& row : there) {
        held[{row.day, row.log_id}] = row.responses;
    }
    for (const storage::Arrivals& row : arrivals) {
        const std::uint64_t before = held[{row.day, row.log_id}];
        if (row.responses > before) {
            TRY(target.add_arrivals({row.log_id, row.day, row.responses - before}));
        }
    }
    return {};
}

// What is kept for the people who look after the fleet.
base::Result<void> copy_fleet_rows(Transaction& snapshot, Database& target) {
    const auto reports = TRY(snapshot.all_reports());
    const auto staff = TRY(snapshot.all_staff());
    auto audit = TRY(snapshot.last_audit(every_entry));
    std::ranges::reverse(audit);
    const auto transaction = TRY(target.begin(TransactionKind::write));
    for (const storage::Report& report : reports) {
        TRY(transaction->put_report(report));
    }
    for (const storage::Staff& person : staff) {
        TRY(transaction->put_staff(person));
    }
    TRY(copy_arrivals(snapshot, *transaction));
    const auto copied = TRY(transaction->last_audit(every_entry));
    for (std::size_t i = copied.size(); i < audit.size(); ++i) {
        TRY(transaction->add_audit(audit[i]));
    }
    return transaction->commit();
}

base::Result<void> compare_fleet_rows(Transaction& snapshot, Transaction& arrived, const Database& target) {
    const auto reports = TRY(snapshot.all_reports());
    const auto found_reports = TRY(arrived.all_reports());
    const auto staff = TRY(snapshot.all_staff());
    const auto found_staff = TRY(arrived.all_staff());
    const auto arrivals = TRY(snapshot.arrivals_since({}));
    const auto found_arrivals = TRY(arrived.arrivals_since({}));
    const auto audit = TRY(snapshot.last_audit(every_entry));
    const auto found_audit = TRY(arrived.last_audit(every_entry));
    const bool same =
        reports == found_reports && staff == found_staff && arrivals == found_arrivals && audit == found_audit;
    return same ? base::Result<void>{} : differs(target, "other reports, staff or figures of days");
}

base::Result<void> copy_forks(Transaction& snapshot, Database& target, const Kiosk& kiosk) {
    const auto forks = TRY(snapshot.forks_of(kiosk.log_id));
    const auto transaction = TRY(target.begin(TransactionKind::write));
    for (const storage::Fork& fork : forks) {
        TRY(transaction->add_fork(fork));
    }
    return transaction->commit();
}

// What became of a kiosk that was revoked; nothing for others.
base::Result<void> copy_revocation(Transaction& snapshot, Database& target, const Kiosk& kiosk) {
    const auto transaction = TRY(target.begin(TransactionKind::write));
    TRY(transaction->set_revoked(kiosk));
    TRY(snapshot.read_quarantine(kiosk.log_id, [&](const storage::Quarantined& row) {
        return transaction->add_quarantined(kiosk.log_id, row);
    }));
    return transaction->commit();
}

// Number, hash, day and the content's digest of each batch.
using QuarantineList = std::vector<std::tuple<std::uint64_t, crypto::Digest, std::string, crypto::Digest>>;

base::Result<QuarantineList> quarantine_list(Transaction& transaction, const Kiosk& kiosk) {
    QuarantineList list;
    TRY(transaction.read_quarantine(kiosk.log_id, [&](const storage::Quarantined& row) -> base::Result<void> {
        list.emplace_back(row.number, row.hash, row.day, crypto::sha256(row.content));
        return {};
    }));
    return list;
}

base::Result<CopyReport> compare_with(Transaction& snapshot, Database& target) {
    const auto kiosks = TRY(snapshot.all_kiosks());
    const auto tokens = TRY(snapshot.all_tokens());
    const auto arrived = TRY(target.begin(TransactionKind::read));
    const auto found_kiosks = TRY(arrived->all_kiosks());
    if (found_kiosks != kiosks) {
        return differs(target, "other kiosks");
    }
    const auto found_tokens = TRY(arrived->all_tokens());
    if (found_tokens != tokens) {
        return differs(target, "other tokens");
    }
    const auto closed = TRY(snapshot.closed_campaigns());
    const auto found_closed = TRY(arrived->closed_campaigns());
    if (found_closed != closed) {
        return differs(target, "other closed campaigns");
    }
    const auto withdrawn = TRY(snapshot.all_withdrawn());
    const auto found_withdrawn = TRY(arrived->all_withdrawn());
    if (found_withdrawn != withdrawn) {
        return differs(target, "other withdrawals");
    }
    TRY(compare_fleet_rows(snapshot, *arrived, target));
    CopyReport report{.tokens = tokens.size(), .kiosks = kiosks.size()};
    for (const Kiosk& kiosk : kiosks) {
        // Two chains that end in the same hash, each whole, are the same chain.
        TRY(walk_batches(*arrived, kiosk, [](std::uint64_t, base::ByteView) { return base::Result<void>{}; }));
        const auto forks = TRY(snapshot.forks_of(kiosk.log_id));
        const auto found_forks = TRY(arrived->forks_of(kiosk.log_id));
        if (found_forks != forks) {
            return differs(target, "other forks");
        }
        const auto gaps = TRY(snapshot.gaps_of(kiosk.log_id));
        const auto found_gaps = TRY(arrived->gaps_of(kiosk.log_id));
        if (found_gaps != gaps) {
            return differs(target, "other gaps");
        }
        const auto large = TRY(snapshot.all_large(kiosk.log_id, storage::WhichLarge::all));
        const auto found_large = TRY(arrived->all_large(kiosk.log_id, storage::WhichLarge::all));
        if (found_large != large) {
            return differs(target, "other large envelopes");
        }
        const auto quarantine = TRY(quarantine_list(snapshot, kiosk));
        const auto found_quarantine = TRY(quarantine_list(*arrived, kiosk));
        if (found_quarantine != quarantine) {
            return differs(target, "other batches in quarantine");
        }
        report.batches += kiosk.stored;
        report.responses += kiosk.responses;
    }
    return report;
}

}  // namespace

base::Result<CopyReport> copy_rows(Database& source, Database& target, const CopyProgress& progress) {
    const auto snapshot = TRY(source.begin(TransactionKind::read));
    const auto kiosks = TRY(snapshot->all_kiosks());
    std::uint64_t all = 0;
    for (const Kiosk& kiosk : kiosks) {
        all += kiosk.stored;
    }
    std::uint64_t before = 0;
    for (const Kiosk& kiosk : kiosks) {
        const Kiosk reached = TRY(meet(*snapshot, target, kiosk));
        TRY(copy_large(*snapshot, target, kiosk.log_id));  // before the batches that name them
        KioskCopy copy(source, target, kiosk, reached, TRY(copy_gaps(*snapshot, target, kiosk)));
        TRY(snapshot->read_batches(kiosk.log_id, reached.stored, [&](const storage::Batch& row) {
            auto taken = copy.take(row);
            if (copy.reached() % chunk_batches_max == 0) {
                progress(before + copy.reached(), all);
            }
            return taken;
        }));
        TRY(copy.finish());
        TRY(copy_forks(*snapshot, target, kiosk));
        TRY(copy_revocation(*snapshot, target, kiosk));
        before += kiosk.stored;
        progress(before, all);
    }
    TRY(copy_fleet_rows(*snapshot, target));
    TRY(copy_closed_campaigns(*snapshot, target));
    TRY(copy_tokens(*snapshot, target));
    TRY(copy_withdrawn(*snapshot, target));
    return compare_with(*snapshot, target);
}

base::Result<CopyReport> compare_rows(Database& source, Database& target) {
    const auto snapshot = TRY(source.begin(TransactionKind::read));
    return compare_with(*snapshot, target);
}

}  // namespace pillarbox::store
