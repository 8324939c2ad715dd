// SPDX-License-Identifier: GPL-3.0-or-later
//
// Many random bytes from few: a seed stretched by ChaCha20 (libsodium's randombytes_buf_deterministic). Whoever does
// not know the seed can't tell them from bytes of the operating system, of which kilobytes cost ten times as much.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace pillarbox::crypto {

using StreamSeed = std::array<std::uint8_t, 32>;

void fill_from_seed(const StreamSeed& seed, std::span<std::uint8_t> bytes);

}  // namespace pillarbox::crypto
