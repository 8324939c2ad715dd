// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/sha256.hpp"

#include <algorithm>

#include "core/crypto/sha256_blocks.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {
namespace {

// FIPS 180-4 section 5.3.3.
constexpr std::array<std::uint32_t, 8> initial_state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
constexpr std::size_t length_size_bytes = 8;

template <typename Word>
void put_big_endian(Word word, std::uint8_t* to) {
    for (std::size_t place = sizeof(Word); place > 0; --place) {
        to[place - 1] = static_cast<std::uint8_t>(word & 0xffU);
        word = static_cast<Word>(word >> 8U);
    }
}

}  // namespace

Sha256Engine fastest_sha256() {
    return has_sha256_instructions() ? Sha256Engine::instructions : Sha256Engine::libsodium;
}

Sha256::Sha256(Sha256Engine engine) : engine_(engine), state_(initial_state) {
    if (engine_ == Sha256Engine::libsodium) {
        ensure_sodium_ready();
        crypto_hash_sha256_init(&libsodium_);
    }
}

Sha256::~Sha256() {
    sodium_memzero(state_.data(), sizeof state_);
    sodium_memzero(block_.data(), block_.size());
    if (engine_ == Sha256Engine::libsodium) {
        sodium_memzero(&libsodium_, sizeof libsodium_);
    }
}

void Sha256::add(base::ByteView bytes) {
    if (bytes.empty()) {
        return;
    }
    if (engine_ == Sha256Engine::libsodium) {
        crypto_hash_sha256_update(&libsodium_, bytes.data(), bytes.size());
        return;
    }
    const auto waiting = static_cast<std::size_t>(size_bytes_ % block_size_bytes);
    size_bytes_ += bytes.size();
    if (waiting > 0) {
        const std::size_t part = std::min(block_size_bytes - waiting, bytes.size());
        std::copy_n(bytes.data(), part, block_.data() + waiting);
        bytes = bytes.subspan(part);
        if (waiting + part < block_size_bytes) {
            return;
        }
        compress_sha256(state_, block_.data(), 1);
    }
    const std::size_t whole = bytes.size() / block_size_bytes;
    compress_sha256(state_, bytes.data(), whole);
    std::ranges::copy(bytes.subspan(whole * block_size_bytes), block_.begin());
}

// A one bit, zeros up to the last eight bytes of a block, and there the length in bits (FIPS 180-4 section 5.1.1).
void Sha256::finish(std::span<std::uint8_t, digest_size_bytes> digest) {
    if (engine_ == Sha256Engine::libsodium) {
        crypto_hash_sha256_final(&libsodium_, digest.data());
        return;
    }
    auto waiting = static_cast<std::size_t>(size_bytes_ % block_size_bytes);
    block_[waiting++] = 0x80;
    if (waiting > block_size_bytes - length_size_bytes) {
        std::fill(block_.begin() + static_cast<std::ptrdiff_t>(waiting), block_.end(), std::uint8_t{0});
        compress_sha256(state_, block_.data(), 1);
        waiting = 0;
    }
    std::fill(block_.begin() + static_cast<std::ptrdiff_t>(waiting), block_.end(), std::uint8_t{0});
    put_big_endian(size_bytes_ * 8, block_.data() + block_size_bytes - length_size_bytes);
    compress_sha256(state_, block_.data(), 1);
    for (std::size_t word = 0; word < state_.size(); ++word) {
        put_big_endian(state_[word], digest.data() + word * sizeof(std::uint32_t));
    }
}

}  // namespace pillarbox::crypto
