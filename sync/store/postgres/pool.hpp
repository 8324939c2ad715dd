// SPDX-License-Identifier: GPL-3.0-or-later
//
// Connections to one database, at most connections_max of them, each lent to one thread at a time.
//
// Threading: all of it may be called from several threads. A Lease belongs to one.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "sync/store/postgres/connection.hpp"

namespace pillarbox::postgres_storage {

inline constexpr std::size_t connections_max = 8;

class Pool {
  public:
    explicit Pool(std::string address) : address_(std::move(address)) {}

    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection)
            : pool_(&pool), connection_(std::move(connection)) {}
        ~Lease();  // gives the connection back, or closes it where it is of no use any more
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;

        [[nodiscard]] Pool& pool() const { return *pool_; }
        [[nodiscard]] Connection& operator*() const { return *connection_; }
        [[nodiscard]] Connection* operator->() const { return connection_.get(); }

      private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
    };

    // Waits a while for its turn, then unavailable.
    [[nodiscard]] base::Result<Lease> lend();
    // Campaigns whose table is settled (schema.hpp), so that no upload asks twice.
    [[nodiscard]] bool knows_campaign(const std::string& campaign_id);
    void note_campaign(const std::string& campaign_id);

    // After a failover none of the idle ones is worth trying.
    void close_idle();

  private:
    void take_back(std::unique_ptr<Connection> connection);

    std::string address_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::set<std::string> campaigns_;
    std::size_t count_ = 0;  // lent and idle
};

}  // namespace pillarbox::postgres_storage
