// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/system_random.hpp"

#include <sodium.h>

#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    ensure_sodium_ready();
    if (!bytes.empty()) {
        randombytes_buf(bytes.data(), bytes.size());
    }
}

}  // namespace pillarbox::crypto
