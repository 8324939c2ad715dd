// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a station may rely on: an in-memory account of what the outbox acknowledged, and the check of the invariants
// against an outbox that came back after a fault.
//
// I1 thanked means kept, exactly once. I3 what was not acknowledged is absent or whole. A batch once drawn stays byte
// for byte the same until a receipt covers it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/outbox/outbox.hpp"

namespace pillarbox::tests {

class Account {
  public:
    Account();

    // The four things a station does. Each is told before it is tried and, where it returned success, is on account.
    // An error is remembered as "may have happened".
    void start(outbox::Outbox& outbox);
    void add(outbox::Outbox& outbox, const batch::Item& item);
    void draw(outbox::Outbox& outbox);
    void purge(outbox::Outbox& outbox);

    // Sentences on what is broken; empty where nothing is. Draws what waits, so that every envelope is read.
    [[nodiscard]] std::vector<std::string> check(outbox::Outbox& outbox);

  private:
    struct Fate {
        int certain = 0;    // 1: acknowledged
        int attempted = 0;  // 1: may be there
    };
    void check_batches(outbox::Outbox& outbox, std::vector<std::string>& broken);
    void note_items(std::uint64_t number, const base::Bytes& bytes, std::vector<std::string>& broken);
    [[nodiscard]] base::Result<std::optional<base::Bytes>> draw_from(outbox::Outbox& outbox);

    crypto::SigningKey key_;
    batch::LogId log_id_;
    bool started_ = false;
    std::map<base::Bytes, Fate> items_;              // by envelope
    std::map<std::uint64_t, base::Bytes> batches_;   // drawn, by number
    std::map<base::Bytes, std::uint64_t> batch_of_;  // envelope to the batch it left in
    std::uint64_t purged_up_to_ = 0;                 // acknowledged by purge
    std::uint64_t receipt_up_to_ = 0;                // the highest receipt ever given
};

}  // namespace pillarbox::tests
