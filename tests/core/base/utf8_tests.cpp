// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <catch2/catch.hpp>

#include "core/base/utf8.hpp"

using namespace pillarbox::base;

TEST_CASE("letters of one to four bytes go to UTF-8 and back") {
    const std::u32string letters = {0x41, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF, 0x985, 0x62A};
    std::string text;
    for (const char32_t letter : letters) {
        append_utf8(text, letter);
    }
    CHECK(from_utf8(text).value() == letters);
    CHECK(from_utf8("বাংলা").value().size() == 5);
}

TEST_CASE("what is not UTF-8 is refused") {
    for (const char* wrong : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                              "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "a\xFF", "\xC3("}) {
        CAPTURE(wrong);
        CHECK_FALSE(is_utf8(wrong));
        CHECK_FALSE(from_utf8(wrong).has_value());
    }
}

TEST_CASE("the head of a text ends between two letters") {
    const std::string text = "a\u00e9\u0986\U000F0C30";  // 1, 2, 3 and 4 bytes
    const std::array<std::size_t, 12> whole = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};
    for (std::size_t limit = 0; limit < whole.size(); ++limit) {
        CAPTURE(limit);
        CHECK(head_of(text, limit) == text.substr(0, whole.at(limit)));
    }
    CHECK(head_of("", 5).empty());
}
