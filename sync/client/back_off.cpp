// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/back_off.hpp"

#include <algorithm>

namespace pillarbox::client {
namespace {

std::chrono::milliseconds up_to(std::chrono::milliseconds bound, base::Random& random) {
    return std::chrono::milliseconds(random.below(static_cast<std::uint64_t>(bound.count()) + 1));
}

}  // namespace

std::chrono::milliseconds BackOff::after_success() {
    bound_ = std::chrono::milliseconds(0);
    return settings_.pause_min + up_to(settings_.pause_max - settings_.pause_min, random_);
}

std::chrono::milliseconds BackOff::after_failure() {
    bound_ = std::min(settings_.bound_max, std::max(settings_.first_bound, bound_ * 2));
    return up_to(bound_, random_);
}

}  // namespace pillarbox::client
