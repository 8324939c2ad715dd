// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which figures of a table of counts may be shown, so that no count of 1 to 4 people can be read or worked out.
//
// The table has its totals in the last column and the last row, and each line is a sum that anybody can do backwards.
// A small count is hidden, and with it others (its complement) until
//   - no hidden figure follows from those that show: seen as a graph of lines, whose edges are the hidden figures,
//   that
//     is exactly so where an edge is a bridge (Gusfield 1988), so there is none;
//   - what is hidden of a line, its total aside, comes to 5 or more: two ones behind a total of two would be no
//   secret.
// A count of nobody shows as 0: it says of nobody that they were there. It is hidden only as a complement, and never
// on a day or of a station without any response: whatever is hidden can be covered by totals instead. Pure.
// Threading: any.
#pragma once

#include <cstdint>
#include <vector>

namespace pillarbox::fleet {

inline constexpr std::uint64_t count_shown_min = 5;

class CountTable {
  public:
    CountTable(std::size_t rows, std::size_t columns);  // without the totals, which are added
    void add(std::size_t row, std::size_t column, std::uint64_t count);

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    // Row rows() and column columns() are the totals.
    [[nodiscard]] std::uint64_t count(std::size_t row, std::size_t column) const;
    [[nodiscard]] bool is_hidden(std::size_t row, std::size_t column) const;

    void suppress();  // once, when all is added

  private:
    [[nodiscard]] std::size_t at(std::size_t row, std::size_t column) const { return row * (columns_ + 1) + column; }
    struct Line {
        enum class Kind { row, column } kind;
        std::size_t index;
    };
    [[nodiscard]] std::size_t at(Line line, std::size_t place) const {
        return line.kind == Line::Kind::row ? at(line.index, place) : at(place, line.index);
    }
    [[nodiscard]] bool is_of_empty_line(std::size_t row, std::size_t column) const;
    void hide(std::size_t row, std::size_t column);
    [[nodiscard]] std::uint64_t hidden_sum(Line line) const;
    enum class Purpose { greater_sum, no_bridge };
    // False where nothing of the line is left that would serve.
    [[nodiscard]] bool hide_one_more(Line line, Purpose purpose);
    [[nodiscard]] bool cover_small_sums();
    [[nodiscard]] bool cover_bridges();

    std::size_t rows_;
    std::size_t columns_;
    std::vector<std::uint64_t> counts_;
    std::vector<bool> hidden_;
    std::vector<std::size_t> hidden_in_row_;
    std::vector<std::size_t> hidden_in_column_;
};

}  // namespace pillarbox::fleet
