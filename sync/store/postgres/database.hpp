// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store's rows in a PostgreSQL cluster, 13 or newer: for several stores at once, and for a second copy without
// backups. A store holds nothing of its own but its keys; any number of them may serve the same database.
//
// What is safe: a commit waits for the synchronous standby, if there is one. Whether it really is there, the server's
// pg_stat_replication tells: a standby of state sync or quorum has flushed the log as far as this server had when it
// was asked. Neither a setting nor the absence of an error is believed, because a server stops waiting when it is
// told to, or when its last standby is taken out of the list. The user needs pg_read_all_stats for it.
#pragma once

#include <memory>
#include <string>

#include "sync/store/postgres/pool.hpp"
#include "sync/store/storage/database.hpp"

namespace pillarbox::postgres_storage {

class Database final : public storage::Database {
  public:
    // `address`: what check_address lets pass. False where the database is empty.
    [[nodiscard]] static base::Result<bool> is_made(std::string_view address);
    // already_exists where there is a store, unsupported where there is something else.
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> create(std::string_view address,
                                                                        const storage::Identity& identity);
    // For a store that is moved here. False where nothing is there, or a store that has not all arrived.
    [[nodiscard]] static base::Result<bool> is_whole(std::string_view address);
    // Makes one that has not arrived, or opens it. Nothing else opens it until has_arrived.
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> arrive(std::string_view address,
                                                                        const storage::Identity& identity);
    [[nodiscard]] static base::Result<void> has_arrived(std::string_view address);

    // not_found where there is no store; unsupported where it is of a newer version; an older one is brought forward.
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> open(std::string_view address);

    [[nodiscard]] base::Result<std::unique_ptr<storage::Transaction>> begin(storage::TransactionKind kind) override;
    [[nodiscard]] std::size_t transactions_max() const override { return connections_max; }
    [[nodiscard]] base::Result<void> check_ready() override;
    [[nodiscard]] bool has_second_copy() override;
    [[nodiscard]] base::Result<std::uint64_t> size_bytes() override;
    [[nodiscard]] base::Result<void> check_writable() override;
    [[nodiscard]] base::Result<bool> is_used_by_others() override;
    void close_after_error() override { pool_->close_idle(); }
    [[nodiscard]] base::Result<void> forget_deleted() override;
    [[nodiscard]] base::Result<void> copy_file(const std::filesystem::path& target) override;

  private:
    enum class State { whole, arriving };
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> make(std::string_view address,
                                                                      const storage::Identity& identity, State state);
    Database(std::unique_ptr<Pool> pool, storage::Identity identity, std::string where)
        : storage::Database(std::move(identity), std::move(where)), pool_(std::move(pool)) {}
    std::unique_ptr<Pool> pool_;
};

}  // namespace pillarbox::postgres_storage
