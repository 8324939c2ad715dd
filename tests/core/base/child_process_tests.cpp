// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <thread>

#include "core/base/child_process.hpp"

using namespace pillarbox;
using base::ChildProcess;

namespace {

int ending_of(ChildProcess& process) {
    for (int glances = 0; glances < 1000; ++glances) {
        if (const auto ended = process.exit_code()) {
            return *ended;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return -1;
}

ChildProcess shell(const std::string& script) {
    auto process = ChildProcess::start("/bin/sh", {"-c", script});
    REQUIRE(process.has_value());
    return *std::move(process);
}

}  // namespace

TEST_CASE("a program's exit code or signal is told once it has ended") {
    auto good = shell("exit 0");
    CHECK(ending_of(good) == 0);
    auto bad = shell("exit 3");
    CHECK(ending_of(bad) == 3);
    CHECK(bad.exit_code() == 3);
    auto killed = shell("kill -9 $$");
    CHECK(ending_of(killed) == 128 + SIGKILL);
}

TEST_CASE("a program that is not there is an error and no process") {
    const auto missing = ChildProcess::start("/nowhere/at-all", {});
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().code == base::ErrorCode::not_found);
    CHECK(missing.error().where == "/nowhere/at-all");
}

TEST_CASE("a program that runs has no exit code and ends with its owner") {
    const auto before = std::chrono::steady_clock::now();
    {
        auto sleeper = shell("exec sleep 60");
        CHECK_FALSE(sleeper.exit_code().has_value());
        ChildProcess moved = std::move(sleeper);
        CHECK_FALSE(moved.exit_code().has_value());
    }
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(20));
}

TEST_CASE("a program gets the signals that its starter blocks for itself") {
    sigset_t blocked;
    sigset_t before;
    ::sigemptyset(&blocked);
    ::sigaddset(&blocked, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &blocked, &before);
    auto process = shell("kill -TERM $$; exit 7");
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    CHECK(ending_of(process) == 128 + SIGTERM);
}
