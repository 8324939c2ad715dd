// SPDX-License-Identifier: GPL-3.0-or-later
//
// Randomness that a seed repeats: the same seed, the same run.
#pragma once

#include <cstdint>
#include <random>
#include <span>

#include "core/base/random.hpp"

namespace pillarbox::tests {

class SeededRandom final : public base::Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override {
        for (std::uint8_t& byte : bytes) {
            byte = static_cast<std::uint8_t>(engine_() >> 32U);
        }
    }
    [[nodiscard]] bool in_percent(std::uint64_t percent) { return below(100) < percent; }

  private:
    std::mt19937_64 engine_;
};

}  // namespace pillarbox::tests
