// SPDX-License-Identifier: GPL-3.0-or-later
//
// SHA-256 (FIPS 180-4) over several pieces, wiped at its end. Where the processor has instructions for it they are
// used: eight times the speed of libsodium 1.0.18, whose SHA-256 is portable C, and hashing is most of what outbox,
// batches and store do besides reading and writing. Elsewhere it is libsodium's.
// docs/decisions/0009-sha-instructions.md. Internal to core/crypto.
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/base/bytes.hpp"

namespace pillarbox::crypto {

enum class Sha256Engine { instructions, libsodium };
[[nodiscard]] Sha256Engine fastest_sha256();  // of this processor

class Sha256 {
  public:
    static constexpr std::size_t block_size_bytes = 64;
    static constexpr std::size_t digest_size_bytes = 32;

    explicit Sha256(Sha256Engine engine = fastest_sha256());
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(base::ByteView bytes);
    void finish(std::span<std::uint8_t, digest_size_bytes> digest);  // once, after the last piece

  private:
    Sha256Engine engine_;
    std::array<std::uint32_t, 8> state_;
    std::array<std::uint8_t, block_size_bytes> block_{};  // what waits to fill a block
    std::uint64_t size_bytes_ = 0;
    crypto_hash_sha256_state libsodium_{};
};

}  // namespace pillarbox::crypto
