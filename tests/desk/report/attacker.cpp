// SPDX-License-Identifier: GPL-3.0-or-later
#include "attacker.hpp"

#include <algorithm>
#include <cstdlib>

namespace pillarbox::tests {
namespace {

constexpr std::size_t search_budget = 20'000;

bool tighten(std::int64_t& low, std::int64_t& high, std::int64_t new_low, std::int64_t new_high, bool& changed) {
    if (new_low > low) {
        low = new_low;
        changed = true;
    }
    if (new_high < high) {
        high = new_high;
        changed = true;
    }
    return low <= high;
}

}  // namespace

std::size_t Attacker::add_known(std::int64_t value) {
    start_.push_back({value, value});
    return start_.size() - 1;
}

std::size_t Attacker::add_unknown(std::int64_t ceiling) {
    start_.push_back({0, ceiling});
    return start_.size() - 1;
}

void Attacker::add_sum(const std::vector<std::size_t>& parts, std::size_t total) {
    sums_.push_back({parts, total});
}

void Attacker::add_not_less(std::size_t less, std::size_t more) {
    not_less_.emplace_back(less, more);
}

bool Attacker::narrow_sum(State& state, const Sum& sum, bool& changed) const {
    std::int64_t low = 0;
    std::int64_t high = 0;
    for (const std::size_t part : sum.parts) {
        low += state[part].low;
        high += state[part].high;
    }
    Bounds& total = state[sum.total];
    if (!tighten(total.low, total.high, low, high, changed)) {
        return false;
    }
    for (const std::size_t part : sum.parts) {
        Bounds& bounds = state[part];
        const std::int64_t others_low = low - bounds.low;
        const std::int64_t others_high = high - bounds.high;
        low -= bounds.low;
        high -= bounds.high;
        if (!tighten(bounds.low, bounds.high, total.low - others_high, total.high - others_low, changed)) {
            return false;
        }
        low += bounds.low;
        high += bounds.high;
    }
    return true;
}

bool Attacker::narrow(State& state) const {
    bool changed = true;
    while (changed) {
        changed = false;
        for (const Sum& sum : sums_) {
            if (!narrow_sum(state, sum, changed)) {
                return false;
            }
        }
        for (const auto& [less, more] : not_less_) {
            if (!tighten(state[less].low, state[less].high, 0, state[more].high, changed) ||
                !tighten(state[more].low, state[more].high, state[less].low, state[more].high, changed)) {
                return false;
            }
        }
    }
    return true;
}

int Attacker::search(State state, const std::vector<std::int64_t>& truth, std::size_t& budget) const {
    if (!narrow(state)) {
        return 0;
    }
    if (budget == 0) {
        return -1;
    }
    --budget;
    std::size_t open = state.size();
    for (std::size_t index = 0; index < state.size(); ++index) {
        const bool is_open = state[index].low < state[index].high;
        const auto width = [&](std::size_t at) { return state[at].high - state[at].low; };
        if (is_open && (open == state.size() || width(index) < width(open))) {
            open = index;
        }
    }
    if (open == state.size()) {
        return 1;
    }
    std::vector<std::int64_t> values;
    for (std::int64_t value = state[open].low; value <= state[open].high; ++value) {
        values.push_back(value);
    }
    std::ranges::sort(values, {}, [&](std::int64_t value) { return std::abs(value - truth[open]); });
    for (const std::int64_t value : values) {
        State next = state;
        next[open] = {value, value};
        const int found = search(std::move(next), truth, budget);
        if (found != 0) {
            return found;
        }
    }
    return 0;
}

Attacker::Verdict Attacker::attack(std::size_t variable, const std::vector<std::int64_t>& truth) const {
    State state = start_;
    if (!narrow(state) || state[variable].low == state[variable].high) {
        return Verdict::derivable;
    }
    bool gave_up = false;
    std::vector<std::int64_t> values;
    for (std::int64_t value = state[variable].low; value <= state[variable].high; ++value) {
        if (value != truth[variable]) {
            values.push_back(value);
        }
    }
    std::ranges::sort(values, {}, [&](std::int64_t value) { return std::abs(value - truth[variable]); });
    for (const std::int64_t value : values) {
        State next = state;
        next[variable] = {value, value};
        std::size_t budget = search_budget;
        const int found = search(std::move(next), truth, budget);
        if (found == 1) {
            return Verdict::not_derivable;
        }
        gave_up = gave_up || found < 0;
    }
    return gave_up ? Verdict::undecided : Verdict::derivable;
}

}  // namespace pillarbox::tests
