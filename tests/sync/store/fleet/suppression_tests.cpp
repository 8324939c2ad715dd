// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tables of random small counts: what is hidden can't be worked out from what shows, by an elimination that knows
// nothing of how it was chosen.
#include "sync/store/fleet/suppression.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <cmath>

using namespace pillarbox;
using fleet::CountTable;

namespace {

// Hidden figures whose value follows from the sums of the table: by Gauss-Jordan, a row with one figure left.
std::size_t solvable(const CountTable& table) {
    const std::size_t rows = table.rows() + 1;
    const std::size_t columns = table.columns() + 1;
    std::vector<std::vector<double>> lines;
    for (std::size_t row = 0; row < rows; ++row) {
        std::vector<double> line(rows * columns, 0.0);
        for (std::size_t column = 0; column < columns; ++column) {
            line[row * columns + column] = !table.is_hidden(row, column) ? 0.0 : column + 1 == columns ? -1.0 : 1.0;
        }
        lines.push_back(std::move(line));
    }
    for (std::size_t column = 0; column < columns; ++column) {
        std::vector<double> line(rows * columns, 0.0);
        for (std::size_t row = 0; row < rows; ++row) {
            line[row * columns + column] = !table.is_hidden(row, column) ? 0.0 : row + 1 == rows ? -1.0 : 1.0;
        }
        lines.push_back(std::move(line));
    }
    std::size_t done = 0;
    for (std::size_t cell = 0; cell < rows * columns && done < lines.size(); ++cell) {
        std::size_t pivot = done;
        while (pivot < lines.size() && std::abs(lines[pivot][cell]) < 1e-9) {
            ++pivot;
        }
        if (pivot == lines.size()) {
            continue;
        }
        std::swap(lines[pivot], lines[done]);
        const double scale = lines[done][cell];
        for (double& value : lines[done]) {
            value /= scale;
        }
        for (std::size_t other = 0; other < lines.size(); ++other) {
            const double factor = lines[other][cell];
            if (other != done && std::abs(factor) > 1e-9) {
                for (std::size_t i = 0; i < rows * columns; ++i) {
                    lines[other][i] -= factor * lines[done][i];
                }
            }
        }
        ++done;
    }
    std::size_t found = 0;
    for (const auto& line : lines) {
        found += std::ranges::count_if(line, [](double value) { return std::abs(value) > 1e-9; }) == 1 ? 1U : 0U;
    }
    return found;
}

}  // namespace

TEST_CASE("A small count and one more of its line are hidden and large ones show") {
    CountTable table(2, 3);
    for (std::size_t column = 0; column < 3; ++column) {
        table.add(0, column, 10 + column);
        table.add(1, column, 20);
    }
    table.add(0, 0, 0);
    CountTable small = table;
    table.suppress();
    CHECK_FALSE(table.is_hidden(0, 0));
    CHECK_FALSE(table.is_hidden(2, 3));
    small = CountTable(2, 3);
    small.add(0, 0, 3);
    small.add(0, 1, 30);
    small.add(1, 0, 40);
    small.add(1, 1, 50);
    small.add(1, 2, 60);
    small.suppress();
    CHECK(small.is_hidden(0, 0));
    CHECK(solvable(small) == 0);
}

TEST_CASE("No hidden count of a random table can be worked out from those that show") {
    CHECK(rc::check([] {
        const auto rows = *rc::gen::inRange<std::size_t>(1, 7);
        const auto columns = *rc::gen::inRange<std::size_t>(1, 7);
        CountTable table(rows, columns);
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t column = 0; column < columns; ++column) {
                table.add(row, column, *rc::gen::inRange<std::uint64_t>(0, 12));
            }
        }
        table.suppress();
        for (std::size_t row = 0; row <= rows; ++row) {
            for (std::size_t column = 0; column <= columns; ++column) {
                const auto count = table.count(row, column);
                RC_ASSERT(table.is_hidden(row, column) || count == 0 || count >= fleet::count_shown_min);
            }
        }
        RC_ASSERT(solvable(table) == 0);
    }));
}
