// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a series of numbers, taken in the order in which things came, tells that order. A sample is one number for
// each thing: where it lies, which id it has. Two measures, each near 0 for a random order and 1 for a plain one:
//   trend       Spearman's rank correlation of the numbers with their order: what came later lies further on
//   neighbours  the correlation of each rank with the next one: what came after another lies beside it, as in a ring
//               whose start is random and whose trend is nothing
// Equal numbers get the mean of their ranks; numbers that are all equal tell nothing.
#pragma once

#include <string>
#include <vector>

namespace pillarbox::tests {

using Sample = std::vector<double>;

[[nodiscard]] double trend(const Sample& sample);
[[nodiscard]] double neighbours(const Sample& sample);

// In random order both measures have a standard deviation of 1/sqrt(n - 1), or very nearly. This many of them are
// passed by chance less than once in 300 000 samples.
inline constexpr double deviations_max = 4.65;
[[nodiscard]] double bound_for(std::size_t sample_size);

// What the samples of many runs tell of order, as sentences; empty where they tell nothing. A sample is held against
// its own bound, and the mean of all, whose bound is as much tighter as there are samples. The samples are equally
// large.
[[nodiscard]] std::vector<std::string> order_told_by(const std::vector<Sample>& samples);

}  // namespace pillarbox::tests
