// SPDX-License-Identifier: GPL-3.0-or-later
//
// Revokes a kiosk whose key is no longer trusted (stolen, lost), as of a batch: those up to it count as ever, later
// ones don't. What is in the chain already stays there and is signed for, but is in no export; what comes later is
// kept apart, up to a cap, and the kiosk is told so with a signed note and keeps it too.
// Threading: each function has a transaction of its own; a store may be serving meanwhile.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

// What a revoked kiosk, or the other branch of a log, can make the store keep. Each batch that is noted has a place.
inline constexpr std::uint64_t quarantine_batches_max = forks_noted_max;
inline constexpr std::uint64_t quarantine_size_bytes_max = std::uint64_t{64} << 20U;

// `log` is a log id in hex, or its first 8 digits or more. `after` is by default the last batch that is stored.
// usage for what is no log id or fits several kiosks; not_found where no kiosk has it.
[[nodiscard]] base::Result<Kiosk> revoke(Database& database, std::string_view log,
                                         std::optional<std::uint64_t> after);
// Takes a revocation back. What is in quarantine stays there; the kiosk sends it again.
[[nodiscard]] base::Result<Kiosk> readmit(Database& database, std::string_view log);

[[nodiscard]] base::Result<storage::QuarantineSize> quarantine_size(Database& database, const Kiosk& kiosk);

// The last stored batch that counts.
[[nodiscard]] std::uint64_t last_counting_batch(const Kiosk& kiosk);

}  // namespace pillarbox::store
