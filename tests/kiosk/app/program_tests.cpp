// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "core/base/exit_code.hpp"
#include "kiosk/app/harden.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using base::ExitCode;
using tests::built_program;
using tests::run_program;

TEST_CASE("the kiosk's command line explains itself and refuses what it does not know") {
    const auto help = run_program({built_program("pillarbox-kiosk"), "--help"});
    CHECK(help.exit_code == 0);
    CHECK(help.output.find("--station") != std::string::npos);
    for (const std::vector<std::string>& wrong : {std::vector<std::string>{},
                                                  {"--station"},
                                                  {"--station", "x", "--size", "big"},
                                                  {"--station", "x", "--size", "10x10"},
                                                  {"--station", "x", "--today", "tomorrow"},
                                                  {"--station", "x", "--nonsense"}}) {
        std::vector<std::string> words = {built_program("pillarbox-kiosk")};
        words.insert(words.end(), wrong.begin(), wrong.end());
        const auto refused = run_program(words);
        CAPTURE(words);
        CHECK(refused.exit_code == static_cast<int>(ExitCode::usage));
        CHECK_FALSE(refused.errors.empty());
    }
}

TEST_CASE("without a display the kiosk says so and what to do") {
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    const auto refused =
        run_program({built_program("pillarbox-kiosk"), "--station", demo.folder, "--today", "2023-01-20"},
                    {"DISPLAY=", "WAYLAND_DISPLAY="});
    CHECK(refused.exit_code == static_cast<int>(ExitCode::machine));
    CHECK(refused.errors.find("display") != std::string::npos);
}

TEST_CASE("without its assets the kiosk names the folder it looked in") {
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    const auto refused = run_program({built_program("pillarbox-kiosk"), "--station", demo.folder, "--today",
                                      "2023-01-20", "--assets", folder / "nowhere"},
                                     {"DISPLAY=", "WAYLAND_DISPLAY="});
    CHECK(refused.exit_code == static_cast<int>(ExitCode::machine));
    CHECK(refused.errors.find("nowhere") != std::string::npos);
}

TEST_CASE("a hardened process makes no core dump and can't be traced") {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        static_cast<void>(app::harden_process());
        rlimit core{1, 1};
        const bool no_core = ::getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0;
        const bool not_dumpable = ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0;
        ::_exit(no_core && not_dumpable ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
