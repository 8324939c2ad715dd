// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/suppression.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

namespace pillarbox::fleet {
namespace {

struct Edge {
    std::size_t row = 0;
    std::size_t column = 0;
};

// Tarjan's bridges of the graph whose nodes are the table's lines (rows, then columns) and whose edges are the hidden
// figures; without recursion, as a table may have thousands of lines.
class Bridges {
  public:
    Bridges(std::size_t nodes, const std::vector<std::pair<std::size_t, std::size_t>>& edges)
        : edges_(edges), edges_of_(nodes), order_(nodes, unseen), low_(nodes, 0) {
        for (std::size_t edge = 0; edge < edges.size(); ++edge) {
            edges_of_[edges[edge].first].push_back(edge);
            edges_of_[edges[edge].second].push_back(edge);
        }
    }

    std::vector<std::size_t> find() {
        for (std::size_t node = 0; node < order_.size(); ++node) {
            if (order_[node] == unseen) {
                walk_from(node);
            }
        }
        return found_;
    }

  private:
    static constexpr std::size_t unseen = std::numeric_limits<std::size_t>::max();
    struct Step {
        std::size_t node;
        std::size_t came_by;  // an edge
        std::size_t next;     // of the node's edges
    };

    void enter(std::size_t node, std::size_t came_by) {
        order_[node] = low_[node] = clock_++;
        path_.push_back({node, came_by, 0});
    }

    void walk_from(std::size_t start) {
        enter(start, unseen);
        while (!path_.empty()) {
            Step& step = path_.back();
            if (step.next < edges_of_[step.node].size()) {
                const std::size_t edge = edges_of_[step.node][step.next++];
                if (edge == step.came_by) {
                    continue;
                }
                const auto [one, other] = edges_[edge];
                const std::size_t there = one == step.node ? other : one;
                if (order_[there] == unseen) {
                    enter(there, edge);
                } else {
                    low_[step.node] = std::min(low_[step.node], order_[there]);
                }
                continue;
            }
            const Step done = step;
            path_.pop_back();
            if (!path_.empty()) {
                const std::size_t before = path_.back().node;
                low_[before] = std::min(low_[before], low_[done.node]);
                if (low_[done.node] > order_[before]) {
                    found_.push_back(done.came_by);
                }
            }
        }
    }

    const std::vector<std::pair<std::size_t, std::size_t>>& edges_;
    std::vector<std::vector<std::size_t>> edges_of_;
    std::vector<std::size_t> order_;
    std::vector<std::size_t> low_;
    std::size_t clock_ = 0;
    std::vector<Step> path_;
    std::vector<std::size_t> found_;
};

}  // namespace

CountTable::CountTable(std::size_t rows, std::size_t columns)
    : rows_(rows),
      columns_(columns),
      counts_((rows + 1) * (columns + 1)),
      hidden_(counts_.size()),
      hidden_in_row_(rows + 1),
      hidden_in_column_(columns + 1) {}

void CountTable::add(std::size_t row, std::size_t column, std::uint64_t count) {
    for (const std::size_t in_row : {row, rows_}) {
        for (const std::size_t in_column : {column, columns_}) {
            counts_[at(in_row, in_column)] += count;
        }
    }
}

std::uint64_t CountTable::count(std::size_t row, std::size_t column) const {
    return counts_[at(row, column)];
}

bool CountTable::is_hidden(std::size_t row, std::size_t column) const {
    return hidden_[at(row, column)];
}

void CountTable::suppress() {
    for (std::size_t row = 0; row <= rows_; ++row) {
        for (std::size_t column = 0; column <= columns_; ++column) {
            if (count(row, column) > 0 && count(row, column) < count_shown_min) {
                hide(row, column);
            }
        }
    }
    bool changed = true;
    while (changed) {
        const bool sums = cover_small_sums();
        const bool bridges = cover_bridges();
        changed = sums || bridges;
    }
}

// Nobody came to any station on that day, or to that station on any day: what a zero total says anyhow.
bool CountTable::is_of_empty_line(std::size_t row, std::size_t column) const {
    return count(row, columns_) == 0 || count(rows_, column) == 0;
}

void CountTable::hide(std::size_t row, std::size_t column) {
    hidden_[at(row, column)] = true;
    ++hidden_in_row_[row];
    ++hidden_in_column_[column];
}

// For a sum that is too small a zero is of no use. Against a figure that would follow from the others it is, and the
// best is one whose other line hides something already: it may close a circle, where another would have to be hidden
// in its own line next. A total goes before a day or a station that hides nothing yet.
bool CountTable::hide_one_more(Line line, Purpose purpose) {
    const bool is_row = line.kind == Line::Kind::row;
    const std::size_t length = is_row ? columns_ : rows_;
    std::optional<std::pair<std::tuple<bool, bool, bool, std::uint64_t>, std::size_t>> best;
    for (std::size_t place = 0; place <= length; ++place) {
        const std::uint64_t value = counts_[at(line, place)];
        const bool of_no_use = purpose == Purpose::greater_sum
                                   ? value == 0
                                   : is_of_empty_line(is_row ? line.index : place, is_row ? place : line.index);
        if (hidden_[at(line, place)] || of_no_use) {
            continue;
        }
        const bool opens = (is_row ? hidden_in_column_ : hidden_in_row_)[place] == 0;
        const bool is_total = place == length;
        const auto weight = purpose == Purpose::greater_sum ? std::tuple(is_total, opens, false, value)
                                                            : std::tuple(opens, is_total, value == 0, value);
        if (!best.has_value() || weight < best->first) {
            best.emplace(weight, place);
        }
    }
    if (best.has_value()) {
        is_row ? hide(line.index, best->second) : hide(best->second, line.index);
    }
    return best.has_value();
}

// What is hidden of a line, its total aside.
std::uint64_t CountTable::hidden_sum(Line line) const {
    const std::size_t length = line.kind == Line::Kind::row ? columns_ : rows_;
    std::uint64_t sum = 0;
    for (std::size_t place = 0; place < length; ++place) {
        sum += hidden_[at(line, place)] ? counts_[at(line, place)] : 0;
    }
    return sum;
}

bool CountTable::cover_small_sums() {
    bool changed = false;
    const auto cover = [&](Line line, std::size_t total) {
        const std::uint64_t sum = hidden_sum(line);
        if (sum > 0 && sum < count_shown_min && !hidden_[at(line, total)]) {
            changed = hide_one_more(line, Purpose::greater_sum) || changed;
        }
    };
    for (std::size_t row = 0; row <= rows_; ++row) {
        cover({Line::Kind::row, row}, columns_);
    }
    for (std::size_t column = 0; column <= columns_; ++column) {
        cover({Line::Kind::column, column}, rows_);
    }
    return changed;
}

bool CountTable::cover_bridges() {
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    for (std::size_t row = 0; row <= rows_; ++row) {
        for (std::size_t column = 0; column <= columns_; ++column) {
            if (is_hidden(row, column)) {
                edges.emplace_back(row, rows_ + 1 + column);
            }
        }
    }
    bool changed = false;
    for (const std::size_t bridge : Bridges(rows_ + columns_ + 2, edges).find()) {
        const std::size_t row = edges[bridge].first;
        const std::size_t column = edges[bridge].second - rows_ - 1;
        const bool in_row = hide_one_more({Line::Kind::row, row}, Purpose::no_bridge);
        const bool in_column = hide_one_more({Line::Kind::column, column}, Purpose::no_bridge);
        changed = in_row || in_column || changed;
    }
    return changed;
}

}  // namespace pillarbox::fleet
