// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kiosk's log in the database: its head, what is in each batch, and the hash of every batch ever made. All
// functions work within the caller's transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/outbox/outbox.hpp"
#include "core/outbox/slot.hpp"
#include "core/sqlite/connection.hpp"

namespace pillarbox::outbox {

// A batch without its envelopes: those stay in the pool.
struct Composition {
    batch::Header header;
    crypto::Signature signature{};
    std::vector<ItemId> items;  // in the batch's order
};

class Chain {
  public:
    explicit Chain(sqlite::Connection& connection) : connection_(&connection) {}

    [[nodiscard]] base::Result<std::optional<Head>> head();
    [[nodiscard]] base::Result<void> start(const batch::LogId& log_id);
    // Forgets every batch and goes on with another log; the count of acknowledged responses stays.
    [[nodiscard]] base::Result<void> restart(const batch::LogId& log_id);
    [[nodiscard]] base::Result<void> append(const Composition& composition);
    [[nodiscard]] base::Result<crypto::Digest> hash_at(std::uint64_t number);      // the genesis hash for 0
    [[nodiscard]] base::Result<Composition> composition_at(std::uint64_t number);  // not_found once purged
    [[nodiscard]] base::Result<std::vector<std::uint64_t>> unpurged();             // numbers, ascending
    [[nodiscard]] base::Result<void> forget_composition(std::uint64_t number, std::uint64_t acknowledged_count);
    [[nodiscard]] base::Result<std::uint64_t> acknowledged();

  private:
    sqlite::Connection* connection_;
};

}  // namespace pillarbox::outbox
