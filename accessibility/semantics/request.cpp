// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/semantics/request.hpp"

#include <utility>

namespace pillarbox::semantics {

Pushed RequestQueue::push(Request request) {
    {
        const std::scoped_lock lock(mutex_);
        if (waiting_.size() >= waiting_requests_max) {
            return Pushed::too_many;
        }
        waiting_.push_back(std::move(request));
    }
    if (wake_) {
        wake_();
    }
    return Pushed::taken;
}

std::vector<Request> RequestQueue::take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(waiting_, {});
}

}  // namespace pillarbox::semantics
