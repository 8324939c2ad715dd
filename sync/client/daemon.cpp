// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/daemon.hpp"

namespace pillarbox::client {

void run_daemon(const DaemonHooks& hooks, std::uint64_t batch_responses_min, const base::Clock& clock,
                BackOff back_off) {
    base::Day last_cleared = clock.today();
    while (true) {
        const base::Day today = clock.today();
        const bool clear = today > last_cleared;
        const auto done = hooks.round(clear ? 1 : batch_responses_min);
        hooks.report(done);
        if (done.has_value() && clear) {
            last_cleared = today;
        }
        const auto wait = done.has_value() ? back_off.after_success() : back_off.after_failure();
        if (hooks.pause(wait) == Wake::stop) {
            return;
        }
    }
}

}  // namespace pillarbox::client
