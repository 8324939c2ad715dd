// SPDX-License-Identifier: GPL-3.0-or-later
//
// The compression function of SHA-256 in the processor's own instructions. Internal to core/crypto.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace pillarbox::crypto {

[[nodiscard]] bool has_sha256_instructions();

// `blocks` has block_count * 64 bytes. Only where has_sha256_instructions().
void compress_sha256(std::array<std::uint32_t, 8>& state, const std::uint8_t* blocks, std::size_t block_count);

}  // namespace pillarbox::crypto
