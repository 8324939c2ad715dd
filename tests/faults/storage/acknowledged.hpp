// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a station may rely on: an in-memory account of what the outbox acknowledged, and the check of the invariants
// against an outbox that came back after a fault.
//
// I1 thanked means kept, exactly once. I3 what was not acknowledged is absent or whole. A batch once drawn stays byte
// for byte the same until a receipt covers it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/outbox/outbox.hpp"
#include "tests/faults/storage/event.hpp"

namespace pillarbox::tests {

// Acknowledgements that were read after the power was cut may never have been true.
enum class Heard { before_the_fault, after_it };

class Account {
  public:
    void take(const Event& event, Heard heard = Heard::before_the_fault);

    // Sentences on what is broken; empty where nothing is. Draws what waits, so that every envelope is read.
    [[nodiscard]] std::vector<std::string> check(outbox::Outbox& outbox);
    [[nodiscard]] std::size_t acknowledged() const;  // envelopes on account

  private:
    enum class Fate { attempted, acknowledged };
    void check_batches(outbox::Outbox& outbox, std::vector<std::string>& broken);
    void check_chain(std::vector<std::string>& broken) const;
    void draw_the_rest(outbox::Outbox& outbox, std::vector<std::string>& broken);
    void note_items(std::uint64_t number, const base::Bytes& bytes, std::vector<std::string>& broken);

    bool started_ = false;
    std::map<base::Bytes, Fate> items_;                 // by tag and envelope
    std::map<std::uint64_t, base::Bytes> batches_;      // drawn, by number
    std::map<std::uint64_t, base::Bytes> left_unsaid_;  // drawn, and heard of only after the fault
    std::map<base::Bytes, std::uint64_t> batch_of_;     // item to the batch it left in
    std::uint64_t draws_open_ = 0;                      // attempts since the last acknowledged draw
    std::uint64_t purged_up_to_ = 0;                    // acknowledged by purge
    std::uint64_t receipt_up_to_ = 0;                   // the highest receipt ever given
};

}  // namespace pillarbox::tests
