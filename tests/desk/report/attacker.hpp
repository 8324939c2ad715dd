// SPDX-License-Identifier: GPL-3.0-or-later
//
// Somebody who has every published figure and an integer solver: which values can a hidden count have? Bounds
// propagation and search; knows nothing of how the desk decides what to hide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace pillarbox::tests {

class Attacker {
  public:
    // A number that is known, or one that is at least 0 and at most `ceiling`.
    std::size_t add_known(std::int64_t value);
    std::size_t add_unknown(std::int64_t ceiling);
    void add_sum(const std::vector<std::size_t>& parts, std::size_t total);
    void add_not_less(std::size_t less, std::size_t more);

    enum class Verdict { derivable, not_derivable, undecided };
    // Whether `variable` has one possible value. `truth` guides the search only: values near it are tried first.
    [[nodiscard]] Verdict attack(std::size_t variable, const std::vector<std::int64_t>& truth) const;

  private:
    struct Bounds {
        std::int64_t low = 0, high = 0;
    };
    using State = std::vector<Bounds>;
    struct Sum {
        std::vector<std::size_t> parts;
        std::size_t total;
    };
    [[nodiscard]] bool narrow(State& state) const;  // false where there is no solution
    [[nodiscard]] bool narrow_sum(State& state, const Sum& sum, bool& changed) const;
    // 1 found, 0 none, -1 given up
    [[nodiscard]] int search(State state, const std::vector<std::int64_t>& truth, std::size_t& budget) const;

    State start_;
    std::vector<Sum> sums_;
    std::vector<std::pair<std::size_t, std::size_t>> not_less_;
};

}  // namespace pillarbox::tests
