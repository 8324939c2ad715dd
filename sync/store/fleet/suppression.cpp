// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/suppression.hpp"

#include <algorithm>

namespace pillarbox::fleet {

CountTable::CountTable(std::size_t rows, std::size_t columns)
    : rows_(rows), columns_(columns), counts_((rows + 1) * columns), hidden_(counts_.size()) {}

void CountTable::add(std::size_t row, std::size_t column, std::uint64_t count) {
    counts_[at(row, column)] += count;
    counts_[at(rows_, column)] += count;
}

void CountTable::suppress() {
    for (std::size_t column = 0; column < columns_; ++column) {
        suppress_column(column);
    }
}

void CountTable::suppress_column(std::size_t column) {
    std::vector<std::size_t> others;  // rows that people came to, and as many as may be shown
    std::size_t hidden = 0;
    std::uint64_t hidden_sum = 0;
    for (std::size_t row = 0; row < rows_; ++row) {
        if (count(row, column) >= count_shown_min) {
            others.push_back(row);
        } else if (count(row, column) > 0) {
            hidden_[at(row, column)] = true;
            ++hidden;
            hidden_sum += count(row, column);
        }
    }
    if (hidden == 0) {
        return;
    }
    std::ranges::stable_sort(others, {}, [&](std::size_t row) { return count(row, column); });
    for (const std::size_t row : others) {
        if (hidden > 1 && hidden_sum >= count_shown_min) {
            return;
        }
        hidden_[at(row, column)] = true;
        ++hidden;
        hidden_sum += count(row, column);
    }
    // Nobody came to any other: the total is what is hidden.
    hidden_[at(rows_, column)] = hidden == 1 || hidden_sum < count_shown_min;
}

}  // namespace pillarbox::fleet
