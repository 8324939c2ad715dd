// SPDX-License-Identifier: GPL-3.0-or-later
//
// How long to wait before the next round. After failures: exponential with full jitter (each wait is uniform between
// 0 and a bound that doubles), so that a fleet whose store was away does not come back all at once.
#pragma once

#include <chrono>

#include "core/base/random.hpp"

namespace pillarbox::client {

struct BackOffSettings {
    std::chrono::milliseconds first_bound{5'000};
    std::chrono::milliseconds bound_max{15 * 60'000};
    std::chrono::milliseconds pause_min{30'000};  // after success: uniform between these two
    std::chrono::milliseconds pause_max{90'000};
};

class BackOff {
  public:
    BackOff(BackOffSettings settings, base::Random& random) : settings_(settings), random_(random) {}
    [[nodiscard]] std::chrono::milliseconds after_success();
    [[nodiscard]] std::chrono::milliseconds after_failure();

  private:
    BackOffSettings settings_;
    base::Random& random_;
    std::chrono::milliseconds bound_{0};  // of the last failure; 0 after success
};

}  // namespace pillarbox::client
