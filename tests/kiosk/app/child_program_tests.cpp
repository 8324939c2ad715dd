// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "kiosk/app/sender.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using namespace std::chrono_literals;
using app::ChildProgram;

namespace {

std::optional<int> wait_for(ChildProgram& child) {
    for (int count = 0; count < 1000 && !child.ended().has_value(); ++count) {
        std::this_thread::sleep_for(10ms);
    }
    return child.ended();
}

staff::SendingEnded sent_with(const std::filesystem::path& program, const std::filesystem::path& station) {
    app::Sender sender(program, station);
    sender.start();
    for (int count = 0; count < 1000; ++count) {
        for (const auto& event : sender.news()) {
            if (const auto* ended = std::get_if<staff::SendingEnded>(&event)) {
                return *ended;
            }
        }
        std::this_thread::sleep_for(10ms);
    }
    FAIL("the sending did not end");
    return {};
}

}  // namespace

TEST_CASE("a child's words and exit code arrive and no shell reads its arguments") {
    auto child = ChildProgram::start("/bin/echo", {"$HOME;", "`id`", "two  spaces"}).value();
    CHECK(wait_for(child) == 0);
    CHECK(child.new_lines() == std::vector<std::string>{"$HOME; `id` two  spaces"});
    auto failing = ChildProgram::start("/bin/false", {}).value();
    CHECK(wait_for(failing) == 1);
    CHECK(ChildProgram::start("/nowhere/program", {}).error().code == base::ErrorCode::not_found);
}

TEST_CASE("a child gets no descriptor of ours but its output and errors") {
    const int ours = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC, as a library may open one
    REQUIRE(ours >= 0);
    auto child = ChildProgram::start("/bin/ls", {"/proc/self/fd"}).value();
    CHECK(wait_for(child) == 0);
    CHECK(child.new_lines() == std::vector<std::string>{"0", "1", "2", "3"});  // 3 is the folder that ls reads
    ::close(ours);
}

TEST_CASE("a child that is asked to stop ends and none outlives its owner") {
    auto child = ChildProgram::start("/bin/sleep", {"60"}).value();
    CHECK_FALSE(child.ended().has_value());
    child.ask_to_stop();
    CHECK(wait_for(child) == -1);
    const auto start = std::chrono::steady_clock::now();
    {
        const auto dropped = ChildProgram::start("/bin/sleep", {"60"}).value();
    }
    CHECK(std::chrono::steady_clock::now() - start < 5s);
}

TEST_CASE("what pillarbox-sync ends with becomes what staff are told") {
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    CHECK(sent_with(folder / "no-such-program", demo.folder).result == staff::SendingResult::not_installed);
    // Not enrolled: nothing to send with.
    CHECK(sent_with(tests::built_program("pillarbox-sync"), demo.folder).result == staff::SendingResult::busy);
    CHECK(sent_with("/bin/true", demo.folder).result == staff::SendingResult::failed);  // it told no result
    CHECK(app::result_of_exit(5) == staff::SendingResult::refused_trust);
    CHECK(app::result_of_exit(6) == staff::SendingResult::no_network);
    CHECK(app::result_of_exit(7) == staff::SendingResult::damaged);
    CHECK(app::result_of_exit(-1) == staff::SendingResult::failed);
}
