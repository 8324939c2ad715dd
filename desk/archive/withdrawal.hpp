// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes withdrawn responses out of a bag that is made already: the bag is made anew beside it, without them, and
// takes its place in one step. Sealed envelopes leave their digest, so that signatures and chains still verify.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "desk/archive/withdrawn.hpp"

namespace pillarbox::archive {

struct WithdrawalOutcome {
    std::uint64_t taken_out = 0;      // responses or envelopes; 0: the bag holds none of them and is as it was
    bool has_released_files = false;  // of the open package: what the desk released can only be made anew by the desk
};

// damaged where the bag is not valid before. A run that was killed leaves the old bag or the new one, whole; what it
// leaves besides, the next run removes.
[[nodiscard]] base::Result<WithdrawalOutcome> withdraw_from_bag(const std::filesystem::path& bag,
                                                                const WithdrawnTags& withdrawn, base::Day day);

}  // namespace pillarbox::archive
