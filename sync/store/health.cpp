// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/health.hpp"

#include <fmt/format.h>

namespace pillarbox::store {

std::string format_health(const Health& health) {
    return fmt::format("{{\"status\": \"{}\", \"database\": \"{}\", \"second_copy\": \"{}\"}}\n",
                       health.writable ? "ok" : "failing",
                       health.writable    ? "writable"
                       : health.reachable ? "reachable"
                                          : "unreachable",
                       health.has_second_copy ? "standby" : "none");
}

Health HealthProbe::ask() {
    const std::scoped_lock turn(mutex_);
    const auto now = clock_.monotonic();
    if (asked_at_.has_value() && now - *asked_at_ < asked_every) {
        return last_;
    }
    last_ = {};
    last_.reachable = database_.begin(TransactionKind::read).has_value();
    last_.writable = last_.reachable && database_.check_writable().has_value();
    last_.has_second_copy = last_.writable && database_.has_second_copy();
    if (!last_.writable) {
        database_.close_after_error();
    }
    asked_at_ = now;
    return last_;
}

}  // namespace pillarbox::store
