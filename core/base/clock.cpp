// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.hpp"

namespace pillarbox::base {

Day SystemClock::today() const {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

std::chrono::milliseconds SystemClock::monotonic() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace pillarbox::base
