// SPDX-License-Identifier: GPL-3.0-or-later
#include "accessibility/semantics/request.hpp"

#include <utility>

namespace pillarbox::semantics {

void RequestQueue::push(Request request) {
    {
        const std::scoped_lock lock(mutex_);
        waiting_.push_back(std::move(request));
    }
    if (wake_) {
        wake_();
    }
}

std::vector<Request> RequestQueue::take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(waiting_, {});
}

}  // namespace pillarbox::semantics
