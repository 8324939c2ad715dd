// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>

#include "accessibility/input/strike_guard.hpp"

using namespace pillarbox::input;
using namespace std::chrono_literals;

TEST_CASE("the same key within half a second is one strike and another key is always heard") {
    constexpr StruckKey enter{.code = 257};
    constexpr StruckKey up{.code = 265};
    StrikeGuard guard;
    CHECK(guard.accepts(enter, 0ms, 500ms));
    CHECK_FALSE(guard.accepts(enter, 100ms, 500ms));
    CHECK_FALSE(guard.accepts(enter, 499ms, 500ms));
    CHECK(guard.accepts(enter, 500ms, 500ms));
    CHECK(guard.accepts(up, 510ms, 500ms));
    CHECK(guard.accepts(enter, 520ms, 500ms));
    CHECK_FALSE(guard.accepts(enter, 530ms, 500ms));
    guard.forget();
    CHECK(guard.accepts(enter, 540ms, 500ms));
}

TEST_CASE("without a span every strike is heard") {
    StrikeGuard guard;
    for (int strike = 0; strike < 5; ++strike) {
        CHECK(guard.accepts({.code = 257}, 0ms, 0ms));
    }
}
