// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.hpp"

#include <array>
#include <cstring>
#include <limits>

#include "core/base/check.hpp"

namespace pillarbox::base {

std::uint64_t Random::below(std::uint64_t bound) {
    PILLARBOX_CHECK(bound > 0);
    // Rejection keeps it uniform: numbers past the last whole multiple of the bound are drawn again.
    const std::uint64_t limit =
        std::numeric_limits<std::uint64_t>::max() - std::numeric_limits<std::uint64_t>::max() % bound;
    while (true) {
        std::array<std::uint8_t, 8> bytes{};
        fill(bytes);
        std::uint64_t number = 0;
        std::memcpy(&number, bytes.data(), sizeof number);
        if (number < limit) {
            return number % bound;
        }
    }
}

}  // namespace pillarbox::base
