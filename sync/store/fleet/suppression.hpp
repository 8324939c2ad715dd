// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which of a day's counts may be shown, so that no count of 1 to 4 people can be read or worked out.
//
// Each column is a day, with its total in the last row, and is judged by itself: what is hidden of it depends on
// nothing but that day's counts. So a finished day looks the same on every page that has it, whatever the days around
// it and whichever stations came later, and two pages tell no more than one. There are no totals over days: the
// difference of two of them, a day apart, would be such a count.
//
// A small count is hidden, and with it the smallest others that are not, until two or more are hidden and come to 5
// or more: what is left when the rest is taken from the total says of no single one what it is. A count of nobody
// shows as 0: it says of nobody that they were there. Pure. Threading: any.
#pragma once

#include <cstdint>
#include <vector>

namespace pillarbox::fleet {

inline constexpr std::uint64_t count_shown_min = 5;

class CountTable {
  public:
    CountTable(std::size_t rows, std::size_t columns);  // without the row of totals, which is added
    void add(std::size_t row, std::size_t column, std::uint64_t count);

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    // Row rows() has the totals.
    [[nodiscard]] std::uint64_t count(std::size_t row, std::size_t column) const { return counts_[at(row, column)]; }
    [[nodiscard]] bool is_hidden(std::size_t row, std::size_t column) const { return hidden_[at(row, column)]; }

    void suppress();  // once, when all is added

  private:
    [[nodiscard]] std::size_t at(std::size_t row, std::size_t column) const { return row * columns_ + column; }
    void suppress_column(std::size_t column);

    std::size_t rows_;
    std::size_t columns_;
    std::vector<std::uint64_t> counts_;
    std::vector<bool> hidden_;
};

}  // namespace pillarbox::fleet
