// SPDX-License-Identifier: GPL-3.0-or-later
//
// Closes a campaign: its batches come in by network for some days more, for kiosks that were without one, and then
// only on a USB stick, which somebody has brought and vouches for. Nothing that is stored changes.
// Threading: each function has a transaction of its own; a store may be serving meanwhile.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

inline constexpr std::uint64_t grace_days_default = 14;
inline constexpr std::uint64_t grace_days_max = 3650;

// The last day is today and `grace_days`. Closing it again sets the day anew, also to a later one. usage for what is
// no campaign id and for too many days. Which campaigns there are the store does not know: a new id is taken as it
// is.
[[nodiscard]] base::Result<storage::ClosedCampaign> close_campaign(Database& database, std::string_view campaign_id,
                                                                   std::uint64_t grace_days, base::Day today);

[[nodiscard]] base::Result<std::vector<storage::ClosedCampaign>> closed_campaigns(Database& database);  // by id

}  // namespace pillarbox::store
