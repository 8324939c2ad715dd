// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/attempts.hpp"

#include <algorithm>

namespace pillarbox::fleet {

bool Attempts::may_try(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    const auto now = clock_.monotonic();
    if (now - minute_began_ >= std::chrono::minutes(1)) {
        minute_began_ = now;
        tries_ = 0;
    }
    const auto found = failures_.find(name);
    if ((found != failures_.end() && now < found->second.waits_until) || tries_ >= tries_a_minute) {
        return false;
    }
    ++tries_;
    return true;
}

void Attempts::failed(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    make_room();
    Failures& failures = failures_[name];
    ++failures.count;
    if (failures.count >= free_failures) {
        const std::uint64_t doublings = std::min<std::uint64_t>(failures.count - free_failures, 16);
        failures.waits_until =
            clock_.monotonic() + std::min(longest_wait, first_wait * (std::int64_t{1} << doublings));
    }
}

void Attempts::succeeded(const std::string& name) {
    const std::scoped_lock lock(mutex_);
    failures_.erase(name);
}

// Who waits stays, as long as others can go.
void Attempts::make_room() {
    if (failures_.size() < names_max) {
        return;
    }
    const auto first = std::ranges::min_element(
        failures_, {}, [](const auto& entry) { return std::pair(entry.second.waits_until, entry.second.count); });
    failures_.erase(first);
}

}  // namespace pillarbox::fleet
