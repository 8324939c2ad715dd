// SPDX-License-Identifier: GPL-3.0-or-later
//
// SIGTERM and SIGINT as something to ask for and to wait for, instead of something that interrupts: while a
// StopSignals lives they are blocked in this thread, and in the threads it starts.
#pragma once

#include <chrono>
#include <csignal>

#include "sync/client/daemon.hpp"

namespace pillarbox::client {

class StopSignals {
  public:
    StopSignals();
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    [[nodiscard]] bool arrived() const;                             // leaves the signal pending
    [[nodiscard]] Wake wait(std::chrono::milliseconds time) const;  // takes it

  private:
    sigset_t signals_{};
    sigset_t before_{};
};

}  // namespace pillarbox::client
