// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "core/base/check.hpp"

namespace pillarbox::tests {
namespace {

// Files, not pipes: a program that writes much to both ends can't block on a reader that waits for the other.
class ScratchFile {
  public:
    ScratchFile() : file_(std::tmpfile()) { PILLARBOX_CHECK(file_ != nullptr); }
    ~ScratchFile() { std::fclose(file_); }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    [[nodiscard]] int descriptor() const { return ::fileno(file_); }
    void write(const std::string& text) {
        PILLARBOX_CHECK(std::fwrite(text.data(), 1, text.size(), file_) == text.size());
        std::rewind(file_);
    }
    [[nodiscard]] std::string read() const {
        std::rewind(file_);
        std::string text;
        std::array<char, 4096> piece{};
        while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), file_)) {
            text.append(piece.data(), count);
        }
        return text;
    }

  private:
    std::FILE* file_;
};

[[noreturn]] void become(const std::vector<std::string>& arguments, const std::vector<std::string>& environment) {
    for (const auto& entry : environment) {
        const auto equals = entry.find('=');
        if (equals + 1 == entry.size()) {
            ::unsetenv(entry.substr(0, equals).c_str());
        } else {
            ::setenv(entry.substr(0, equals).c_str(), entry.substr(equals + 1).c_str(), 1);
        }
    }
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (const auto& argument : arguments) {
        pointers.push_back(const_cast<char*>(argument.c_str()));
    }
    pointers.push_back(nullptr);
    ::execvp(pointers.front(), pointers.data());
    ::_exit(127);
}

}  // namespace

Outcome run_program(const std::vector<std::string>& arguments, const std::vector<std::string>& environment,
                    const std::string& input) {
    ScratchFile in;
    const ScratchFile out;
    const ScratchFile err;
    in.write(input);
    const pid_t child = ::fork();
    PILLARBOX_CHECK(child >= 0);
    if (child == 0) {
        ::dup2(in.descriptor(), STDIN_FILENO);
        ::dup2(out.descriptor(), STDOUT_FILENO);
        ::dup2(err.descriptor(), STDERR_FILENO);
        become(arguments, environment);
    }
    int status = 0;
    PILLARBOX_CHECK(::waitpid(child, &status, 0) == child);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, out.read(), err.read()};
}

std::string built_program(const std::string& name) {
    return (std::filesystem::path(PILLARBOX_BINARY_DIR) / name).string();
}

bool is_installed(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (::access((std::filesystem::path(folder) / name).c_str(), X_OK) == 0) {
            return true;
        }
    }
    return false;
}

}  // namespace pillarbox::tests
