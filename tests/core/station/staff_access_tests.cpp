// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "core/base/file.hpp"
#include "core/crypto/system_random.hpp"
#include "core/station/staff_access.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox;
using namespace pillarbox::station;
using base::ErrorCode;

TEST_CASE("a PIN that others try first is refused") {
    for (const char* pin : {"", "1234", "12345", "1234567890123", "12345a", "48 215", "000000", "123456", "654321",
                            "890123", "121212", "123123", "112211", "135791", "121121"}) {
        INFO(pin);
        CHECK(check_pin(pin).error().code == ErrorCode::usage);
        CHECK(check_pin(pin).error().describe().find(std::string(pin) + "x") == std::string::npos);
    }
    for (const char* pin : {"480215", "902174", "100357", "480215730164"}) {
        INFO(pin);
        CHECK(check_pin(pin).has_value());
    }
}

TEST_CASE("a station without a staff file lets nobody in") {
    const tests::TemporaryFolder folder;
    const auto access = read_staff_access(folder.path()).value();
    CHECK(access == StaffAccess{});
    CHECK_FALSE(is_pin_of(access, ""));
    CHECK_FALSE(is_pin_of(access, "480215"));
    CHECK_FALSE(is_key_of(access, {}));
}

TEST_CASE("a new PIN takes the place of the one before and leaves the key as it is") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    REQUIRE(set_pin(folder.path(), "480215").has_value());
    const auto key = make_staff_key(folder.path(), random).value();
    REQUIRE(set_pin(folder.path(), "902174").has_value());
    const auto access = read_staff_access(folder.path()).value();
    CHECK_FALSE(is_pin_of(access, "480215"));
    CHECK(is_pin_of(access, "902174"));
    CHECK(is_key_of(access, base::view_of(key)));

    struct stat status{};
    REQUIRE(::stat(staff_path(folder.path()).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
    const auto file = base::read_file(staff_path(folder.path()), 4096).value();
    CHECK(base::text_of(file).find("902174") == std::string_view::npos);
}

TEST_CASE("a weak PIN changes nothing") {
    const tests::TemporaryFolder folder;
    REQUIRE(set_pin(folder.path(), "480215").has_value());
    CHECK_FALSE(set_pin(folder.path(), "123456").has_value());
    CHECK(is_pin_of(read_staff_access(folder.path()).value(), "480215"));
}

TEST_CASE("a new staff key opens and the one before it does not") {
    const tests::TemporaryFolder folder;
    crypto::SystemRandom random;
    const auto first = make_staff_key(folder.path(), random).value();
    CHECK(is_key_of(read_staff_access(folder.path()).value(), base::view_of(first)));
    const auto second = make_staff_key(folder.path(), random).value();
    const auto access = read_staff_access(folder.path()).value();
    CHECK_FALSE(is_key_of(access, base::view_of(first)));
    CHECK(is_key_of(access, base::view_of(second)));

    const auto cut = second.substr(0, second.size() - 5);
    auto changed = second;
    changed[30] = changed[30] == 'A' ? 'B' : 'A';
    for (const std::string& wrong : {std::string(), cut, changed, second.substr(22), second + "x"}) {
        CHECK_FALSE(is_key_of(access, base::view_of(wrong)));
    }
}

TEST_CASE("a damaged staff file is told with what to do") {
    const tests::TemporaryFolder folder;
    for (const char* text :
         {"", "[]", "{}", R"({"format": "pillarbox staff 2"})", R"({"format": "pillarbox staff 1", "pin": 5})",
          R"({"format": "pillarbox staff 1", "key_digest": "AAAA"})"}) {
        INFO(text);
        REQUIRE(base::write_file(staff_path(folder.path()), base::view_of(text)).has_value());
        const auto access = read_staff_access(folder.path());
        REQUIRE_FALSE(access.has_value());
        CHECK_FALSE(access.error().remedy.empty());
    }
}
