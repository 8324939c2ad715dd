// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables of random small counts: what is hidden can't be worked out from what shows, on one page or on many.
#include "sync/store/fleet/suppression.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

using namespace pillarbox;
using fleet::CountTable;

namespace {

using Counts = std::vector<std::vector<std::uint64_t>>;  // by day, then station

CountTable table_of(const Counts& days, std::size_t stations) {
    CountTable table(stations, days.size());
    for (std::size_t day = 0; day < days.size(); ++day) {
        for (std::size_t station = 0; station < days[day].size(); ++station) {
            table.add(station, day, days[day][station]);
        }
    }
    table.suppress();
    return table;
}

Counts random_days(std::size_t days, std::size_t stations) {
    Counts counts(days, std::vector<std::uint64_t>(stations));
    for (auto& day : counts) {
        for (std::uint64_t& count : day) {
            count = *rc::gen::element<std::uint64_t>(0, 0, 1, 2, 3, 4, 5, 6, 7, 12, 30);
        }
    }
    return counts;
}

// What a reader learns by taking everything that shows of a day from its total: how many figures are left, and their
// sum. Nothing where the total is hidden.
struct Rest {
    std::size_t figures = 0;
    std::uint64_t sum = 0;
};
Rest rest_of(const CountTable& table, std::size_t day) {
    Rest rest;
    for (std::size_t station = 0; station < table.rows(); ++station) {
        rest.figures += table.is_hidden(station, day) ? 1U : 0U;
        rest.sum += table.is_hidden(station, day) ? table.count(station, day) : 0;
    }
    return table.is_hidden(table.rows(), day) ? Rest{} : rest;
}

std::string shown(const CountTable& table, std::size_t station, std::size_t day) {
    return table.is_hidden(station, day) ? "hidden" : std::to_string(table.count(station, day));
}

}  // namespace

TEST_CASE("A small count and the smallest other of its day are hidden and large ones show") {
    const auto table = table_of({{3, 40, 20}, {30, 50, 0}, {0, 60, 70}}, 3);
    CHECK(table.is_hidden(0, 0));
    CHECK(table.is_hidden(2, 0));
    CHECK_FALSE(table.is_hidden(1, 0));
    CHECK_FALSE(table.is_hidden(3, 0));
    for (std::size_t station = 0; station <= 3; ++station) {
        CHECK_FALSE(table.is_hidden(station, 1));
        CHECK_FALSE(table.is_hidden(station, 2));
    }
}

TEST_CASE("A day to which fewer than five people came hides its total and shows its zeros") {
    const auto table = table_of({{0, 3, 0}, {2, 2, 0}}, 3);
    CHECK(table.is_hidden(3, 0));
    CHECK(table.is_hidden(3, 1));
    CHECK_FALSE(table.is_hidden(0, 0));
    CHECK_FALSE(table.is_hidden(2, 1));
}

TEST_CASE("No hidden count of a random day can be worked out from those that show") {
    CHECK(rc::check([] {
        const auto stations = *rc::gen::inRange<std::size_t>(1, 7);
        const auto table = table_of(random_days(5, stations), stations);
        for (std::size_t day = 0; day < table.columns(); ++day) {
            for (std::size_t station = 0; station <= stations; ++station) {
                const auto count = table.count(station, day);
                RC_ASSERT(table.is_hidden(station, day) || count == 0 || count >= fleet::count_shown_min);
                RC_ASSERT(count > 0 || !table.is_hidden(station, day));
            }
            const Rest rest = rest_of(table, day);
            RC_ASSERT(rest.figures != 1);
            RC_ASSERT(rest.figures == 0 || rest.sum >= fleet::count_shown_min);
        }
    }));
}

TEST_CASE("A finished day shows the same on every page that has it also once other stations have come") {
    CHECK(rc::check([] {
        constexpr std::size_t days_on_a_page = 4;
        const auto stations = *rc::gen::inRange<std::size_t>(1, 6);
        const auto later_stations = *rc::gen::inRange<std::size_t>(0, 3);
        Counts days = random_days(3 * days_on_a_page, stations);
        const auto first = table_of({days.begin(), days.begin() + days_on_a_page}, stations);
        for (std::size_t moved = 1; moved < days_on_a_page; ++moved) {
            const auto begin = days.begin() + static_cast<std::ptrdiff_t>(moved);
            const auto later = table_of({begin, begin + days_on_a_page}, stations + later_stations);
            for (std::size_t day = moved; day < days_on_a_page; ++day) {
                for (std::size_t station = 0; station < stations; ++station) {
                    RC_ASSERT(shown(first, station, day) == shown(later, station, day - moved));
                }
                RC_ASSERT(shown(first, first.rows(), day) == shown(later, later.rows(), day - moved));
            }
        }
    }));
}
