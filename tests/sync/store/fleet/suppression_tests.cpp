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

// Of what is hidden in a line whose total shows: who subtracts the rest from the total learns this sum.
std::uint64_t smallest_hidden_sum(const CountTable& table) {
    std::uint64_t smallest = fleet::count_shown_min;
    const auto look = [&](std::size_t length, const auto& is_hidden, const auto& count) {
        std::uint64_t sum = 0;
        for (std::size_t place = 0; place < length; ++place) {
            sum += is_hidden(place) ? count(place) : 0;
        }
        smallest = sum > 0 && !is_hidden(length) ? std::min(smallest, sum) : smallest;
    };
    for (std::size_t row = 0; row <= table.rows(); ++row) {
        look(
            table.columns(), [&](std::size_t column) { return table.is_hidden(row, column); },
            [&](std::size_t column) { return table.count(row, column); });
    }
    for (std::size_t column = 0; column <= table.columns(); ++column) {
        look(
            table.rows(), [&](std::size_t row) { return table.is_hidden(row, column); },
            [&](std::size_t row) { return table.count(row, column); });
    }
    return smallest;
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

TEST_CASE("A day on which nobody came shows its zeros beside days that are hidden") {
    // Two stations, of which the second came on the first day alone: something must cover its figure there.
    CountTable table(2, 4);
    table.add(0, 1, 3);
    table.add(0, 2, 20);
    table.add(1, 1, 20);
    table.suppress();
    CHECK(table.is_hidden(0, 1));
    CHECK(solvable(table) == 0);
    for (std::size_t row = 0; row <= table.rows(); ++row) {
        CHECK_FALSE(table.is_hidden(row, 0));
        CHECK_FALSE(table.is_hidden(row, 3));
    }
}

TEST_CASE("No day or station without responses is hidden in a table of mostly empty days") {
    CHECK(rc::check([] {
        const auto rows = *rc::gen::inRange<std::size_t>(1, 7);
        const auto columns = *rc::gen::inRange<std::size_t>(1, 10);
        CountTable table(rows, columns);
        for (std::size_t row = 0; row < rows; ++row) {
            for (std::size_t column = 0; column < columns; ++column) {
                const bool empty = *rc::gen::inRange(0, 4) > 0;
                table.add(row, column, empty ? 0 : *rc::gen::inRange<std::uint64_t>(1, 30));
            }
        }
        table.suppress();
        for (std::size_t row = 0; row <= rows; ++row) {
            for (std::size_t column = 0; column <= columns; ++column) {
                const auto count = table.count(row, column);
                const bool nothing = table.count(row, columns) == 0 || table.count(rows, column) == 0;
                RC_ASSERT(!nothing || !table.is_hidden(row, column));
                RC_ASSERT(table.is_hidden(row, column) || count == 0 || count >= fleet::count_shown_min);
            }
        }
        RC_ASSERT(solvable(table) == 0);
        RC_ASSERT(smallest_hidden_sum(table) >= fleet::count_shown_min);
    }));
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
        RC_ASSERT(smallest_hidden_sum(table) >= fleet::count_shown_min);
    }));
}
