// SPDX-License-Identifier: GPL-3.0-or-later
//
// Room for many small secrets in one guarded, locked region (one sodium_malloc for the whole process), because a
// sodium_malloc for each costs three system calls to make and three to release: sealing an envelope, which takes ten
// small secrets, spent six parts in seven of its time there. docs/decisions/0009-secrets-share-a-slab.md.
//
// Invariants: a free cell is all zeros. A cell in use ends in a canary, right behind its secret; whoever writes past
// the end is found out at release, and the process ends. Internal to core/crypto. Threading: safe from any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace pillarbox::crypto {

// Equal cells, each in use or free.
class SecretCells {
  public:
    static constexpr std::size_t canary_size_bytes = 16;
    using Canary = std::array<std::uint8_t, canary_size_bytes>;

    SecretCells(std::size_t cell_size_bytes, std::size_t cell_count, const Canary& canary);

    // Zeros, up to the end of a cell. Null where the size does not fit or no cell is free.
    [[nodiscard]] std::uint8_t* take(std::size_t size_bytes);
    // Wipes it and frees its cell. False where the secret is not in one of these.
    [[nodiscard]] bool release(std::uint8_t* secret);

    [[nodiscard]] std::size_t secret_size_bytes_max() const { return cell_size_bytes_ - canary_size_bytes; }

  private:
    static constexpr std::size_t cells_per_group = 64;
    static constexpr std::size_t groups_max = 8;
    // A bit for each cell in use. Groups lie on cache lines of their own, and threads begin to look at different
    // ones.
    struct alignas(64) Group {
        std::atomic<std::uint64_t> used{0};
    };

    std::uint8_t* start_;
    std::size_t cell_size_bytes_;
    std::size_t group_count_;
    Canary canary_;
    std::array<Group, groups_max> groups_;
};

class SecretSlab {
  public:
    // Made at first use and never released: secrets may outlive everything else in the process.
    [[nodiscard]] static SecretSlab& shared();

    // As SecretCells: the caller goes to sodium_malloc where there is no room here.
    [[nodiscard]] std::uint8_t* take(std::size_t size_bytes);
    [[nodiscard]] bool release(std::uint8_t* secret);

  private:
    SecretSlab();
    SecretCells keys_;      // keys and intermediate values
    SecretCells payloads_;  // padded submissions of 1, 2 and 4 KiB
};

}  // namespace pillarbox::crypto
