// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "core/crypto/running_hash.hpp"
#include "sync/store/again.hpp"
#include "sync/store/revoking.hpp"

namespace pillarbox::store {
namespace {

using storage::Large;

// What goes into one transaction of a copy.
constexpr std::uint64_t copied_parts_max = 8;

std::unexpected<base::Error> part_refused(std::string what) {
    return base::fail(base::ErrorCode::malformed, "part", std::move(what), "Send the envelope again.");
}

std::unexpected<base::Error> large_damaged(const batch::LogId& log_id, const crypto::Digest& envelope) {
    return base::fail(base::ErrorCode::damaged, base::to_hex(log_id),
                      fmt::format("Large envelope {} is not as it was accepted.", base::to_hex(envelope)),
                      "Stop the store, keep its database for inspection, and put back the last verified backup.");
}

// Whether the parts that are here, with `last` behind them, are the envelope.
base::Result<bool> has_its_digest(Transaction& transaction, const batch::LogId& log_id,
                                  const batch::LargeEnvelope& envelope, base::ByteView last) {
    crypto::RunningHash hash;
    for (std::uint64_t number = 1; number < batch::part_count(envelope.size_bytes); ++number) {
        const auto content = TRY(transaction.part_content(log_id, envelope.digest, number));
        if (!content.has_value() || content->size() != batch::part_size_bytes(envelope.size_bytes, number)) {
            return large_damaged(log_id, envelope.digest);
        }
        hash.add(*content);
    }
    hash.add(last);
    return hash.finish() == envelope.digest;
}

// Drops what came first, and pieces before wholes, until this one has room.
base::Result<void> make_room(Transaction& transaction, const batch::LogId& log_id,
                             const batch::LargeEnvelope& envelope) {
    auto unnamed = TRY(transaction.all_large(log_id, storage::WhichLarge::unnamed));
    std::uint64_t size_bytes = envelope.size_bytes;
    for (const Large& large : unnamed) {
        size_bytes += large.envelope.size_bytes;
    }
    std::ranges::sort(unnamed, {}, [](const Large& large) { return std::tuple(large.day, is_whole(large)); });
    for (const Large& large : unnamed) {
        if (size_bytes <= unnamed_size_bytes_max) {
            break;
        }
        TRY(transaction.drop_large(log_id, large.envelope.digest));
        size_bytes -= large.envelope.size_bytes;
    }
    return {};
}

enum class Kept { yes, whole_is_another };

// The next part of `large`.
base::Result<Kept> keep_part(Transaction& transaction, const batch::LogId& log_id, Large& large,
                             base::ByteView content, std::string day) {
    const bool is_last = large.parts + 1 == batch::part_count(large.envelope.size_bytes);
    const bool is_good = !is_last || TRY(has_its_digest(transaction, log_id, large.envelope, content));
    if (!is_good) {
        TRY(transaction.drop_large(log_id, large.envelope.digest));
        return Kept::whole_is_another;
    }
    ++large.parts;
    large.day = std::move(day);
    TRY(transaction.put_large(log_id, large));
    TRY(transaction.add_part(log_id, large.envelope.digest, large.parts, content));
    return Kept::yes;
}

Large new_large(const batch::LargeEnvelope& envelope, const batch::WithdrawalTag& tag) {
    Large large;
    large.envelope = envelope;
    large.tag = tag;
    return large;
}

base::Result<Large> known_or_new(Transaction& transaction, const batch::PartHeader& header) {
    const auto found = TRY(transaction.find_large(header.log_id, header.envelope.digest));
    if (!found.has_value()) {
        return new_large(header.envelope, header.tag);
    }
    const bool same = found->envelope == header.envelope && found->tag == header.tag;
    return same ? base::Result<Large>(*found)
                : part_refused("An envelope of this digest came with another size or tag.");
}

base::Result<PartOutcome> place_part(Database& database, const batch::Part& part, base::Day today) {
    const batch::PartHeader& header = part.header;
    // The kiosk's row is locked with it: two uploads of one kiosk take turns.
    const auto transaction = TRY(database.begin(TransactionKind::write));
    const std::optional<Kiosk> kiosk = TRY(transaction->find_kiosk(header.log_id));
    if (!kiosk.has_value()) {
        return base::fail(base::ErrorCode::not_found, base::to_hex(header.log_id), "No kiosk has this log.");
    }
    TRY(batch::verify_signature(part, kiosk->device_key));
    PartOutcome outcome{.parts = {header.log_id, header.envelope.digest, 0}};
    if (kiosk->revoked_after.has_value() && kiosk->stored >= *kiosk->revoked_after) {
        outcome.verdict = PartVerdict::refused;
        outcome.refusal = batch::Refusal{header.log_id, batch::Revoked{*kiosk->revoked_after}};
        return outcome;
    }
    const auto withdrawn = TRY(transaction->withdrawn_among(std::span(&header.tag, 1)));
    if (!withdrawn.empty()) {
        outcome.parts.held = batch::part_count(header.envelope.size_bytes);
        return outcome;
    }
    Large large = TRY(known_or_new(*transaction, header));
    outcome.parts.held = large.parts;
    if (header.number <= large.parts) {
        return outcome;
    }
    if (header.number > large.parts + 1) {
        outcome.verdict = PartVerdict::gap;
        return outcome;
    }
    if (large.parts == 0) {
        TRY(make_room(*transaction, header.log_id, header.envelope));
    }
    const Kept kept = TRY(keep_part(*transaction, header.log_id, large, part.content, base::format_day(today)));
    TRY(transaction->commit());
    outcome.parts.held = large.parts;
    return kept == Kept::yes ? base::Result<PartOutcome>(outcome)
                             : part_refused("The parts put together are not the envelope that they name.");
}

base::Result<bool> fetch_one(Transaction& transaction, const batch::LogId& log_id, const batch::Item& item,
                             const PartSource& source, const std::string& day) {
    Large large = new_large(*item.large, item.tag);
    const auto found = TRY(transaction.find_large(log_id, item.large->digest));
    if (found.has_value() && is_whole(*found)) {
        return true;
    }
    TRY(transaction.drop_large(log_id, item.large->digest));
    while (!is_whole(large)) {
        const auto content = TRY(source(*item.large, large.parts + 1));
        const bool fits = content.has_value() &&
                          content->size() == batch::part_size_bytes(large.envelope.size_bytes, large.parts + 1);
        if (!fits || TRY(keep_part(transaction, log_id, large, *content, day)) != Kept::yes) {
            TRY(transaction.drop_large(log_id, item.large->digest));
            return false;
        }
    }
    return true;
}

}  // namespace

bool is_whole(const storage::Large& large) {
    return large.parts == batch::part_count(large.envelope.size_bytes);
}

base::Result<PartOutcome> take_part(Database& database, const batch::LogId& log_id, base::ByteView body,
                                    const batch::Limits& limits, base::Day today) {
    const batch::Part part = TRY(batch::parse_part(body, limits));
    if (part.header.log_id != log_id) {
        return part_refused("The part belongs to another log.");
    }
    return again_if_cut([&] { return place_part(database, part, today); });
}

base::Result<batch::PartsHeld> parts_held(Database& database, const batch::LogId& log_id,
                                          const crypto::Digest& envelope) {
    return again_if_cut([&]() -> base::Result<batch::PartsHeld> {
        const auto transaction = TRY(database.begin(TransactionKind::read));
        const auto kiosk = TRY(transaction->find_kiosk(log_id));
        if (!kiosk.has_value()) {
            return base::fail(base::ErrorCode::not_found, base::to_hex(log_id), "No kiosk has this log.");
        }
        const auto found = TRY(transaction->find_large(log_id, envelope));
        return batch::PartsHeld{log_id, envelope, found.has_value() ? found->parts : 0};
    });
}

base::Result<bool> holds_named(Transaction& transaction, const batch::LogId& log_id,
                               const std::vector<batch::Item>& items) {
    for (const batch::Item& item : items) {
        if (!item.large.has_value()) {
            continue;
        }
        const auto found = TRY(transaction.find_large(log_id, item.large->digest));
        const bool is_held =
            found.has_value() && found->envelope == *item.large && found->tag == item.tag && is_whole(*found);
        if (!is_held) {
            const auto withdrawn = TRY(transaction.withdrawn_among(std::span(&item.tag, 1)));
            if (withdrawn.empty()) {
                return false;
            }
        }
    }
    return true;
}

base::Result<void> name_large(Transaction& transaction, const batch::LogId& log_id, std::uint64_t number,
                              const std::vector<batch::Item>& items,
                              const std::vector<batch::WithdrawalTag>& withdrawn) {
    for (const batch::Item& item : items) {
        if (!item.large.has_value()) {
            continue;
        }
        if (std::ranges::find(withdrawn, item.tag) != withdrawn.end()) {
            TRY(transaction.drop_large(log_id, item.large->digest));
            continue;
        }
        auto large = TRY(transaction.find_large(log_id, item.large->digest));
        if (!large.has_value()) {
            return large_damaged(log_id, item.large->digest);
        }
        large->batch = number;
        TRY(transaction.put_large(log_id, *large));
    }
    return {};
}

base::Result<void> drop_withdrawn(Transaction& transaction, const batch::LogId& log_id,
                                  const batch::WithdrawalTag& tag) {
    const auto all = TRY(transaction.all_large(log_id, storage::WhichLarge::all));
    for (const Large& large : all) {
        if (large.tag == tag) {
            TRY(transaction.drop_large(log_id, large.envelope.digest));
        }
    }
    return {};
}

base::Result<void> read_whole(Transaction& transaction, const batch::LogId& log_id,
                              const batch::LargeEnvelope& envelope, const PartVisitor& visit) {
    crypto::RunningHash hash;
    for (std::uint64_t number = 1; number <= batch::part_count(envelope.size_bytes); ++number) {
        const auto content = TRY(transaction.part_content(log_id, envelope.digest, number));
        if (!content.has_value() || content->size() != batch::part_size_bytes(envelope.size_bytes, number)) {
            return large_damaged(log_id, envelope.digest);
        }
        hash.add(*content);
        TRY(visit(*content));
    }
    return hash.finish() == envelope.digest ? base::Result<void>{} : large_damaged(log_id, envelope.digest);
}

base::Result<bool> fetch_named(Transaction& transaction, const batch::LogId& log_id,
                               const std::vector<batch::Item>& items, const PartSource& source,
                               const std::string& day) {
    for (const batch::Item& item : items) {
        if (!item.large.has_value()) {
            continue;
        }
        const auto withdrawn = TRY(transaction.withdrawn_among(std::span(&item.tag, 1)));
        const bool is_here = !withdrawn.empty() || TRY(fetch_one(transaction, log_id, item, source, day));
        if (!is_here) {
            return false;
        }
    }
    return true;
}

base::Result<void> copy_large(Transaction& snapshot, Database& target, const batch::LogId& log_id) {
    const auto all = TRY(snapshot.all_large(log_id, storage::WhichLarge::all));
    for (const Large& large : all) {
        Large reached = large;
        reached.parts = 0;
        do {
            const auto transaction = TRY(target.begin(TransactionKind::write));
            const auto found = TRY(transaction->find_large(log_id, large.envelope.digest));
            reached.parts = found.has_value() ? found->parts : 0;
            const std::uint64_t end = std::min(large.parts, reached.parts + copied_parts_max);
            const std::uint64_t first = reached.parts + 1;
            reached.parts = std::max(reached.parts, end);
            TRY(transaction->put_large(log_id, reached));
            for (std::uint64_t number = first; number <= end; ++number) {
                const auto content = TRY(snapshot.part_content(log_id, large.envelope.digest, number));
                if (!content.has_value()) {
                    return large_damaged(log_id, large.envelope.digest);
                }
                TRY(transaction->add_part(log_id, large.envelope.digest, number, *content));
            }
            TRY(transaction->commit());
        } while (reached.parts < large.parts);
    }
    return {};
}

base::Result<std::vector<storage::UnnamedSize>> unnamed_sizes(Database& database) {
    const auto transaction = TRY(database.begin(TransactionKind::read));
    return transaction->unnamed_sizes();
}

}  // namespace pillarbox::store
