// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secret_slab.hpp"

#include <sodium.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <thread>

#include "core/base/check.hpp"
#include "core/crypto/sodium_ready.hpp"

namespace pillarbox::crypto {
namespace {

SecretCells::Canary random_canary() {
    ensure_sodium_ready();
    SecretCells::Canary canary{};
    randombytes_buf(canary.data(), canary.size());
    return canary;
}

}  // namespace

SecretCells::SecretCells(std::size_t cell_size_bytes, std::size_t cell_count, const Canary& canary)
    : start_(nullptr),
      cell_size_bytes_(cell_size_bytes),
      group_count_(cell_count / cells_per_group),
      canary_(canary) {
    PILLARBOX_CHECK(cell_count % cells_per_group == 0 && group_count_ >= 1 && group_count_ <= groups_max);
    ensure_sodium_ready();
    start_ = static_cast<std::uint8_t*>(sodium_allocarray(cell_count, cell_size_bytes));
    PILLARBOX_CHECK(start_ != nullptr);
    std::fill_n(start_, cell_count * cell_size_bytes, std::uint8_t{0});
}

std::uint8_t* SecretCells::take(std::size_t size_bytes) {
    if (size_bytes > secret_size_bytes_max()) {
        return nullptr;
    }
    const std::size_t first = std::hash<std::thread::id>{}(std::this_thread::get_id()) % group_count_;
    for (std::size_t tried = 0; tried < group_count_; ++tried) {
        const std::size_t group = (first + tried) % group_count_;
        std::atomic<std::uint64_t>& used = groups_[group].used;
        std::uint64_t seen = used.load(std::memory_order_relaxed);
        while (seen != ~std::uint64_t{0}) {
            const auto place = static_cast<std::size_t>(std::countr_one(seen));
            if (used.compare_exchange_weak(seen, seen | std::uint64_t{1} << place, std::memory_order_acquire,
                                           std::memory_order_relaxed)) {
                std::uint8_t* const end = start_ + (group * cells_per_group + place + 1) * cell_size_bytes_;
                std::ranges::copy(canary_, end - canary_size_bytes);
                return end - canary_size_bytes - size_bytes;
            }
        }
    }
    return nullptr;
}

bool SecretCells::release(std::uint8_t* secret) {
    const std::size_t size_bytes = group_count_ * cells_per_group * cell_size_bytes_;
    if (std::less<>{}(secret, start_) || !std::less<>{}(secret, start_ + size_bytes)) {
        return false;
    }
    const std::size_t cell = static_cast<std::size_t>(secret - start_) / cell_size_bytes_;
    std::uint8_t* const end = start_ + (cell + 1) * cell_size_bytes_;
    PILLARBOX_CHECK(std::equal(canary_.begin(), canary_.end(), end - canary_size_bytes));
    sodium_memzero(secret, static_cast<std::size_t>(end - secret));
    groups_[cell / cells_per_group].used.fetch_and(~(std::uint64_t{1} << cell % cells_per_group),
                                                   std::memory_order_release);
    return true;
}

// 256 keys and 64 payloads are 300 KiB, far below the 8 MiB that a process may lock by default. One opening takes ten
// of the first kind and one of the second.
SecretSlab::SecretSlab() : keys_(128, 256, random_canary()), payloads_(4096 + 64, 64, random_canary()) {}

SecretSlab& SecretSlab::shared() {
    static SecretSlab& slab = *new SecretSlab;  // never destroyed, see the header
    return slab;
}

std::uint8_t* SecretSlab::take(std::size_t size_bytes) {
    std::uint8_t* const key = keys_.take(size_bytes);
    // A key that finds no cell of its own goes to sodium_malloc: payloads must not be driven out by keys.
    return key != nullptr || size_bytes <= keys_.secret_size_bytes_max() ? key : payloads_.take(size_bytes);
}

bool SecretSlab::release(std::uint8_t* secret) {
    return keys_.release(secret) || payloads_.release(secret);
}

}  // namespace pillarbox::crypto
