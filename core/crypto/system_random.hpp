// SPDX-License-Identifier: GPL-3.0-or-later
//
// The operating system's random generator (randombytes_buf).
#pragma once

#include "core/base/random.hpp"

namespace pillarbox::crypto {

class SystemRandom : public base::Random {
  public:
    void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace pillarbox::crypto
