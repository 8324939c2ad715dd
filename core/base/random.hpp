// SPDX-License-Identifier: GPL-3.0-or-later
//
// Randomness comes in through this interface. crypto::SystemRandom is the only implementation outside tests.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace pillarbox::base {

class Random {
  public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;

    // Uniform in [0, bound); bound > 0.
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);

    // Fisher-Yates: every order equally likely.
    template <typename T>
    void shuffle(std::vector<T>& items) {
        for (std::size_t left = items.size(); left > 1; --left) {
            std::swap(items[left - 1], items[static_cast<std::size_t>(below(left))]);
        }
    }
};

}  // namespace pillarbox::base
