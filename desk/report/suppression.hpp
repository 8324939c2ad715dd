// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which counts of a table may be shown, so that no small count can be worked out: not from the totals of rows and
// columns, and not from the difference to a release before.
//
// The problem: a count under the threshold is hidden; but what is hidden alone in its row is the total less the rest.
// And 23 in the brief, 25 in the letter tell of two people who came between. So
//   1. counts under the threshold are hidden (0 too: "nobody at this station" tells of everybody there), counts that
//      differ by less than the threshold from an earlier release, and what an earlier release hid;
//   2. further counts are hidden until each hidden small one could be larger or smaller with every published figure,
//      and every earlier one, staying as it is.
//
// How 2 is decided: rows and columns are the two sides of a graph, a hidden count an edge between its row and its
// column, a total an edge to one more row or column, with the sign turned. A count can differ exactly where there is
// a cycle through it along which counts go up and down by turns, and none below nothing: integral flows, so no weaker
// and no stronger than an attacker with an integer solver (tests/desk/report/attacker.hpp is one). Where there is
// none, the cheapest cycle through shown counts is hidden: fewest first, then smallest (Dijkstra).
// With earlier releases there are two ways to differ: only those who came since (what was before is the floor), or
// both releases alike, inside what both hide.
//
// Known limit: each table is protected with its totals; tables that share totals are not solved together.
// Pure; the same input gives the same result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pillarbox::report {

inline constexpr std::int64_t small_count = 5;
inline constexpr std::int64_t small_count_station_role = 10;

using Counts = std::vector<std::int64_t>;
using Shown = std::vector<bool>;
enum class TotalShown { no, yes };

// A table that was published before, in the layout of the one that it is compared with. What it did not have is a
// shown 0.
struct Earlier {
    Counts counts;
    Shown shown;
};

// Counts that add up to a total: the total stands last. `total_shown` is decided by the caller, once for all tables.
[[nodiscard]] Shown protect_line(const Counts& counts, TotalShown total_shown, const std::vector<Earlier>& earlier);

// Rows and columns, with a row and a column of totals last, row by row.
struct Grid {
    std::size_t rows = 0, columns = 0;     // without totals
    Counts counts;                         // (rows + 1) * (columns + 1)
    Shown margins_shown;                   // same layout; only what it says of totals is read
    std::int64_t threshold = small_count;  // of the cells; totals have small_count

    [[nodiscard]] std::size_t at(std::size_t row, std::size_t column) const { return row * (columns + 1) + column; }
};

// Never hides a total that is shown elsewhere.
[[nodiscard]] Shown protect_grid(const Grid& grid, const std::vector<Earlier>& earlier);

// Whether a total that stands alone may be shown beside its earlier values.
[[nodiscard]] TotalShown total_may_be_shown(std::int64_t total, const std::vector<std::int64_t>& earlier);

}  // namespace pillarbox::report
