// SPDX-License-Identifier: GPL-3.0-or-later
//
// Work on a workspace in a process that is killed at some moment of it, and what is found afterwards.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <random>
#include <thread>

#include "desk/workspace/withdrawal.hpp"
#include "workspace_fixture.hpp"

namespace pillarbox::tests {
namespace {

using std::chrono::microseconds;
using workspace::Workspace;

// Runs `work` in a child, kills it after `patience`, and tells whether it came to its end before.
bool ended_within(microseconds patience, const std::function<bool()>& work) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::_exit(work() ? 0 : 1);
    }
    std::this_thread::sleep_for(patience);
    ::kill(child, SIGKILL);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE((WIFSIGNALED(status) || WEXITSTATUS(status) == 0));
    return WIFEXITED(status);
}

microseconds time_of(const std::function<bool()>& work) {
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::_exit(work() ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    return std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - start);
}

// Random moments of a piece of work that takes so long.
class Moments {
  public:
    Moments(unsigned seed, microseconds whole) : dice_(seed), whole_(whole) { WARN("seed " << seed); }
    microseconds next() {
        return microseconds(std::uniform_int_distribution<std::int64_t>(0, whole_.count())(dice_));
    }

  private:
    std::mt19937 dice_;
    microseconds whole_;
};

const std::string path = "/data/q1/q1_text";

}  // namespace

TEST_CASE("a withdrawal that was killed at any moment has not begun, or the next opening leaves no byte of it") {
    constexpr int rounds = 20;
    WorkspaceFixture fixture;
    std::vector<std::string> codes;
    std::vector<std::string> words;
    for (int number = 0; number <= rounds; ++number) {
        words.push_back("canary" + std::to_string(10'000 + number * 7919) + "zebra");
        codes.push_back(submission::format_withdrawal_code(fixture.add({{path, words.back()}})));
    }
    for (int filler = 0; filler < 100; ++filler) {
        fixture.add({{path, std::string(3'000, static_cast<char>('a' + filler % 26))}});
    }
    {
        Workspace opened = fixture.open();
        fixture.take_in(opened);
        REQUIRE(workspace::list(opened, {}, 0, 1).value().total == rounds + 101);
    }
    const auto withdraw = [&](const std::string& code) {
        return [&fixture, code] {
            auto opened = Workspace::open(fixture.folder, identities_of(fixture.example));
            return opened.has_value() && workspace::withdraw(*opened, fixture.ada, code).has_value();
        };
    };
    Moments moments(20'230'127, time_of(withdraw(codes[rounds])));
    int killed_between = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto index = static_cast<std::size_t>(round);
        const bool ended = ended_within(moments.next(), withdraw(codes[index]));
        Workspace opened = fixture.open();
        const bool gone = workspace::list(opened, {.words = words[index]}, 0, 1).value().total == 0;
        killed_between += gone && !ended ? 1 : 0;
        INFO("round " << round);
        CHECK((gone || !ended));
        CHECK((fixture.decrypted().find(words[index]) == std::string::npos) == gone);
        CHECK(opened.database().check_integrity().has_value());
    }
    WARN("killed after the response went and before withdraw() had ended: " << killed_between);
}

TEST_CASE("a taking in that was killed at any moment goes on where it was, and no response is lost or doubled") {
    constexpr int rounds = 8, responses = 400;
    const std::string canary = "canary nowhere in plain";
    for (int round = 0; round < rounds; ++round) {
        WorkspaceFixture fixture;
        std::vector<batch::Item> items;
        for (int number = 0; number < responses; ++number) {
            items.push_back(fixture.example.sealed(fixture.example.submission_of({{path, canary}})));
        }
        fixture.example.add_batch(*fixture.kiosk, items);
        const auto report =
            opening::check_export(opening::read_export(fixture.example.write()).value(), std::nullopt);
        Moments moments(static_cast<unsigned>(round) + 1, microseconds(80'000));
        for (int kills = 0; kills < 4; ++kills) {
            (void)ended_within(moments.next(), [&] {
                auto opened = Workspace::open(fixture.folder, identities_of(fixture.example));
                opening::Progress progress("Taking in", 0, opening::ProgressStyle::silent, fixture.clock);
                return opened.has_value() && workspace::take_in(*opened, report, identities_of(fixture.example), 2,
                                                                fixture.ada.day, progress)
                                                 .has_value();
            });
            CHECK_FALSE(fixture.any_file_holds("nowhere in plain"));
        }
        Workspace opened = fixture.open();
        const auto taken = fixture.take_in(opened);
        CHECK(taken.responses + taken.known == responses);
        CHECK(workspace::totals(opened).value().responses == responses);
        CHECK(opened.database().check_integrity().has_value());
    }
}

}  // namespace pillarbox::tests
