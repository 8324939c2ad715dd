// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/rehearse/key_search.hpp"

#include <catch2/catch.hpp>

using namespace pillarbox;
using rehearse::keys_for;

TEST_CASE("a letter is found on the keys and at Shift and behind More letters") {
    const auto layout = input::KeyboardLayout::load("pl").value();
    const auto keys = [&layout](std::string_view text) { return keys_for(layout, text).value().keys; };
    using Keys = std::vector<std::string>;
    CHECK(keys("za") == Keys{"keyboard/AB01"});
    CHECK(keys("Za") == Keys{"keyboard/shift", "keyboard/AB01"});
    CHECK(keys(" z") == Keys{"keyboard/space"});
    CHECK(keys("\nz") == Keys{"keyboard/return"});
    CHECK(keys("\u017c").front() == "keyboard/more");
    CHECK(keys("&") == Keys{"keyboard/shift", "keyboard/AE07"});
    CHECK(keys_for(layout, "\u017c!").value().size_bytes == 2);
    CHECK(keys_for(layout, "\u4e2d").error().code == base::ErrorCode::not_found);
}
