// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/client/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace pillarbox::client {
namespace {

constexpr std::chrono::milliseconds silent_time{1'000};
constexpr std::chrono::milliseconds redraw_time{200};

}  // namespace

ProgressLine::ProgressLine(std::FILE* out, const base::Clock& clock)
    : out_(out),
      clock_(clock),
      on_terminal_(::isatty(::fileno(out)) == 1),
      start_(clock.monotonic()),
      next_(start_ + silent_time) {}

ProgressLine::~ProgressLine() {
    if (shown_) {
        fmt::print(out_, "\r\033[K");
    }
}

void ProgressLine::update(std::uint64_t sent_bytes, std::uint64_t total_bytes) {
    const auto now = clock_.monotonic();
    if (!on_terminal_ || now < next_) {
        return;
    }
    next_ = now + redraw_time;
    shown_ = true;
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - start_).count();
    if (total_bytes > 0) {
        fmt::print(out_, "\r\033[Ksending: {} of {} KiB, {} s", sent_bytes / 1024, total_bytes / 1024, seconds);
    } else {
        fmt::print(out_, "\r\033[Kasking the store, {} s", seconds);
    }
    std::fflush(out_);
}

}  // namespace pillarbox::client
