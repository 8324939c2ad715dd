// SPDX-License-Identifier: GPL-3.0-or-later
//
// One line on a terminal that tells how far a transfer is, once it takes more than a second. Writes nothing
// elsewhere.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>

#include "core/base/clock.hpp"

namespace pillarbox::client {

class ProgressLine {
  public:
    ProgressLine(std::FILE* out, const base::Clock& clock);
    ~ProgressLine();  // clears the line
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void update(std::uint64_t sent_bytes, std::uint64_t total_bytes);

  private:
    std::FILE* out_;
    const base::Clock& clock_;
    bool on_terminal_;
    std::chrono::milliseconds start_;
    std::chrono::milliseconds next_;
    bool shown_ = false;
};

}  // namespace pillarbox::client
