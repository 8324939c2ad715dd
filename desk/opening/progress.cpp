// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace pillarbox::opening {
namespace {
using namespace std::chrono_literals;
constexpr auto quiet = 1000ms;
constexpr auto terminal_pause = 100ms;
constexpr auto plain_pause = 5000ms;
}  // namespace

ProgressStyle progress_style_of(std::FILE* stream) {
    return ::isatty(::fileno(stream)) == 1 ? ProgressStyle::terminal : ProgressStyle::plain;
}

Progress::Progress(std::string doing, std::uint64_t total, ProgressStyle style, const base::Clock& clock)
    : doing_(std::move(doing)),
      total_(total),
      style_(style),
      clock_(clock),
      started_(clock.monotonic()),
      next_(started_ + quiet) {}

Progress::~Progress() {
    if (line_is_open_) {
        std::fputc('\n', stderr);
    }
}

void Progress::update(std::uint64_t done) {
    const auto now = clock_.monotonic();
    if (style_ == ProgressStyle::silent || now < next_) {
        return;
    }
    next_ = now + (style_ == ProgressStyle::terminal ? terminal_pause : plain_pause);
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const std::uint64_t percent = total_ == 0 ? 100 : done * 100 / total_;
    const double rest = done == 0 ? 0 : seconds * static_cast<double>(total_ - done) / static_cast<double>(done);
    const std::string line =
        fmt::format("{}: {} of {} ({} %), about {:.0f} s left", doing_, done, total_, percent, rest);
    if (style_ == ProgressStyle::terminal) {
        std::fprintf(stderr, "\r%-70s", line.c_str());
        line_is_open_ = true;
    } else {
        std::fprintf(stderr, "%s\n", line.c_str());
    }
    std::fflush(stderr);
}

}  // namespace pillarbox::opening
