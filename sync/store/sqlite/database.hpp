// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store's rows in one SQLite file: the default, for one machine.
//
// Threading: as storage::Database; transactions take turns, reading ones too. Processes may share the file.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "core/sqlite/connection.hpp"
#include "sync/store/storage/database.hpp"

namespace pillarbox::sqlite_storage {

class Database final : public storage::Database {
  public:
    // False where there is no file, or one of a store whose making was cut short: create may be called then.
    [[nodiscard]] static base::Result<bool> is_made(const std::filesystem::path& path);
    // already_exists where is_made.
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> create(const std::filesystem::path& path,
                                                                        const storage::Identity& identity);
    // not_found, damaged or unsupported where it is not a whole store database; not_found also where it was not made
    // to its end. One of an older version is brought to this one, and unsupported where it may only be read.
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> open(const std::filesystem::path& path,
                                                                      sqlite::OpenMode mode);

    [[nodiscard]] base::Result<std::unique_ptr<storage::Transaction>> begin(storage::TransactionKind kind) override;
    [[nodiscard]] std::size_t transactions_max() const override { return 1; }
    [[nodiscard]] base::Result<void> check_ready() override;  // reads every page
    [[nodiscard]] bool has_second_copy() override { return false; }
    [[nodiscard]] base::Result<std::uint64_t> size_bytes() override;
    [[nodiscard]] base::Result<void> check_writable() override;
    [[nodiscard]] base::Result<bool> is_used_by_others() override { return false; }
    void close_after_error() override;
    [[nodiscard]] base::Result<void> forget_deleted() override;
    [[nodiscard]] base::Result<void> copy_file(const std::filesystem::path& target) override;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    // For who alters the file by hand. Nobody else may be using it.
    [[nodiscard]] sqlite::Connection& connection() { return *connection_; }

  private:
    Database(sqlite::Connection connection, sqlite::OpenMode mode, storage::Identity identity);
    [[nodiscard]] base::Result<void> reopen();
    [[nodiscard]] base::Result<void> try_a_change();

    std::filesystem::path path_;
    sqlite::OpenMode mode_;
    std::mutex mutex_;                              // held by each transaction until it ends
    std::optional<sqlite::Connection> connection_;  // none after an error, until the next transaction
};

}  // namespace pillarbox::sqlite_storage
