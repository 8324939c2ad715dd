// SPDX-License-Identifier: GPL-3.0-or-later
//
// Stores over one PostgreSQL database without sockets, and kiosks that deliver to them from threads of their own.
// Batches are made before any thread starts: Catch2's assertions are for one thread.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "tests/sync/store/store_fixture.hpp"

namespace pillarbox::tests {

// One `pillarbox-store serve`: a service with a pool and a log of its own.
struct OneStore {
    OneStore(const std::filesystem::path& data, const base::Clock& clock);
    std::ostringstream log_text;
    store::EventLog log;
    std::unique_ptr<store::Service> service;
};

class SharedDatabase {
  public:
    explicit SharedDatabase(const std::string& address, store::Copies copies = store::Copies::backed_up);

    [[nodiscard]] std::filesystem::path data() const { return folder / "data"; }
    [[nodiscard]] std::unique_ptr<OneStore> new_store() const { return std::make_unique<OneStore>(data(), clock); }
    [[nodiscard]] batch::Receipt receipt_of(const http::Response& response) const;

    TemporaryFolder folder;
    crypto::SystemRandom random;
    base::ManualClock clock;
    crypto::VerifyKey store_key;
};

// A kiosk with all the batches that it will ever send.
class Courier {
  public:
    Courier(SharedDatabase& database, OneStore& store, int batches, std::size_t size_bytes = 300);

    // Sends until `stop`, to the stores in turn, from wherever the last answer says the store is.
    void deliver(const std::vector<OneStore*>& stores, const std::atomic<bool>& stop);

    // What is wrong with what the database holds: nothing, if every batch up to the highest `safe` of a receipt is
    // there, each as it was sent.
    [[nodiscard]] std::string lost_in(store::Database& database) const;

    [[nodiscard]] const batch::LogId& log_id() const { return log_id_; }
    [[nodiscard]] std::uint64_t safe() const { return safe_; }
    [[nodiscard]] std::uint64_t stored() const { return stored_; }
    [[nodiscard]] std::uint64_t refusals() const { return refusals_; }
    [[nodiscard]] std::uint64_t batches() const { return batches_.size(); }

  private:
    SharedDatabase& shared_;
    batch::LogId log_id_{};
    std::vector<base::Bytes> batches_;
    std::uint64_t safe_ = 0;    // the highest of any receipt
    std::uint64_t stored_ = 0;  // of the last receipt
    std::uint64_t refusals_ = 0;
};

}  // namespace pillarbox::tests
