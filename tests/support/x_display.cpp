// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/x_display.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

extern char** environ;

namespace pillarbox::tests {
namespace {

constexpr int start_timeout_ms = 20'000;

// Xvfb writes the number of the display that it found free, as soon as it answers.
std::string read_display_number(int descriptor) {
    std::string number;
    pollfd waiting{descriptor, POLLIN, 0};
    while (number.empty() || number.back() != '\n') {
        std::array<char, 16> piece{};
        if (::poll(&waiting, 1, start_timeout_ms) <= 0) {
            return {};
        }
        const ssize_t size = ::read(descriptor, piece.data(), piece.size());
        if (size <= 0) {
            return {};
        }
        number.append(piece.data(), static_cast<std::size_t>(size));
    }
    number.pop_back();
    return number;
}

}  // namespace

std::unique_ptr<XDisplay> XDisplay::start(int width, int height) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        return nullptr;
    }
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    const std::string descriptor = std::to_string(ends[1]);
    const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
    std::array<std::string, 8> words{"Xvfb", "-displayfd", descriptor, "-screen", "0", screen, "-nolisten", "tcp"};
    std::array<char*, 9> arguments{};
    for (std::size_t index = 0; index < words.size(); ++index) {
        arguments[index] = words[index].data();
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    const int failed = ::posix_spawnp(&process, "Xvfb", &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    const std::string number = failed == 0 ? read_display_number(ends[0]) : std::string();
    ::close(ends[0]);
    if (failed != 0) {
        return nullptr;
    }
    std::unique_ptr<XDisplay> display(new XDisplay(process, ":" + number));
    if (number.empty()) {
        return nullptr;
    }
    ::setenv("DISPLAY", display->name().c_str(), 1);
    return display;
}

XDisplay::~XDisplay() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

}  // namespace pillarbox::tests
