// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pool of slots in the database. All functions work within the caller's transaction.
//
// Slots are read one by one by their position, not by one scan: a damaged page then costs the slot that lies on it
// and no other.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/outbox/slot.hpp"
#include "core/sqlite/connection.hpp"

namespace pillarbox::outbox {

using Position = std::uint64_t;  // from 1 to the pool's capacity

struct Part {
    Position position = 0;
    PartLabel label;
};

struct StoredItem {
    std::vector<Position> positions;  // of its parts, in order
    std::size_t envelope_size_bytes = 0;
};

struct PoolSurvey {
    std::uint64_t capacity = 0;
    std::vector<Position> free;          // ascending
    std::map<ItemId, StoredItem> items;  // complete ones
    std::set<ItemId> tests;              // of these, the test responses
    std::vector<Part> parts;             // every readable part, also of incomplete items
    std::uint64_t quarantined = 0;       // slots in use that can't be read, or lack their other parts
};

class Pool {
  public:
    // `unreadable` (see find_unreadable) must outlive the pool.
    [[nodiscard]] static base::Result<Pool> over(sqlite::Connection& connection, base::Random& random,
                                                 const std::set<Position>& unreadable);

    // The slots on damaged pages. Outside of any transaction: after SQLite meets a damaged page within one, it lets
    // the connection write no more, so all other functions pass these slots over.
    [[nodiscard]] base::Result<std::set<Position>> find_unreadable();

    [[nodiscard]] base::Result<std::uint64_t> capacity();  // in slots; 0 before the first growth
    [[nodiscard]] base::Result<PoolSurvey> survey();
    // Writes into random free slots; the pool grows by whole blocks where they are too few. What it costs depends on
    // the slots written and not on the pool's size, unless few slots are free.
    [[nodiscard]] base::Result<void> put(const std::vector<base::Bytes>& slots);
    [[nodiscard]] base::Result<batch::Item> item_at(const StoredItem& stored);
    // Of an item of any size, one slot at a time in memory: the item with the envelope named and not read; bytes of
    // the envelope from `offset` on, which it has.
    [[nodiscard]] base::Result<batch::Item> named_item_at(const StoredItem& stored);
    [[nodiscard]] base::Result<base::Bytes> piece_at(const StoredItem& stored, std::uint64_t offset,
                                                     std::size_t size_bytes);
    // Overwrites with random bytes and marks as free.
    [[nodiscard]] base::Result<void> release(Position position);
    // Adds blocks of slots until `slot_count` more are there, and moves everything to new random places. In memory it
    // has two slots at a time, and some words for each.
    [[nodiscard]] base::Result<void> grow(std::uint64_t slot_count);

  private:
    Pool(sqlite::Statement capacity, sqlite::Statement set_capacity, sqlite::Statement read, sqlite::Statement insert,
         sqlite::Statement write, base::Random& random, const std::set<Position>& unreadable);
    [[nodiscard]] base::Result<void> meet(Position position);  // an error where its page is damaged
    [[nodiscard]] base::Result<base::Bytes> read(Position position);
    [[nodiscard]] base::Result<PartLabel> first_label(const std::vector<Position>& positions);
    [[nodiscard]] base::Result<void> survey_slot(Position position, PoolSurvey& survey);
    [[nodiscard]] base::Result<std::vector<Position>> guess_free(std::size_t slot_count);
    [[nodiscard]] base::Result<std::vector<Position>> find_free(std::size_t slot_count);
    [[nodiscard]] base::Result<void> move_about(const std::vector<Position>& places, std::size_t used);

    sqlite::Statement capacity_;
    sqlite::Statement set_capacity_;
    sqlite::Statement read_;
    sqlite::Statement insert_;
    sqlite::Statement write_;
    base::Random* random_;
    const std::set<Position>* unreadable_;
};

}  // namespace pillarbox::outbox
