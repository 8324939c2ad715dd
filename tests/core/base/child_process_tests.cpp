// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/child_process.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <thread>

using namespace pillarbox;
using namespace std::chrono_literals;
using base::ChildProcess;

namespace {

std::optional<int> wait_for(ChildProcess& child) {
    for (int count = 0; count < 1000 && !child.ended().has_value(); ++count) {
        std::this_thread::sleep_for(10ms);
    }
    return child.ended();
}

}  // namespace

TEST_CASE("a child's words and exit code arrive and no shell reads its arguments") {
    auto child = ChildProcess::start("/bin/echo", {"$HOME;", "`id`", "two  spaces"}).value();
    CHECK(wait_for(child) == 0);
    CHECK(child.new_lines() == std::vector<std::string>{"$HOME; `id` two  spaces"});
    auto failing = ChildProcess::start("/bin/false", {}).value();
    CHECK(wait_for(failing) == 1);
    CHECK(ChildProcess::start("/nowhere/program", {}).error().code == base::ErrorCode::not_found);
}

TEST_CASE("a child gets no descriptor of ours but its output and errors") {
    const int ours = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as a library may open one
    REQUIRE(ours >= 0);
    auto child = ChildProcess::start("/bin/ls", {"/proc/self/fd"}).value();
    CHECK(wait_for(child) == 0);
    CHECK(child.new_lines() == std::vector<std::string>{"0", "1", "2", "3"});  // 3 is the folder that ls reads
    ::close(ours);
}

TEST_CASE("a child that is asked to stop ends and none outlives its owner") {
    auto child = ChildProcess::start("/bin/sleep", {"60"}).value();
    CHECK_FALSE(child.ended().has_value());
    child.ask_to_stop();
    CHECK(wait_for(child) == -1);
    const auto start = std::chrono::steady_clock::now();
    {
        const auto dropped = ChildProcess::start("/bin/sleep", {"60"}).value();
    }
    CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("a child gets the signals that its starter blocks for itself") {
    sigset_t blocked;
    sigset_t before;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
    auto child = ChildProcess::start("/bin/sh", {"-c", "kill -TERM $$; exit 7"}).value();
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    CHECK(wait_for(child) == -1);
}

TEST_CASE("a child that shares our output has none to read") {
    auto child = ChildProcess::start("/bin/true", {}, base::ChildOutput::shared).value();
    CHECK(wait_for(child) == 0);
    CHECK(child.new_lines().empty());
}
