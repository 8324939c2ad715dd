// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/child_process.hpp"

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

namespace pillarbox::base {
namespace {

constexpr std::size_t text_size_bytes_max = std::size_t{64} << 10U;  // a program that floods is cut

// What is handed down: standard input from nowhere, output, errors where ours go, and none of the signals that this
// program blocks for itself.
class Heritage {
  public:
    explicit Heritage(int output) {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_adddup2(&files_, output, STDOUT_FILENO);
        ::posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
        sigset_t none;
        ::sigemptyset(&none);
        ::posix_spawnattr_init(&attributes_);
        ::posix_spawnattr_setsigmask(&attributes_, &none);
        ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK);
    }
    ~Heritage() {
        ::posix_spawnattr_destroy(&attributes_);
        ::posix_spawn_file_actions_destroy(&files_);
    }
    Heritage(const Heritage&) = delete;
    Heritage& operator=(const Heritage&) = delete;

    [[nodiscard]] const posix_spawn_file_actions_t* files() const { return &files_; }
    [[nodiscard]] const posix_spawnattr_t* attributes() const { return &attributes_; }

  private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t attributes_{};
};

}  // namespace

std::filesystem::path sibling_program(std::string_view name) {
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? std::filesystem::path(name) : self.parent_path() / name;
}

Result<ChildProcess> ChildProcess::start(const std::filesystem::path& program,
                                         const std::vector<std::string>& arguments, ChildOutput output) {
    std::array<int, 2> pipe{-1, -1};
    if (output == ChildOutput::to_read && ::pipe2(pipe.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
        return std::unexpected(error_of_errno(errno, program, "started"));
    }
    std::string name = program.string();
    std::vector<std::string> words = arguments;
    std::vector<char*> vector{name.data()};
    for (auto& word : words) {
        vector.push_back(word.data());
    }
    vector.push_back(nullptr);
    const Heritage heritage(output == ChildOutput::to_read ? pipe[1] : STDOUT_FILENO);
    pid_t process = 0;
    const int failed =
        ::posix_spawn(&process, program.c_str(), heritage.files(), heritage.attributes(), vector.data(), environ);
    if (pipe[1] >= 0) {
        ::close(pipe[1]);
    }
    if (failed == 0) {
        return ChildProcess(process, pipe[0]);
    }
    if (pipe[0] >= 0) {
        ::close(pipe[0]);
    }
    if (failed == ENOENT) {
        return fail(ErrorCode::not_found, name, "The program is not there.", "Install Pillarbox as a whole.");
    }
    return std::unexpected(error_of_errno(failed, program, "started"));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : process_(std::exchange(other.process_, -1)),
      output_(std::exchange(other.output_, -1)),
      text_(std::move(other.text_)),
      lines_(std::move(other.lines_)),
      exit_code_(other.exit_code_) {}

ChildProcess::~ChildProcess() {
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

void ChildProcess::read_output() {
    std::array<char, 4096> piece{};
    while (output_ >= 0) {
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

std::vector<std::string> ChildProcess::new_lines() {
    read_output();
    return std::exchange(lines_, {});
}

std::optional<int> ChildProcess::ended() {
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
    auto child = ChildProcess::start(program, arguments);
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

void ChildProcess::ask_to_stop() {
    if (process_ > 0 && !exit_code_.has_value()) {
        ::kill(process_, SIGTERM);
    }
}

}  // namespace pillarbox::base
