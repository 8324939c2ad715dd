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
    : rows_(rows), columns_(columns), counts_((rows + 1) * (columns + 1)), hidden_(counts_.size()) {}

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
    for (std::size_t cell = 0; cell < counts_.size(); ++cell) {
        hidden_[cell] = counts_[cell] > 0 && counts_[cell] < count_shown_min;
    }
    bool changed = true;
    while (changed) {
        const bool sums = cover_small_sums();
        const bool bridges = cover_bridges();
        changed = sums || bridges;
    }
}

// The smallest that shows and is not zero, totals last; where nothing else is left, a zero.
bool CountTable::hide_smallest_of_row(std::size_t row) {
    std::optional<std::size_t> best;
    const auto weight = [&](std::size_t column) {
        const std::uint64_t value = count(row, column);
        return std::tuple(column == columns_, value == 0, value);
    };
    for (std::size_t column = 0; column <= columns_; ++column) {
        if (!is_hidden(row, column) && (!best.has_value() || weight(column) < weight(*best))) {
            best = column;
        }
    }
    if (best.has_value()) {
        hidden_[at(row, *best)] = true;
    }
    return best.has_value();
}

bool CountTable::hide_smallest_of_column(std::size_t column) {
    std::optional<std::size_t> best;
    const auto weight = [&](std::size_t row) {
        const std::uint64_t value = count(row, column);
        return std::tuple(row == rows_, value == 0, value);
    };
    for (std::size_t row = 0; row <= rows_; ++row) {
        if (!is_hidden(row, column) && (!best.has_value() || weight(row) < weight(*best))) {
            best = row;
        }
    }
    if (best.has_value()) {
        hidden_[at(*best, column)] = true;
    }
    return best.has_value();
}

bool CountTable::cover_small_sums() {
    bool changed = false;
    for (std::size_t row = 0; row <= rows_; ++row) {
        std::uint64_t sum = 0;
        for (std::size_t column = 0; column < columns_; ++column) {
            sum += is_hidden(row, column) ? count(row, column) : 0;
        }
        if (sum > 0 && sum < count_shown_min && !is_hidden(row, columns_)) {
            changed = hide_smallest_of_row(row) || changed;
        }
    }
    for (std::size_t column = 0; column <= columns_; ++column) {
        std::uint64_t sum = 0;
        for (std::size_t row = 0; row < rows_; ++row) {
            sum += is_hidden(row, column) ? count(row, column) : 0;
        }
        if (sum > 0 && sum < count_shown_min && !is_hidden(rows_, column)) {
            changed = hide_smallest_of_column(column) || changed;
        }
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
        const bool in_row = hide_smallest_of_row(row);
        changed = hide_smallest_of_column(column) || in_row || changed;
    }
    return changed;
}

}  // namespace pillarbox::fleet
