// SPDX-License-Identifier: GPL-3.0-or-later
//
// Random tables, published once and then again with those who came later; the attacker has both with all totals.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <random>

#include "attacker.hpp"
#include "desk/report/suppression.hpp"

namespace pillarbox {
namespace {

using namespace report;
using tests::Attacker;

constexpr std::uint64_t seed = 20230127;
constexpr std::size_t tables = 1000;
constexpr std::int64_t ceiling = 400;

struct Release {
    Grid grid;
    Shown shown;
};

enum class Complementary { yes, no };

class Tables {
  public:
    explicit Tables(std::uint64_t number) : random_(seed * 100'003 + number) {
        rows_ = 2 + below(3);
        columns_ = 2 + below(3);
    }

    Grid first() {
        Grid grid{rows_, columns_, Counts((rows_ + 1) * (columns_ + 1)), {}};
        grow(grid, 5);
        return grid;
    }

    // The same people and a few more: what makes differences small.
    Grid later(const Grid& before) {
        Grid grid = before;
        grow(grid, 2);
        return grid;
    }

  private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

    void grow(Grid& grid, std::size_t kinds) {
        for (std::size_t row = 0; row < rows_; ++row) {
            for (std::size_t column = 0; column < columns_; ++column) {
                const std::size_t kind = below(kinds + 1);
                const std::size_t more = kind == 0 ? 0 : (kind == 1 ? below(5) : below(35));
                grid.counts[grid.at(row, column)] += static_cast<std::int64_t>(more);
            }
        }
        for (std::size_t row = 0; row < rows_; ++row) {
            grid.counts[grid.at(row, columns_)] = 0;
            for (std::size_t column = 0; column < columns_; ++column) {
                grid.counts[grid.at(row, columns_)] += grid.counts[grid.at(row, column)];
            }
        }
        for (std::size_t column = 0; column <= columns_; ++column) {
            grid.counts[grid.at(rows_, column)] = 0;
            for (std::size_t row = 0; row < rows_; ++row) {
                grid.counts[grid.at(rows_, column)] += grid.counts[grid.at(row, column)];
            }
        }
    }

    std::mt19937_64 random_;
    std::size_t rows_ = 0, columns_ = 0;
};

std::vector<std::size_t> row_totals(const Grid& grid) {
    std::vector<std::size_t> positions;
    for (std::size_t row = 0; row <= grid.rows; ++row) {
        positions.push_back(grid.at(row, grid.columns));
    }
    return positions;
}

std::vector<std::size_t> column_totals(const Grid& grid) {
    std::vector<std::size_t> positions;
    for (std::size_t column = 0; column <= grid.columns; ++column) {
        positions.push_back(grid.at(grid.rows, column));
    }
    return positions;
}

void decide_line(Grid& grid, const std::vector<std::size_t>& positions, TotalShown total, const Release* earlier) {
    Counts counts;
    std::vector<Earlier> before(earlier == nullptr ? 0 : 1);
    for (const std::size_t position : positions) {
        counts.push_back(grid.counts[position]);
        if (earlier != nullptr) {
            before[0].counts.push_back(earlier->grid.counts[position]);
            before[0].shown.push_back(earlier->shown[position]);
        }
    }
    const Shown shown = protect_line(counts, total, before);
    for (std::size_t index = 0; index < positions.size(); ++index) {
        grid.margins_shown[positions[index]] = shown[index];
    }
}

// As the report does it: the grand total, then the lines of totals, then the cells.
Release released(Grid grid, const Release* earlier, Complementary complementary) {
    std::vector<std::int64_t> totals_before;
    std::vector<Earlier> before;
    if (earlier != nullptr) {
        totals_before.push_back(earlier->grid.counts.back());
        before.push_back({earlier->grid.counts, earlier->shown});
    }
    grid.margins_shown.assign(grid.counts.size(), true);
    if (complementary == Complementary::no) {
        Shown shown;
        for (const std::int64_t count : grid.counts) {
            shown.push_back(count >= small_count);
        }
        return {grid, shown};
    }
    const TotalShown total = total_may_be_shown(grid.counts.back(), totals_before);
    decide_line(grid, row_totals(grid), total, earlier);
    decide_line(grid, column_totals(grid), total, earlier);
    const Shown shown = protect_grid(grid, before);
    return {grid, shown};
}

class Attack {
  public:
    explicit Attack(const Release& first) { add(first); }
    Attack(const Release& first, const Release& second) {
        add(first);
        add(second);
        for (std::size_t position = 0; position < first.shown.size(); ++position) {
            // What came between, as a number of its own to attack.
            const std::int64_t came = second.grid.counts[position] - first.grid.counts[position];
            truth_.push_back(came);
            const std::size_t difference = attacker_.add_unknown(ceiling);
            attacker_.add_sum({position, difference}, first.shown.size() + position);
            if (came > 0 && came < small_count) {
                wanted_.push_back(difference);
            }
        }
    }

    // How many small counts come out.
    [[nodiscard]] std::size_t derived() const {
        std::size_t count = 0;
        for (const std::size_t variable : wanted_) {
            const Attacker::Verdict verdict = attacker_.attack(variable, truth_);
            CHECK(verdict != Attacker::Verdict::undecided);
            count += verdict == Attacker::Verdict::derivable ? 1U : 0U;
        }
        return count;
    }

  private:
    void add(const Release& release) {
        const std::size_t offset = truth_.size();
        const Grid& grid = release.grid;
        for (std::size_t position = 0; position < grid.counts.size(); ++position) {
            const std::int64_t count = grid.counts[position];
            truth_.push_back(count);
            if (release.shown[position]) {
                CHECK(count >= small_count);
                attacker_.add_known(count);
            } else {
                const std::size_t variable = attacker_.add_unknown(ceiling);
                if (count < small_count) {
                    wanted_.push_back(variable);
                }
            }
        }
        const auto sum = [&](const std::vector<std::size_t>& positions) {
            std::vector<std::size_t> parts;
            for (const std::size_t position : positions) {
                parts.push_back(offset + position);
            }
            const std::size_t total = parts.back();
            parts.pop_back();
            attacker_.add_sum(parts, total);
        };
        for (std::size_t row = 0; row <= grid.rows; ++row) {
            std::vector<std::size_t> positions;
            for (std::size_t column = 0; column <= grid.columns; ++column) {
                positions.push_back(grid.at(row, column));
            }
            sum(positions);
        }
        for (std::size_t column = 0; column <= grid.columns; ++column) {
            std::vector<std::size_t> positions;
            for (std::size_t row = 0; row <= grid.rows; ++row) {
                positions.push_back(grid.at(row, column));
            }
            sum(positions);
        }
    }

    Attacker attacker_;
    std::vector<std::int64_t> truth_;
    std::vector<std::size_t> wanted_;
};

std::size_t hidden_of(const Release& release) {
    return static_cast<std::size_t>(std::count(release.shown.begin(), release.shown.end(), false));
}

}  // namespace

TEST_CASE("No small count of 1,000 random tables comes out by sums, nor by the difference of two releases") {
    INFO("seed " << seed);
    std::size_t derived_from_one = 0;
    std::size_t derived_from_two = 0;
    std::size_t hidden = 0;
    std::size_t small = 0;
    for (std::uint64_t number = 0; number < tables; ++number) {
        Tables made(number);
        const Grid grid = made.first();
        const Release first = released(grid, nullptr, Complementary::yes);
        const Release second = released(made.later(grid), &first, Complementary::yes);
        derived_from_one += Attack(first).derived();
        derived_from_two += Attack(first, second).derived();
        hidden += hidden_of(first);
        for (const std::int64_t count : grid.counts) {
            small += count < small_count ? 1U : 0U;
        }
    }
    CHECK(derived_from_one == 0);
    CHECK(derived_from_two == 0);
    CHECK(small > tables);
    CHECK(hidden < 3 * small);  // and not by hiding everything
    WARN(small << " small counts, " << hidden << " hidden in first releases");
}

TEST_CASE("Small counts come out by sums where nothing is hidden besides them (control)") {
    std::size_t derived = 0;
    for (std::uint64_t number = 0; number < 100; ++number) {
        Tables made(number);
        derived += Attack(released(made.first(), nullptr, Complementary::no)).derived();
    }
    CHECK(derived > 100);
}

TEST_CASE("Small differences come out where the second release does not know the first (control)") {
    std::size_t derived = 0;
    for (std::uint64_t number = 0; number < 100; ++number) {
        Tables made(number);
        const Grid grid = made.first();
        const Release first = released(grid, nullptr, Complementary::yes);
        const Release second = released(made.later(grid), nullptr, Complementary::yes);
        derived += Attack(first, second).derived();
    }
    CHECK(derived > 20);
}

TEST_CASE("A table without small counts is shown whole") {
    Grid grid{2, 2, {10, 20, 30, 40, 50, 90, 50, 70, 120}, Shown(9, true)};
    CHECK(protect_grid(grid, {}) == Shown(9, true));
    CHECK(protect_line({10, 20, 30}, TotalShown::yes, {}) == Shown(3, true));
}

TEST_CASE("One small count of a line takes the next smallest with it") {
    CHECK(protect_line({3, 20, 10, 33}, TotalShown::yes, {}) == Shown{false, true, false, true});
}

TEST_CASE("Cells of stations and roles are hidden under ten") {
    Grid grid{2, 2, {9, 41, 50, 31, 29, 60, 40, 70, 110}, Shown(9, true), small_count_station_role};
    CHECK_FALSE(protect_grid(grid, {})[0]);
    grid.threshold = small_count;
    CHECK(protect_grid(grid, {})[0]);
}

}  // namespace pillarbox
