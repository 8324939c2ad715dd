// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/mending.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <list>

#include "sync/store/again.hpp"
#include "sync/store/withdrawing.hpp"

namespace pillarbox::store {
namespace {

// What goes into one transaction.
constexpr std::size_t filling_batches_max = 64;
constexpr std::size_t filling_size_bytes_max = std::size_t{4} << 20U;

std::unexpected<base::Error> not_in_chain(const batch::LogId& log_id, std::uint64_t number) {
    return base::fail(base::ErrorCode::conflict, base::to_hex(log_id),
                      fmt::format("What the source has as batch {} is not the batch that the chain names.", number),
                      "Nothing of it was taken. Try another source.");
}

base::Result<std::vector<storage::Gap>> open_gaps_of(Transaction& transaction, const batch::LogId& log_id) {
    auto gaps = TRY(transaction.gaps_of(log_id));
    std::erase_if(gaps, [](const storage::Gap& gap) { return !gap.is_open(); });
    return gaps;
}

// One gap, filled from its end by at most a chunk.
class Filling {
  public:
    Filling(Transaction& transaction, Kiosk kiosk, storage::Gap gap)
        : transaction_(transaction), kiosk_(std::move(kiosk)), gap_(std::move(gap)) {}

    base::Result<RefillReport> run(const RefillSource& source) {
        std::size_t size_bytes = 0;
        while (gap_.is_open() && batches_.size() < filling_batches_max && size_bytes < filling_size_bytes_max) {
            auto content = TRY(source.batch(gap_.last));
            const bool is_whole = content.has_value() && TRY(fetch(*content, source.part));
            if (!is_whole) {
                break;
            }
            size_bytes += content->size();
            TRY(take(*std::move(content)));
        }
        if (batches_.empty()) {
            return report_;
        }
        if (!gap_.is_open()) {
            TRY(check_begin());
        }
        TRY(transaction_.move_head(kiosk_, batches_));
        TRY(transaction_.set_gap(kiosk_.log_id, gap_));
        return report_;
    }

  private:
    // The large envelopes that the batch names, before it.
    base::Result<bool> fetch(base::ByteView content, const PartSource& source) {
        const auto parsed = batch::parse_batch(content, no_limits, batch::Withdrawn::taken);
        if (!parsed.has_value()) {
            return true;  // take() says why it is refused
        }
        return fetch_named(transaction_, kiosk_.log_id, parsed->items, source, gap_.day);
    }

    base::Result<void> take(base::Bytes content) {
        const auto parsed = batch::parse_batch(content, no_limits, batch::Withdrawn::taken);
        const bool fits = parsed.has_value() && parsed->header.log_id == kiosk_.log_id &&
                          parsed->header.number == gap_.last && batch::hash_of(parsed->header) == gap_.last_hash &&
                          batch::verify_signature(*parsed, kiosk_.device_key).has_value();
        if (!fits) {
            return not_in_chain(kiosk_.log_id, gap_.last);
        }
        std::vector<batch::WithdrawalTag> tags;
        std::ranges::transform(parsed->items, std::back_inserter(tags), &batch::Item::tag);
        const auto withdrawn = TRY(transaction_.withdrawn_among(tags));
        contents_.push_back(withdrawn.empty() ? std::move(content) : TRY(without_withdrawn(content, withdrawn)));
        TRY(name_large(transaction_, kiosk_.log_id, gap_.last, parsed->items, withdrawn));
        batches_.push_back({gap_.last, gap_.last_hash, parsed->header.campaign_id, contents_.back()});
        const std::uint64_t responses = batch::responses_in(parsed->items);
        kiosk_.responses += responses;
        ++report_.batches;
        report_.responses += responses;
        --gap_.last;
        gap_.last_hash = parsed->header.previous;
        return {};
    }

    // The last to come must follow from what was there before the gap.
    base::Result<void> check_begin() {
        const auto before = TRY(hash_at(transaction_, kiosk_, gap_.first - 1));
        return before == gap_.last_hash ? base::Result<void>{} : not_in_chain(kiosk_.log_id, gap_.first);
    }

    Transaction& transaction_;
    Kiosk kiosk_;
    storage::Gap gap_;
    std::list<base::Bytes> contents_;  // what the batches view
    std::vector<storage::Batch> batches_;
    RefillReport report_;
};

// A chunk of the gap with this `first`; none taken at the end of what the source has.
base::Result<RefillReport> fill_chunk(Database& database, const batch::LogId& log_id, std::uint64_t first,
                                      const RefillSource& source) {
    const auto transaction = TRY(database.begin(TransactionKind::write));
    const auto kiosk = TRY(transaction->find_kiosk(log_id));
    const auto gaps = TRY(open_gaps_of(*transaction, log_id));
    const auto gap = std::ranges::find(gaps, first, &storage::Gap::first);
    if (!kiosk.has_value() || gap == gaps.end()) {
        return RefillReport{};
    }
    const RefillReport report = TRY(Filling(*transaction, *kiosk, *gap).run(source));
    TRY(transaction->commit());
    return report;
}

// Whichever of the store's keys it was that signed.
base::Result<batch::Receipt> verify_own_receipt(std::string_view note, std::string_view name,
                                                std::span<const crypto::VerifyKey> store_keys) {
    auto receipt = batch::verify_receipt(note, name, store_keys.back());
    for (std::size_t i = 0; !receipt.has_value() && i + 1 < store_keys.size(); ++i) {
        receipt = batch::verify_receipt(note, name, store_keys[i]);
    }
    return receipt;
}

bool is_covered(const protocol::Attestation& attestation, const batch::Receipt& receipt, const Kiosk& kiosk,
                std::uint64_t epoch) {
    const bool same_hash = receipt.stored != attestation.number || receipt.stored_hash == attestation.hash;
    return receipt.epoch < epoch && receipt.safe >= attestation.number && same_hash &&
           !kiosk.revoked_after.has_value();
}

}  // namespace

base::Result<std::uint64_t> raise_epoch(Database& database) {
    const std::uint64_t epoch = database.identity().epoch + 1;
    const auto transaction = TRY(database.begin(TransactionKind::write));
    TRY(transaction->set_epoch(epoch));
    TRY(transaction->commit());
    return epoch;
}

base::Result<AttestationOutcome> attest_gap(Database& database, const batch::LogId& log_id,
                                            const protocol::Attestation& attestation,
                                            std::span<const crypto::VerifyKey> store_keys,
                                            const batch::Limits& limits, base::Day today) {
    const auto note = [&](Kiosk& kiosk) -> base::Result<AttestationVerdict> {
        const auto transaction = TRY(database.begin(TransactionKind::write));
        const auto found = TRY(transaction->find_kiosk(log_id));
        if (!found.has_value()) {
            return base::fail(base::ErrorCode::not_found, base::to_hex(log_id), "No kiosk has this log.");
        }
        kiosk = *found;
        TRY(protocol::verify_attestation(attestation, log_id, kiosk.device_key));
        const batch::Receipt shown =
            TRY(verify_own_receipt(attestation.receipt_note, database.identity().name, store_keys));
        if (shown.log_id != log_id) {
            return base::fail(base::ErrorCode::not_authentic, base::to_hex(log_id), "The receipt is of another log.");
        }
        if (attestation.number <= kiosk.stored) {
            const auto gaps = TRY(open_gaps_of(*transaction, log_id));
            const bool noted =
                std::ranges::any_of(gaps, [&](const storage::Gap& gap) { return gap.last_hash == attestation.hash; });
            return noted ? AttestationVerdict::gap_noted : AttestationVerdict::not_needed;
        }
        if (!is_covered(attestation, shown, kiosk, database.identity().epoch)) {
            return AttestationVerdict::refused;
        }
        const std::string day = base::format_day(today);
        TRY(transaction->set_gap(log_id, {kiosk.stored + 1, attestation.number, attestation.hash, day}));
        kiosk.stored = attestation.number;
        kiosk.stored_hash = attestation.hash;
        kiosk.last_day = day;
        TRY(transaction->move_head(kiosk, {}));
        TRY(transaction->commit());
        return AttestationVerdict::gap_noted;
    };
    Kiosk kiosk;
    const AttestationVerdict verdict = TRY(again_if_cut([&] { return note(kiosk); }));
    return AttestationOutcome{verdict, receipt_for(kiosk, database, limits)};
}

base::Result<RefillReport> refill(Database& database, const batch::LogId& log_id, const RefillSource& source) {
    Kiosk kiosk;
    kiosk.log_id = log_id;
    RefillReport all;
    auto gaps = TRY(open_gaps(database, kiosk));
    std::ranges::reverse(gaps);  // a gap begins at a hash that is known, also behind another gap
    for (const storage::Gap& gap : gaps) {
        bool goes_on = true;
        while (goes_on) {
            const auto filled = TRY(again_if_cut([&] { return fill_chunk(database, log_id, gap.first, source); }));
            all.batches += filled.batches;
            all.responses += filled.responses;
            goes_on = filled.batches > 0;
        }
    }
    const auto left = TRY(open_gaps(database, kiosk));
    for (const storage::Gap& gap : left) {
        all.missing += gap.last + 1 - gap.first;
    }
    return all;
}

base::Result<RefillReport> refill_from(Database& database, Database& other) {
    const auto snapshot = TRY(other.begin(TransactionKind::read));
    const auto withdrawn = TRY(snapshot->all_withdrawn());
    for (const batch::WithdrawalTag& tag : withdrawn) {
        TRY(withdraw(database, tag));
    }
    RefillReport all;
    const auto kiosks = TRY(all_kiosks(database));
    for (const Kiosk& kiosk : kiosks) {
        const RefillSource source{[&](std::uint64_t number) { return snapshot->batch_content(kiosk.log_id, number); },
                                  [&](const batch::LargeEnvelope& envelope, std::uint64_t number) {
                                      return snapshot->part_content(kiosk.log_id, envelope.digest, number);
                                  }};
        const auto report = TRY(refill(database, kiosk.log_id, source));
        all.batches += report.batches;
        all.responses += report.responses;
        all.missing += report.missing;
    }
    return all;
}

base::Result<std::vector<storage::Gap>> open_gaps(Database& database, const Kiosk& kiosk) {
    const auto transaction = TRY(database.begin(TransactionKind::read));
    return open_gaps_of(*transaction, kiosk.log_id);
}

}  // namespace pillarbox::store
