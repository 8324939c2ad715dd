// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes in large envelopes part by part (core/batch/part.hpp). A part is kept by itself, in order; the last one is
// kept only where the whole has the digest that every part named. What no stored batch names is nobody's response: it
// is in no export and no figure but its own, and a kiosk can make the store keep unnamed_size_bytes_max of it. The
// batch that names an envelope is taken once the envelope is whole, and so a receipt never speaks of a piece.
// Threading: functions that take a Database have a transaction of their own, the others are steps in the caller's.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/batch/part.hpp"
#include "core/batch/refusal.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

// Of one kiosk, counted as the envelopes will be: what its next batch names, and as much of one that it never ended.
// Over it, what came first is dropped, and the kiosk sends it again: it has a receipt for none of it.
inline constexpr std::uint64_t unnamed_size_bytes_max = 2 * batch::named_size_bytes_max;

enum class PartVerdict {
    held,     // now, or before
    gap,      // it is not the next one: nothing is kept, the kiosk resends from there
    refused,  // the kiosk is revoked, and all its batches that count are here
};

struct PartOutcome {
    PartVerdict verdict = PartVerdict::held;
    batch::PartsHeld parts;
    std::optional<batch::Refusal> refusal{};
};

// Errors of the sender: malformed (also where the last part makes no whole of this digest: all of it is dropped
// then), limit_exceeded, not_authentic, not_found (no such kiosk). Of a withdrawn envelope all parts count as held.
[[nodiscard]] base::Result<PartOutcome> take_part(Database& database, const batch::LogId& log_id, base::ByteView body,
                                                  const batch::Limits& limits, base::Day today);

// not_found where no kiosk has this log; none held where nothing is known of the envelope.
[[nodiscard]] base::Result<batch::PartsHeld> parts_held(Database& database, const batch::LogId& log_id,
                                                        const crypto::Digest& envelope);

[[nodiscard]] bool is_whole(const storage::Large& large);

// Whether all that these items name is here, whole, under the same tag.
[[nodiscard]] base::Result<bool> holds_named(Transaction& transaction, const batch::LogId& log_id,
                                             const std::vector<batch::Item>& items);
// From now on they are the batch's. What was withdrawn of it goes (`items` as the batch came, `withdrawn` of their
// tags).
[[nodiscard]] base::Result<void> name_large(Transaction& transaction, const batch::LogId& log_id,
                                            std::uint64_t number, const std::vector<batch::Item>& items,
                                            const std::vector<batch::WithdrawalTag>& withdrawn);
[[nodiscard]] base::Result<void> drop_withdrawn(Transaction& transaction, const batch::LogId& log_id,
                                                const batch::WithdrawalTag& tag);

// Part after part of an envelope that is whole. `damaged` where a part is missing or the whole has another digest; it
// is known only at the end, when everything was visited.
using PartVisitor = std::function<base::Result<void>(base::ByteView content)>;
[[nodiscard]] base::Result<void> read_whole(Transaction& transaction, const batch::LogId& log_id,
                                            const batch::LargeEnvelope& envelope, const PartVisitor& visit);

// A part's content, where the source has it.
using PartSource = std::function<base::Result<std::optional<base::Bytes>>(const batch::LargeEnvelope& envelope,
                                                                          std::uint64_t number)>;
// Puts together what these items name, from elsewhere. False where the source lacks something of it.
[[nodiscard]] base::Result<bool> fetch_named(Transaction& transaction, const batch::LogId& log_id,
                                             const std::vector<batch::Item>& items, const PartSource& source,
                                             const std::string& day);

// Copies what the target lacks of a kiosk's large envelopes, whole or not.
[[nodiscard]] base::Result<void> copy_large(Transaction& snapshot, Database& target, const batch::LogId& log_id);

[[nodiscard]] base::Result<std::vector<storage::UnnamedSize>> unnamed_sizes(Database& database);

}  // namespace pillarbox::store
