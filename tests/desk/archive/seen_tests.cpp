// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "desk/archive/seen.hpp"

namespace pillarbox {

TEST_CASE("what was seen is told as a set tells it, of values that meet in the table too") {
    constexpr unsigned seed = 7;
    std::mt19937 dice(seed);
    archive::Seen<16> seen;
    std::set<archive::Seen<16>::Value> expected;
    for (int round = 0; round < 50'000; ++round) {
        archive::Seen<16>::Value value{};  // few, so that many come again; many with one hash
        value[0] = static_cast<std::uint8_t>(dice() % 16);
        value[1] = static_cast<std::uint8_t>(dice());
        value[12] = static_cast<std::uint8_t>(dice() % 8);
        REQUIRE(seen.insert(value) == expected.insert(value).second);
    }
    CHECK(expected.size() > 20'000);
}

}  // namespace pillarbox
