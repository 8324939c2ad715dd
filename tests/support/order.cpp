// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/order.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace pillarbox::tests {
namespace {

// Ranks less their mean.
Sample centred_ranks(const Sample& sample) {
    std::vector<std::size_t> order(sample.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&sample](std::size_t index) { return sample[index]; });
    const double mean = (static_cast<double>(sample.size()) - 1) / 2;
    Sample ranks(sample.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t end = first + 1;
        while (end < order.size() && sample[order[end]] == sample[order[first]]) {
            ++end;
        }
        const double rank = static_cast<double>(first + end - 1) / 2;
        for (; first < end; ++first) {
            ranks[order[first]] = rank - mean;
        }
    }
    return ranks;
}

double correlation(const Sample& one, const Sample& other) {
    const double both = std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
    const double squares = std::inner_product(one.begin(), one.end(), one.begin(), 0.0) *
                           std::inner_product(other.begin(), other.end(), other.begin(), 0.0);
    return squares > 0 ? both / std::sqrt(squares) : 0;
}

using Measure = std::function<double(const Sample&)>;

void hold_against_bounds(const std::string& name, const Measure& measure, const std::vector<Sample>& samples,
                         std::vector<std::string>& told) {
    double sum = 0;
    for (std::size_t number = 0; number < samples.size(); ++number) {
        const double value = measure(samples[number]);
        const double bound = bound_for(samples[number].size());
        sum += value;
        if (std::abs(value) >= bound) {
            told.push_back("sample " + std::to_string(number) + ": " + name + " " + std::to_string(value) +
                           ", bound " + std::to_string(bound));
        }
    }
    const auto count = static_cast<double>(samples.size());
    const double bound = bound_for(samples.front().size()) / std::sqrt(count);
    if (std::abs(sum / count) >= bound) {
        told.push_back("mean: " + name + " " + std::to_string(sum / count) + ", bound " + std::to_string(bound));
    }
}

}  // namespace

double trend(const Sample& sample) {
    Sample order(sample.size());
    std::iota(order.begin(), order.end(), 0.0);
    return correlation(centred_ranks(order), centred_ranks(sample));
}

double neighbours(const Sample& sample) {
    Sample ranks = centred_ranks(sample);
    Sample next = ranks;
    std::ranges::rotate(next, next.begin() + 1);  // the last one's neighbour is the first
    return correlation(ranks, next);
}

double bound_for(std::size_t sample_size) {
    return deviations_max / std::sqrt(static_cast<double>(sample_size) - 1);
}

std::vector<std::string> order_told_by(const std::vector<Sample>& samples) {
    std::vector<std::string> told;
    hold_against_bounds("trend", trend, samples, told);
    hold_against_bounds("neighbours", neighbours, samples, told);
    return told;
}

}  // namespace pillarbox::tests
