// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/copying.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <list>
#include <optional>
#include <tuple>
#include <vector>

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
    KioskCopy(const Database& source, Database& target, const Kiosk& kiosk, Kiosk reached)
        : source_(source), target_(target), kiosk_(kiosk), reached_(std::move(reached)) {}

    base::Result<void> take(const storage::Batch& row) {
        const auto parsed = batch::parse_batch(row.content, no_limits);
        const std::uint64_t number = reached_.stored + 1;
        const bool whole = parsed.has_value() && row.number == number && parsed->header.number == number &&
                           parsed->header.log_id == kiosk_.log_id &&
                           parsed->header.previous == reached_.stored_hash &&
                           batch::hash_of(parsed->header) == row.hash &&
                           batch::verify_signature(*parsed, kiosk_.device_key).has_value();
        if (!whole) {
            return broken(source_, kiosk_, number);
        }
        contents_.emplace_back(row.content.begin(), row.content.end());
        batches_.push_back({number, row.hash, parsed->header.campaign_id, contents_.back()});
        size_bytes_ += row.content.size();
        reached_.stored = number;
        reached_.stored_hash = row.hash;
        reached_.responses += batch::responses_in(parsed->items);
        const bool full = batches_.size() == chunk_batches_max || size_bytes_ >= chunk_size_bytes_max;
        return full ? flush() : base::Result<void>{};
    }

    base::Result<void> flush() {
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
        if (reached_.stored != kiosk_.stored || reached_.stored_hash != kiosk_.stored_hash ||
            reached_.responses != kiosk_.responses) {
            return broken(source_, kiosk_, reached_.stored + 1);
        }
        reached_.safe = kiosk_.safe;
        return flush();
    }

    [[nodiscard]] std::uint64_t reached() const { return reached_.stored; }

  private:
    const Database& source_;
    Database& target_;
    const Kiosk& kiosk_;
    Kiosk reached_;
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
    const auto hash = found->stored == 0 ? std::optional(batch::genesis_hash(kiosk.log_id))
                                         : TRY(snapshot.batch_hash(kiosk.log_id, found->stored));
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
    CopyReport report{.tokens = tokens.size(), .kiosks = kiosks.size()};
    for (const Kiosk& kiosk : kiosks) {
        // Two chains that end in the same hash, each whole, are the same chain.
        TRY(walk_batches(*arrived, kiosk, [](std::uint64_t, base::ByteView) { return base::Result<void>{}; }));
        const auto forks = TRY(snapshot.forks_of(kiosk.log_id));
        const auto found_forks = TRY(arrived->forks_of(kiosk.log_id));
        if (found_forks != forks) {
            return differs(target, "other forks");
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
        KioskCopy copy(source, target, kiosk, reached);
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
    TRY(copy_closed_campaigns(*snapshot, target));
    TRY(copy_tokens(*snapshot, target));
    return compare_with(*snapshot, target);
}

base::Result<CopyReport> compare_rows(Database& source, Database& target) {
    const auto snapshot = TRY(source.begin(TransactionKind::read));
    return compare_with(*snapshot, target);
}

}  // namespace pillarbox::store
