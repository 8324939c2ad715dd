// SPDX-License-Identifier: GPL-3.0-or-later
//
// The drill: a test submission is sealed to a campaign's recipients exactly as a kiosk seals, and opened with the
// keys at hand. It proves, before the call and without a kiosk, that these keys open what kiosks will seal.
#pragma once

#include <vector>

#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/envelope/envelope.hpp"

namespace pillarbox::keys {

enum class DrillOutcome {
    opened,  // one of the keys opened it, and what came out is what was sealed
    no_key,  // none of the keys at hand is this recipient's
    failed,  // the key is this recipient's, and did not open it
};

struct DrillResult {
    envelope::Recipient recipient;
    DrillOutcome outcome = DrillOutcome::no_key;
};

// One result for each recipient of the campaign, in its order.
[[nodiscard]] base::Result<std::vector<DrillResult>> drill(const campaign::Campaign& campaign,
                                                           const std::vector<envelope::Identity>& identities,
                                                           base::Day today, base::Random& random);

}  // namespace pillarbox::keys
