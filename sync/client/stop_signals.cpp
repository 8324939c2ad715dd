// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/stop_signals.hpp"

#include <cerrno>
#include <ctime>

namespace pillarbox::client {

StopSignals::StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, &before_);
}

StopSignals::~StopSignals() {
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool StopSignals::arrived() const {
    sigset_t pending;
    return sigpending(&pending) == 0 && (sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1);
}

Wake StopSignals::wait(std::chrono::milliseconds time) const {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    const timespec limit{seconds.count(), std::chrono::nanoseconds(time - seconds).count()};
    int signal = 0;
    do {
        signal = sigtimedwait(&signals_, nullptr, &limit);
    } while (signal < 0 && errno == EINTR);
    return signal > 0 ? Wake::stop : Wake::time_passed;
}

}  // namespace pillarbox::client
