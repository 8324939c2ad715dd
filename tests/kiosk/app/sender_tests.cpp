// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "kiosk/app/sender.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using namespace std::chrono_literals;

namespace {

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

TEST_CASE("what the store has signed against the kiosk is what staff are told whatever the exit code says of it") {
    const tests::TemporaryFolder folder;
    const auto told_by = [&](const std::string& line) {
        const auto program = folder / "sync";
        std::ofstream(program, std::ios::trunc) << "#!/bin/sh\necho '" << line << "'\nexit 5\n";
        std::filesystem::permissions(program, std::filesystem::perms::owner_all);
        return sent_with(program, folder.path()).result;
    };
    CHECK(told_by("refused revoked") == staff::SendingResult::revoked);
    CHECK(told_by("refused closed") == staff::SendingResult::closed);
    CHECK(told_by("refused otherwise") == staff::SendingResult::refused_trust);
}
