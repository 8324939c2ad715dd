// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/harness.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace pillarbox::tests {
namespace {

constexpr unsigned patience_s = 60;  // far over what a run takes on a busy machine

volatile std::sig_atomic_t stop_asked = 0;  // what a signal handler may write, and nothing else

void ask_to_stop(int) {
    stop_asked = 1;
}

[[noreturn]] void run_and_write(const std::function<std::vector<std::string>()>& part, int target) {
    ::alarm(patience_s);
    std::string text;
    for (const std::string& sentence : part()) {
        text += sentence + "\n";
    }
    while (!text.empty()) {
        const ssize_t written = ::write(target, text.data(), text.size());
        if (written <= 0) {
            ::_exit(1);
        }
        text.erase(0, static_cast<std::size_t>(written));
    }
    ::_exit(0);
}

}  // namespace

int skip(const char* name, const std::string& why) {
    fmt::print("SKIPPED: {}: {}\n", name, why);
    return 0;
}

std::vector<std::string> in_own_process(const std::function<std::vector<std::string>()>& part) {
    std::fflush(stdout);
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        return {"no pipe could be made"};
    }
    const pid_t child = ::fork();
    if (child == 0) {
        run_and_write(part, ends[1]);
    }
    ::close(ends[1]);
    std::stringstream text;
    std::array<char, 4096> piece{};
    for (ssize_t count = 1; count > 0;) {
        count = ::read(ends[0], piece.data(), piece.size());
        text.write(piece.data(), count > 0 ? count : 0);
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    std::vector<std::string> sentences;
    for (std::string line; std::getline(text, line);) {
        sentences.push_back(line);
    }
    if (WIFSIGNALED(status)) {
        sentences.push_back(WTERMSIG(status) == SIGALRM ? "I4 it hangs"
                                                        : fmt::format("I4 it crashes: signal {}", WTERMSIG(status)));
    } else if (WEXITSTATUS(status) != 0) {
        sentences.push_back(fmt::format("I4 it ends with {}", WEXITSTATUS(status)));
    }
    return sentences;
}

int run_many(int argument_count, char** arguments, const Run& run) {
    std::uint64_t runs = 100;
    std::uint64_t seed = 1;
    Variant variant = Variant::as_built;
    for (int index = 1; index < argument_count; ++index) {
        const bool has_value = index + 1 < argument_count;
        if (std::strcmp(arguments[index], "--control") == 0) {
            variant = Variant::control;
        } else if (std::strcmp(arguments[index], "--runs") == 0 && has_value) {
            runs = std::strtoull(arguments[++index], nullptr, 10);
        } else if (std::strcmp(arguments[index], "--seed") == 0 && has_value) {
            seed = std::strtoull(arguments[++index], nullptr, 10);
        } else {
            fmt::print(stderr, "usage: {} [--runs N] [--seed S] [--control]\n", arguments[0]);
            return 2;
        }
    }
    ::signal(SIGTERM, ask_to_stop);  // a long command that is ended tells what it did so far
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t broken_count = 0;
    std::uint64_t done = 0;
    for (std::uint64_t index = 0; index < runs && stop_asked == 0; ++index, ++done) {
        const std::vector<std::string> broken = run(seed + index, variant);
        broken_count += broken.empty() ? 0U : 1U;
        if (!broken.empty() && variant == Variant::as_built) {
            fmt::print("FAIL seed={} what: {}\n", seed + index, broken.front());
            std::fflush(stdout);
        }
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    fmt::print("FIGURES runs={} broken={} seconds={:.1f} seed={}\n", done, broken_count, seconds.count(), seed);
    return broken_count == 0 ? 0 : 1;
}

}  // namespace pillarbox::tests
