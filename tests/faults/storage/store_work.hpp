// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a store does with one kiosk's batches, and the check of the invariants against a store that came back.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sync/store/sqlite/database.hpp"
#include "sync/store/kiosks.hpp"
#include "tests/faults/storage/acknowledged.hpp"
#include "tests/faults/storage/event.hpp"

namespace pillarbox::tests {

// The chain of batches of the device of station_work.hpp, the same in every run: what is under test is the store.
[[nodiscard]] const std::vector<base::Bytes>& uploads();

[[nodiscard]] base::Result<void> make_store(const std::filesystem::path& path);

enum class Receipts { once_kept, careless };  // careless is the control

// Uploads batch `number` (from 1).
void upload(store::Database& database, std::uint64_t number, const Tell& tell,
            Receipts receipts = Receipts::once_kept);

// What the store's receipts promised.
class StoreAccount {
  public:
    void take(const Event& event, Heard heard = Heard::before_the_fault);
    [[nodiscard]] std::vector<std::string> check(store::Database& database);
    [[nodiscard]] std::uint64_t next() const { return acknowledged_ + 1; }

  private:
    std::uint64_t acknowledged_ = 0;
    std::uint64_t attempted_ = 0;
};

// How many batches there are, each one checked against uploads().
[[nodiscard]] base::Result<std::uint64_t> count_stored(store::Database& database);

}  // namespace pillarbox::tests
