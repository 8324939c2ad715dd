// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/seed_stream.hpp"

#include <sodium.h>

#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {

static_assert(std::tuple_size_v<StreamSeed> == randombytes_SEEDBYTES);

void fill_from_seed(const StreamSeed& seed, std::span<std::uint8_t> bytes) {
    ensure_sodium_ready();
    if (!bytes.empty()) {
        randombytes_buf_deterministic(bytes.data(), bytes.size(), seed.data());
    }
}

}  // namespace pillarbox::crypto
