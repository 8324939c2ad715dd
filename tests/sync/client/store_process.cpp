// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/client/store_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "core/base/check.hpp"
#include "tests/support/program.hpp"

namespace pillarbox::tests {

StoreProcess::StoreProcess(const std::filesystem::path& data, const std::string& listen) {
    std::array<int, 2> ends{};
    PILLARBOX_CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
    const std::string program = built_program("pillarbox-store");
    process_ = ::fork();
    PILLARBOX_CHECK(process_ >= 0);
    if (process_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that is killed leaves no store behind
        ::dup2(ends[1], STDOUT_FILENO);
        const int log = ::open((data / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
        ::dup2(log, STDERR_FILENO);
        ::execl(program.c_str(), program.c_str(), "serve", "--data", data.c_str(), "--listen", listen.c_str(),
                nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
    std::string line;
    char letter = 0;
    while (::read(output_, &letter, 1) == 1 && letter != '\n') {
        line.push_back(letter);
    }
    const std::string start = "listening on ";
    PILLARBOX_CHECK(line.starts_with(start + "https://127.0.0.1:"));
    url_ = line.substr(start.size());
}

StoreProcess::~StoreProcess() {
    kill();
    ::close(output_);
}

std::uint16_t StoreProcess::port() const {
    return static_cast<std::uint16_t>(std::stoi(url_.substr(url_.rfind(':') + 1)));
}

int StoreProcess::stop() {
    ::kill(process_, SIGTERM);
    return wait();
}

void StoreProcess::kill() {
    if (process_ > 0) {
        ::kill(process_, SIGKILL);
        (void)wait();
    }
}

int StoreProcess::wait() {
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace pillarbox::tests
