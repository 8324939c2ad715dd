// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/app/child_program.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include "core/base/file.hpp"

namespace pillarbox::app {
namespace {

constexpr std::size_t text_size_bytes_max = std::size_t{64} << 10U;  // a program that floods is cut

class SpawnActions {
  public:
    SpawnActions() { ::posix_spawn_file_actions_init(&actions_); }
    ~SpawnActions() { ::posix_spawn_file_actions_destroy(&actions_); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;

    // Standard input from nowhere, output into the pipe, errors where ours go; nothing else is handed down.
    void hand_down(int output) {
        ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    }
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

  private:
    posix_spawn_file_actions_t actions_{};
};

}  // namespace

base::Result<ChildProgram> ChildProgram::start(const std::filesystem::path& program,
                                               const std::vector<std::string>& arguments) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return std::unexpected(base::error_of_errno(errno, program, "started"));
    }
    std::string name = program.string();
    std::vector<std::string> words = arguments;
    std::vector<char*> vector{name.data()};
    for (auto& word : words) {
        vector.push_back(word.data());
    }
    vector.push_back(nullptr);
    SpawnActions actions;
    actions.hand_down(pipe[1]);
    pid_t process = 0;
    const int failed = ::posix_spawn(&process, program.c_str(), actions.get(), nullptr, vector.data(), environ);
    ::close(pipe[1]);
    if (failed != 0) {
        ::close(pipe[0]);
        return std::unexpected(base::error_of_errno(failed, program, "started"));
    }
    return ChildProgram(process, pipe[0]);
}

ChildProgram::ChildProgram(ChildProgram&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      output_(std::exchange(other.output_, -1)),
      text_(std::move(other.text_)),
      lines_(std::move(other.lines_)),
      exit_code_(other.exit_code_) {}

ChildProgram::~ChildProgram() {
    constexpr int tries = 200;
    constexpr std::chrono::milliseconds pause{10};
    ask_to_stop();
    for (int count = 0; count < tries && process_ > 0 && !ended().has_value(); ++count) {
        std::this_thread::sleep_for(pause);
    }
    if (process_ > 0 && !exit_code_.has_value()) {
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }
    if (output_ >= 0) {
        ::close(output_);
    }
}

void ChildProgram::read_output() {
    std::array<char, 4096> piece{};
    while (true) {
        const auto count = ::read(output_, piece.data(), piece.size());
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            break;
        }
        text_.append(piece.data(), static_cast<std::size_t>(count));
        for (auto end = text_.find('\n'); end != std::string::npos; end = text_.find('\n')) {
            lines_.push_back(text_.substr(0, end));
            text_.erase(0, end + 1);
        }
        if (text_.size() > text_size_bytes_max) {
            text_.clear();
        }
    }
}

std::vector<std::string> ChildProgram::new_lines() {
    read_output();
    return std::exchange(lines_, {});
}

std::optional<int> ChildProgram::ended() {
    int status = 0;
    if (!exit_code_.has_value() && process_ > 0 && ::waitpid(process_, &status, WNOHANG) == process_) {
        read_output();
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    return exit_code_;
}

ChildOutcome run_to_end(const std::filesystem::path& program, const std::vector<std::string>& arguments) {
    constexpr std::chrono::milliseconds patience{5'000};
    constexpr std::chrono::milliseconds pause{5};
    auto child = ChildProgram::start(program, arguments);
    if (!child.has_value()) {
        return {};
    }
    for (auto waited = pause; waited < patience && !child->ended().has_value(); waited += pause) {
        std::this_thread::sleep_for(pause);
    }
    ChildOutcome outcome{.exit_code = child->ended(), .lines = {}};
    outcome.lines = child->new_lines();
    return outcome;
}

void ChildProgram::ask_to_stop() {
    if (process_ > 0 && !exit_code_.has_value()) {
        ::kill(process_, SIGTERM);
    }
}

}  // namespace pillarbox::app
