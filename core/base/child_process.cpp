// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/child_process.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <thread>
#include <utility>

#include "core/base/file.hpp"

namespace pillarbox::base {
namespace {

constexpr std::chrono::seconds patience{5};
constexpr std::chrono::milliseconds glance{10};
constexpr int killed_by = 128;  // a shell's convention

}  // namespace

std::filesystem::path sibling_program(std::string_view name) {
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? std::filesystem::path(name) : self.parent_path() / name;
}

Result<ChildProcess> ChildProcess::start(const std::filesystem::path& program,
                                         const std::vector<std::string>& arguments) {
    std::string first = program.string();
    std::vector<std::string> words = arguments;
    std::vector<char*> pointers{first.data()};
    for (std::string& word : words) {
        pointers.push_back(word.data());
    }
    pointers.push_back(nullptr);
    // Signals that this program keeps for itself are none of the other's business.
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    pid_t process = 0;
    const int failed = ::posix_spawn(&process, first.c_str(), nullptr, &attributes, pointers.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    if (failed == ENOENT) {
        return fail(ErrorCode::not_found, first, "The program is not there.", "Install Pillarbox as a whole.");
    }
    if (failed != 0) {
        return std::unexpected(error_of_errno(failed, program, "started"));
    }
    return ChildProcess(process);
}

ChildProcess::~ChildProcess() {
    end();
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : process_(std::exchange(other.process_, 0)), exit_code_(other.exit_code_) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    if (this != &other) {
        end();
        process_ = std::exchange(other.process_, 0);
        exit_code_ = other.exit_code_;
    }
    return *this;
}

std::optional<int> ChildProcess::exit_code() {
    int status = 0;
    if (!exit_code_.has_value() && process_ != 0 && ::waitpid(process_, &status, WNOHANG) == process_) {
        exit_code_ = WIFEXITED(status) ? WEXITSTATUS(status) : killed_by + WTERMSIG(status);
    }
    return exit_code_;
}

void ChildProcess::end() {
    if (process_ == 0 || exit_code().has_value()) {
        return;
    }
    ::kill(process_, SIGTERM);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!exit_code().has_value() && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(glance);
    }
    if (!exit_code().has_value()) {
        ::kill(process_, SIGKILL);
        int status = 0;
        ::waitpid(process_, &status, 0);
        exit_code_ = killed_by + SIGKILL;
    }
}

}  // namespace pillarbox::base
