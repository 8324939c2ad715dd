// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl-C, a closed terminal and the like, taken between two glances at something else. Make it before any thread
// begins: threads inherit that these signals are blocked.
#pragma once

#include <chrono>
#include <csignal>
#include <ctime>

namespace pillarbox::cli {

class Interruption {
  public:
    Interruption() {
        ::sigemptyset(&signals_);
        ::sigaddset(&signals_, SIGHUP);
        ::sigaddset(&signals_, SIGINT);
        ::sigaddset(&signals_, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    }
    // Waits, for less than a second; whether one came.
    [[nodiscard]] bool came_within(std::chrono::nanoseconds time) const {
        const timespec span{.tv_sec = 0, .tv_nsec = time.count()};
        return ::sigtimedwait(&signals_, nullptr, &span) > 0;
    }

  private:
    sigset_t signals_{};
};

}  // namespace pillarbox::cli
