// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/x_server.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <utility>

extern char** environ;

namespace pillarbox::tests {
namespace {

constexpr int start_timeout_ms = 20'000;

// The server writes the number of the display that it found free, as soon as it answers.
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

std::optional<XServer> XServer::start(std::vector<std::string> words) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) {
        return std::nullopt;
    }
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    // It goes with this program, however that ends: an Xorg left alone burns a processor on its driver's closed
    // sockets.
    const std::array<std::string, 3> goes_too{"setpriv", "--pdeathsig", "TERM"};
    words.insert(words.begin(), goes_too.begin(), goes_too.end());
    words.emplace_back("-displayfd");
    words.emplace_back(std::to_string(ends[1]));
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t process = 0;
    const int failed = ::posix_spawnp(&process, arguments[0], &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    const std::string number = failed == 0 ? read_display_number(ends[0]) : std::string();
    ::close(ends[0]);
    if (failed != 0) {
        return std::nullopt;
    }
    XServer server(process);
    if (number.empty()) {
        return std::nullopt;
    }
    server.name_ = ":" + number;
    ::setenv("DISPLAY", server.name_.c_str(), 1);
    return server;
}

XServer::XServer(XServer&& other) noexcept
    : process_(std::exchange(other.process_, 0)), name_(std::move(other.name_)) {}

XServer::~XServer() {
    if (process_ > 0) {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }
}

}  // namespace pillarbox::tests
