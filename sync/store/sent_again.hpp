// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a kiosk sends once more: after its key was renewed, or after a fork, it goes on in a new log, and all that no
// receipt had called safe in the old one comes in the new one's first batches. The desk counts it once; so do the
// figures of arrivals.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

// As far as anybody looks, from the new log's start and from the old one's end: of what is far behind, the old log
// has a second copy, and the kiosk has purged it.
inline constexpr std::uint64_t sent_again_batches_max = 64;

// The tags of the responses that come with a batch.
struct Arriving {
    std::uint64_t number = 0;
    std::span<const batch::WithdrawalTag> tags{};
};

// How many of these responses are in the batches of the kiosk's earlier log. It is read once, however many come.
[[nodiscard]] base::Result<std::uint64_t> sent_again(Transaction& transaction, const Kiosk& kiosk,
                                                     std::span<const Arriving> arriving);

}  // namespace pillarbox::store
