// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/seeded_order.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace pillarbox::form {
namespace {

class ParkMiller {
  public:
    explicit ParkMiller(double seed) {
        constexpr double largest_whole = 9'007'199'254'740'992.0;
        const double bounded = std::isnan(seed) ? 0 : std::clamp(std::trunc(seed), -largest_whole, largest_whole);
        state_ = static_cast<std::int64_t>(bounded) % modulus;
        state_ += state_ <= 0 ? modulus - 1 : 0;
    }

    // In [0, 1).
    double next() {
        state_ = state_ * 16'807 % modulus;
        return static_cast<double>(state_ - 1) / static_cast<double>(modulus - 1);
    }

  private:
    static constexpr std::int64_t modulus = 2'147'483'647;
    std::int64_t state_;
};

}  // namespace

std::vector<std::size_t> seeded_order(std::size_t count, double seed) {
    ParkMiller generator(seed);
    std::vector<std::size_t> order;
    for (std::size_t index = 0; index < count; ++index) {
        const auto place = static_cast<std::size_t>(generator.next() * static_cast<double>(index + 1));
        order.push_back(index);
        std::swap(order[index], order[place]);
    }
    return order;
}

}  // namespace pillarbox::form
