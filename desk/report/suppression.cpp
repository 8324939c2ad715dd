// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/suppression.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <optional>
#include <queue>

#include "core/base/check.hpp"

namespace pillarbox::report {
namespace {

constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t cost_of_one_more = 1'000'000;         // hide fewer counts before smaller ones
constexpr std::array<std::int64_t, 2> wanted_play = {2, 1};  // by how much a small count should be able to differ

enum class Hiding { allowed, fixed };
enum class Sign { cell, total };
enum class Way { late, both };  // only those who came since, or both releases alike

struct Edge {
    std::size_t row = 0, column = 0;
    Sign sign = Sign::cell;
    std::int64_t count = 0;
    std::int64_t floor = 0;  // what was published or hidden before, and can't be undone
    std::int64_t least = 0;  // the least of all releases
    bool shown = true;
    bool hidden_before = false;  // in every earlier release
    Hiding hiding = Hiding::allowed;
    bool small = false, small_difference = false;
};

bool differs_little(std::int64_t now, std::int64_t before, std::int64_t threshold) {
    const std::int64_t difference = std::abs(now - before);
    return difference > 0 && difference < threshold;
}

Edge edge_of(std::int64_t count, std::size_t position, std::int64_t threshold, const std::vector<Earlier>& earlier) {
    Edge edge;
    edge.count = count;
    edge.least = count;
    edge.small = count < threshold;
    edge.hidden_before = !earlier.empty();
    for (const Earlier& release : earlier) {
        const std::int64_t before = release.counts[position];
        edge.small_difference = edge.small_difference || differs_little(count, before, threshold);
        edge.floor = std::max(edge.floor, before);
        edge.least = std::min(edge.least, before);
        edge.hidden_before = edge.hidden_before && !release.shown[position];
        edge.shown = edge.shown && release.shown[position];
    }
    edge.floor = std::min(edge.floor, count);
    edge.shown = edge.shown && !edge.small && !edge.small_difference;
    return edge;
}

class Graph {
  public:
    Graph(std::size_t rows, std::size_t columns) : rows_(rows), edges_at_(rows + columns) {}

    void add(const Edge& edge) {
        edges_at_[edge.row].push_back(edges_.size());
        edges_at_[rows_ + edge.column].push_back(edges_.size());
        edges_.push_back(edge);
    }

    // False where some small count can be worked out whatever is hidden.
    [[nodiscard]] bool protect() {
        bool all = true;
        for (std::size_t index = 0; index < edges_.size(); ++index) {
            if (!edges_[index].shown && (edges_[index].small || edges_[index].small_difference)) {
                all = protect_one(index) && all;
            }
        }
        return all;
    }

    [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }

  private:
    struct Cycle {
        std::int64_t cost = never;
        std::vector<std::size_t> edges;
    };

    bool protect_one(std::size_t index) {
        for (const std::int64_t play : wanted_play) {
            Cycle best;
            for (const bool up : {true, false}) {
                keep_cheaper(best, cheapest_cycle(index, up, play, Way::late));
                // A count that was small and hidden before is safe if both releases could differ alike.
                if (edges_[index].hidden_before && !edges_[index].small_difference) {
                    keep_cheaper(best, cheapest_cycle(index, up, play, Way::both));
                }
            }
            if (best.cost != never) {
                for (const std::size_t edge : best.edges) {
                    edges_[edge].shown = false;
                }
                return true;
            }
        }
        return false;
    }

    static void keep_cheaper(Cycle& best, Cycle other) {
        if (other.cost < best.cost) {
            best = std::move(other);
        }
    }

    // Whether the edge's count could go up or down by `play`. A total stands on the other side of its equation, so it
    // goes down where a cell goes up. `rising`: the cells' direction.
    [[nodiscard]] bool can_move(const Edge& edge, bool rising, std::int64_t play, Way way) const {
        if (way == Way::both && !edge.hidden_before) {
            return false;
        }
        const bool count_rises = rising == (edge.sign == Sign::cell);
        return count_rises || (way == Way::late ? edge.count - play >= edge.floor : edge.least >= play);
    }

    [[nodiscard]] static std::int64_t cost_of(const Edge& edge) {
        if (!edge.shown) {
            return 0;
        }
        return edge.hiding == Hiding::fixed ? never : cost_of_one_more + edge.count;
    }

    // From the edge's column back to its row, falling and rising by turns.
    [[nodiscard]] Cycle cheapest_cycle(std::size_t index, bool up, std::int64_t play, Way way) const {
        const Edge& through = edges_[index];
        const bool rising = up == (through.sign == Sign::cell);
        if (!can_move(through, rising, play, way)) {
            return {};
        }
        std::vector<std::int64_t> cost(edges_at_.size(), never);
        std::vector<std::size_t> came_by(edges_at_.size(), index);
        using Place = std::pair<std::int64_t, std::size_t>;
        std::priority_queue<Place, std::vector<Place>, std::greater<>> open;
        cost[rows_ + through.column] = 0;
        open.emplace(0, rows_ + through.column);
        while (!open.empty()) {
            const auto [so_far, node] = open.top();
            open.pop();
            if (so_far > cost[node]) {
                continue;
            }
            const bool at_column = node >= rows_;
            for (const std::size_t next : edges_at_[node]) {
                const Edge& edge = edges_[next];
                const std::int64_t more = cost_of(edge);
                if (next == index || more == never || !can_move(edge, at_column != rising, play, way)) {
                    continue;
                }
                const std::size_t other = at_column ? edge.row : rows_ + edge.column;
                if (so_far + more < cost[other]) {
                    cost[other] = so_far + more;
                    came_by[other] = next;
                    open.emplace(cost[other], other);
                }
            }
        }
        return cycle_back(index, cost, came_by);
    }

    [[nodiscard]] Cycle cycle_back(std::size_t index, const std::vector<std::int64_t>& cost,
                                   const std::vector<std::size_t>& came_by) const {
        const Edge& through = edges_[index];
        Cycle cycle;
        cycle.cost = cost[through.row];
        if (cycle.cost == never) {
            return cycle;
        }
        std::size_t node = through.row;
        while (node != rows_ + through.column) {
            const Edge& edge = edges_[came_by[node]];
            cycle.edges.push_back(came_by[node]);
            node = node < rows_ ? rows_ + edge.column : edge.row;
        }
        return cycle;
    }

    std::size_t rows_;
    std::vector<Edge> edges_;
    std::vector<std::vector<std::size_t>> edges_at_;
};

Shown shown_of(const Graph& graph) {
    Shown shown;
    for (const Edge& edge : graph.edges()) {
        shown.push_back(edge.shown);
    }
    return shown;
}

}  // namespace

Shown protect_line(const Counts& counts, TotalShown total_shown, const std::vector<Earlier>& earlier) {
    PILLARBOX_CHECK(!counts.empty());
    Graph graph(1, 1);  // one equation; its edges all end in one node, whose sum is no equation of its own
    for (std::size_t position = 0; position < counts.size(); ++position) {
        Edge edge = edge_of(counts[position], position, small_count, earlier);
        if (position + 1 == counts.size()) {
            edge.sign = Sign::total;
            edge.hiding = Hiding::fixed;
            edge.shown = total_shown == TotalShown::yes;
        }
        graph.add(edge);
    }
    if (graph.protect()) {
        return shown_of(graph);
    }
    Shown shown(counts.size(), false);
    shown.back() = total_shown == TotalShown::yes;
    return shown;
}

Shown protect_grid(const Grid& grid, const std::vector<Earlier>& earlier) {
    PILLARBOX_CHECK(grid.counts.size() == (grid.rows + 1) * (grid.columns + 1));
    PILLARBOX_CHECK(grid.margins_shown.size() == grid.counts.size());
    Graph graph(grid.rows + 1, grid.columns + 1);
    for (std::size_t row = 0; row <= grid.rows; ++row) {
        for (std::size_t column = 0; column <= grid.columns; ++column) {
            const std::size_t position = grid.at(row, column);
            const bool total = row == grid.rows || column == grid.columns;
            Edge edge = edge_of(grid.counts[position], position, total ? small_count : grid.threshold, earlier);
            edge.row = row;
            edge.column = column;
            if (total) {
                edge.shown = grid.margins_shown[position];
                edge.hiding = Hiding::fixed;
                const bool grand = row == grid.rows && column == grid.columns;
                edge.sign = grand ? Sign::cell : Sign::total;
            }
            graph.add(edge);
        }
    }
    if (graph.protect()) {
        return shown_of(graph);
    }
    Shown shown = grid.margins_shown;  // what can't be made safe is not shown at all
    for (std::size_t row = 0; row < grid.rows; ++row) {
        for (std::size_t column = 0; column < grid.columns; ++column) {
            shown[grid.at(row, column)] = false;
        }
    }
    return shown;
}

TotalShown total_may_be_shown(std::int64_t total, const std::vector<std::int64_t>& earlier) {
    const bool close =
        std::ranges::any_of(earlier, [&](std::int64_t before) { return differs_little(total, before, small_count); });
    return total < small_count || close ? TotalShown::no : TotalShown::yes;
}

}  // namespace pillarbox::report
