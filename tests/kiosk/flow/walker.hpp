// SPDX-License-Identifier: GPL-3.0-or-later
//
// A respondent who answers everything: goes through any form by the flow's own events, gives each question an answer
// that the form accepts, adds a repetition to every repeat, looks back, changes the language on the way, and sends.
// What was sent is sealed to a key and opened again, as at the committee.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::tests {

struct Walk {
    std::size_t pages = 0;                // shown on the way
    std::vector<std::string> questions;   // that were asked
    std::vector<std::string> unanswered;  // of these: none of the walker's answers is accepted, and none is required
    submission::Submission opened;        // what came out of the sealed envelope
};

// conflict where the way ends before the submission: with the page, and what stands in the way.
[[nodiscard]] base::Result<Walk> walk(const std::shared_ptr<const campaign::Campaign>& campaign, base::Day today);

}  // namespace pillarbox::tests
