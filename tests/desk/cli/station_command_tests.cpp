// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "core/station/staff_access.hpp"
#include "tests/support/demo_station.hpp"
#include "tests/support/program.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox {
namespace {

using tests::built_program;
using tests::run_program;

tests::Outcome set_pin(const std::filesystem::path& station, const std::string& input) {
    return run_program({built_program("pillarbox"), "station", "set-pin", station}, {}, input);
}

}  // namespace

TEST_CASE("set-pin takes a line of standard input and refuses a weak PIN") {
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    for (const char* weak : {"", "\n", "1234\n", "123456\n", "4802151234567\n"}) {
        const auto refused = set_pin(demo.folder, weak);
        CHECK(refused.exit_code == 2);
        CHECK_FALSE(refused.errors.empty());
    }
    CHECK_FALSE(std::filesystem::exists(station::staff_path(demo.folder)));

    const auto set = set_pin(demo.folder, "480215\n");
    CHECK(set.exit_code == 0);
    CHECK((set.output + set.errors).find("480215") == std::string::npos);
    CHECK(station::is_pin_of(station::read_staff_access(demo.folder).value(), "480215"));
    CHECK(set_pin(demo.folder, "902174").exit_code == 0);  // without a new line at the end
    CHECK(station::is_pin_of(station::read_staff_access(demo.folder).value(), "902174"));
}

TEST_CASE("staff access is made for a station only") {
    const tests::TemporaryFolder folder;
    CHECK(set_pin(folder.path(), "480215\n").exit_code == 4);
    const auto made = run_program({built_program("pillarbox"), "station", "make-staff-key", folder.path(), "--out",
                                   folder / "pillarbox-staff.key"});
    CHECK(made.exit_code == 4);
    CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("make-staff-key writes a key that the station knows and never prints it") {
    const tests::TemporaryFolder folder;
    const auto demo = tests::make_demo_station(folder / "station");
    const std::vector<std::string> command = {
        built_program("pillarbox"),    "station", "make-staff-key", demo.folder, "--out",
        folder / "pillarbox-staff.key"};
    const auto made = run_program(command);
    CHECK(made.exit_code == 0);
    const auto key = base::read_file(folder / "pillarbox-staff.key", station::staff_key_size_bytes_max).value();
    CHECK(station::is_key_of(station::read_staff_access(demo.folder).value(), key));
    CHECK(made.output.find(base::text_of(key).substr(0, 40)) == std::string::npos);

    CHECK(run_program(command).exit_code == 4);  // not overwritten, and the key still opens
    CHECK(station::is_key_of(station::read_staff_access(demo.folder).value(), key));
}

}  // namespace pillarbox
