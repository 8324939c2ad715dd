// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rounds for ever, with pauses between them, until told to stop. What waits and what a round does is passed in.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "sync/client/back_off.hpp"
#include "sync/client/round.hpp"

namespace pillarbox::client {

enum class Wake { time_passed, stop };

struct DaemonHooks {
    std::function<base::Result<RoundReport>(std::uint64_t batch_responses_min)> round;
    std::function<Wake(std::chrono::milliseconds)> pause;
    std::function<void(const base::Result<RoundReport>&)> report;  // after every round
};

// `batch_responses_min` holds for all rounds but the first successful one of each new day, which takes what there is:
// a lone response leaves at the turn of a day, not at a moment near its own. The day of the start counts as done.
void run_daemon(const DaemonHooks& hooks, std::uint64_t batch_responses_min, const base::Clock& clock,
                BackOff back_off);

}  // namespace pillarbox::client
