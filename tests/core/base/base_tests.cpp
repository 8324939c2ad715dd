// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <fstream>

#include "core/base/bytes.hpp"
#include "core/base/clock.hpp"
#include "core/base/day.hpp"
#include "core/base/file.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace pillarbox::base;

TEST_CASE("hex and base64 agree with RFC 4648 section 10") {
    CHECK(to_hex(view_of("foobar")) == "666f6f626172");
    CHECK(to_base64(view_of("")).empty());
    CHECK(to_base64(view_of("f")) == "Zg==");
    CHECK(to_base64(view_of("fooba")) == "Zm9vYmE=");
    CHECK(to_base64_raw(view_of("foob")) == "Zm9vYg");
    CHECK(to_base64_url(Bytes{0xfb, 0xff}) == "-_8");
    CHECK(text_of(from_base64("Zm9vYmE=").value()) == "fooba");
    CHECK(from_hex("00ff").value() == Bytes{0, 255});
}

TEST_CASE("decoders refuse text that is not canonical") {
    CHECK_FALSE(from_hex("0").has_value());
    CHECK_FALSE(from_hex("0G").has_value());
    CHECK_FALSE(from_hex("AB").has_value());
    CHECK_FALSE(from_base64("Zg").has_value());
    CHECK_FALSE(from_base64("Zh==").has_value());
    CHECK_FALSE(from_base64("Z===").has_value());
    CHECK_FALSE(from_base64_raw("Zm9v\n").has_value());
    CHECK_FALSE(from_base64_url("+/8").has_value());
}

TEST_CASE("a day is read and written as year-month-day") {
    CHECK(format_day(parse_day("2023-01-27").value()) == "2023-01-27");
    CHECK(format_day(parse_day("2024-02-29").value()) == "2024-02-29");
    for (const char* wrong :
         {"", "2023-1-27", "2023-02-29", "2023-13-01", "27-01-2023", "2023-01-27 ", "-023-01-27", "2023-01-+7"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parse_day(wrong).has_value());
    }
}

TEST_CASE("a fixed-day clock stays on its day") {
    const FixedDayClock clock(parse_day("2023-01-20").value());
    CHECK(format_day(clock.today()) == "2023-01-20");
}

TEST_CASE("a file is replaced whole and read back within its cap") {
    const pillarbox::tests::TemporaryFolder folder;
    const auto path = folder / "a";
    REQUIRE(write_file(path, view_of("one")).has_value());
    REQUIRE(write_file(path, view_of("second"), FileMode::owner_only).has_value());
    CHECK(text_of(read_file(path, 6).value()) == "second");
    CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms::others_read) ==
          std::filesystem::perms::none);
    CHECK(read_file(path, 5).error().code == ErrorCode::limit_exceeded);
    CHECK(read_file(folder / "none", 5).error().code == ErrorCode::not_found);
    CHECK(read_file(folder.path(), 5).error().code == ErrorCode::input_output);
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("a write into a full disk says so and leaves the folder as it was") {
    const auto written = write_file("/dev/full/x", view_of("one"));
    CHECK_FALSE(written.has_value());
    CHECK_FALSE(written.error().remedy.empty());
    CHECK(error_of_errno(ENOSPC, "x", "written").code == ErrorCode::no_space);
    CHECK(error_of_errno(EFBIG, "x", "written").code == ErrorCode::no_space);
}

TEST_CASE("an error reads as one sentence after the other") {
    const Error error{ErrorCode::malformed, "form.xlsx, sheet survey", "Row 3 has no type.", "Fill the cell."};
    CHECK(error.describe() == "form.xlsx, sheet survey: Row 3 has no type. Fill the cell.");
}
