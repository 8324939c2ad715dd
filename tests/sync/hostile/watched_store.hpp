// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store process and its honest kiosk: what the kiosk delivers meanwhile, and what the attack costs the store.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "sync/protocol/routes.hpp"
#include "tests/sync/client/world.hpp"

namespace pillarbox::tests {

struct Footprint {
    std::size_t peak_kib = 0;  // VmHWM: the most resident memory that the process ever had
    std::size_t threads = 0;
    std::size_t descriptors = 0;
};

constexpr std::size_t memory_max_kib = 64 * 1024;  // what the store may ever take

class WatchedStore {
  public:
    WatchedStore();

    // One round of the real pillarbox-sync with `responses` new ones; the time it took. REQUIREs that it delivers.
    std::chrono::milliseconds deliver(int responses = 2);
    [[nodiscard]] Footprint footprint() const;
    // Once the connections of those who have left are closed: with the fewest descriptors, seen for half a second.
    [[nodiscard]] Footprint footprint_at_rest() const;
    void check_memory(std::size_t peak_kib_max = memory_max_kib) const;
    [[nodiscard]] std::string log() const;  // the store's
    [[nodiscard]] std::uint16_t port() const { return store.port(); }
    [[nodiscard]] std::string batches_path() { return protocol::batches_path(world.head().log_id); }

    // That the store holds what was delivered and nothing else, and that its log tells nothing of anybody.
    void check_contents();

    World world;
    StoreProcess store;
    std::uint64_t delivered_responses = 0;
};

}  // namespace pillarbox::tests
