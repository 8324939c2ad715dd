// SPDX-License-Identifier: GPL-3.0-or-later
//
// Word of a long piece of work on stderr: nothing in its first second, then one line that is drawn over on a
// terminal, and a plain line every few seconds elsewhere (a log file, a pipe).
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>

#include "core/base/clock.hpp"

namespace pillarbox::opening {

enum class ProgressStyle { terminal, plain, silent };
[[nodiscard]] ProgressStyle progress_style_of(std::FILE* stream);

class Progress {
  public:
    // `doing`: "Opening". The clock outlives this.
    Progress(std::string doing, std::uint64_t total, ProgressStyle style, const base::Clock& clock);
    ~Progress();  // ends the terminal's line
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::uint64_t done);

  private:
    std::string doing_;
    std::uint64_t total_;
    ProgressStyle style_;
    const base::Clock& clock_;
    std::chrono::milliseconds started_;
    std::chrono::milliseconds next_;
    bool line_is_open_ = false;
};

}  // namespace pillarbox::opening
