// SPDX-License-Identifier: GPL-3.0-or-later
//
// Randomness that a seed repeats: the same seed, the same run.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <span>

#include "core/base/random.hpp"

namespace pillarbox::tests {

class SeededRandom final : public base::Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override {
        for (std::size_t start = 0; start < bytes.size(); start += sizeof(std::uint64_t)) {
            const std::uint64_t drawn = engine_();
            std::memcpy(bytes.data() + start, &drawn, std::min(sizeof drawn, bytes.size() - start));
        }
    }
    [[nodiscard]] bool in_percent(std::uint64_t percent) { return below(100) < percent; }

  private:
    std::mt19937_64 engine_;
};

}  // namespace pillarbox::tests
