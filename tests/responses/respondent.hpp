// SPDX-License-Identifier: GPL-3.0-or-later
//
// Synthetic responses: each goes through the real form as on a kiosk, so that it is one that a kiosk would let pass.
// The nth response of a seed is the same whoever else was made. Borough, age and link are drawn unevenly, so that
// there are cells with very few people in them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/campaign/campaign.hpp"
#include "core/submission/submission.hpp"
#include "tests/faults/storage/seeded_random.hpp"
#include "tests/responses/texts.hpp"

namespace pillarbox::tests {

struct SyntheticResponse {
    submission::Submission submission;
    submission::WithdrawalCode code{};
    std::string canary;     // a word that stands in this response and nowhere else; empty in most
    std::string rare_word;  // that stands in it; empty in most
};

class Respondents {
  public:
    // `campaign` outlives this.
    Respondents(const campaign::Campaign& campaign, std::uint64_t seed);

    [[nodiscard]] SyntheticResponse answer(std::uint64_t index) const;

  private:
    class Sitting;
    const campaign::Campaign& campaign_;
    std::uint64_t seed_;
    form::Instance blank_;
};

// A generator of its own for each thing that is drawn, from one seed.
[[nodiscard]] SeededRandom random_for(std::uint64_t seed, std::uint64_t purpose, std::uint64_t index);

}  // namespace pillarbox::tests
