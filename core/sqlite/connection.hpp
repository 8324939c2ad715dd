// SPDX-License-Identifier: GPL-3.0-or-later
//
// SQLite, wrapped: the only folder that includes <sqlite3.h>. A Connection closes itself, a Statement finalizes
// itself, a Rows resets its statement, a Transaction rolls back unless committed.
//
// Errors: no_space (disk full), damaged (not a database, malformed pages, wrong column types), conflict (busy past
// the timeout, a broken constraint), already_exists (a UNIQUE or PRIMARY KEY that is taken), not_found (no such
// file), input_output (everything the system refuses), limit_exceeded. `where` is the database file; values never
// show.
//
// Threading: a Connection and all that comes from it belong to one thread at a time. Processes may share a file.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/sqlite/statement.hpp"

struct sqlite3;

namespace pillarbox::crypto {
class SecretBytes;
}

namespace pillarbox::sqlite {

class SealedFiles;

enum class OpenMode {
    create,      // read and write; the file is made where there is none, readable by owner and group only
    read_write,  // not_found where there is none
    read_only,
};

// What differs between users. All connections besides get WAL, synchronous=FULL, secure_delete=ON,
// trusted_schema=OFF, foreign_keys=ON, cell_size_check=ON, mmap off and temp_store=MEMORY: see docs/formats/outbox.md
// for the reasons.
struct Settings {
    std::chrono::milliseconds busy_timeout{10'000};  // how long a writer waits for another one
    int page_size_bytes = 4096;                      // of a new file; a power of two from 512 to 65536
    // Every byte on disk is sealed with these 32 bytes where there are any (sealed_files.hpp). A file is made and
    // opened with one key, or always without.
    const crypto::SecretBytes* key = nullptr;
};

enum class CheckpointOutcome { emptied, others_active };

class Connection {
  public:
    [[nodiscard]] static base::Result<Connection> open(const std::filesystem::path& path, OpenMode mode,
                                                       const Settings& settings = {});

    // One or more SQL statements without parameters and without rows.
    [[nodiscard]] base::Result<void> run(std::string_view sql);
    // Exactly one statement. Prepare once, use often.
    [[nodiscard]] base::Result<Statement> prepare(std::string_view sql);

    // Rows that the last INSERT, UPDATE or DELETE changed, and the rowid of the last INSERT.
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::int64_t last_insert_rowid() const;

    // PRAGMA integrity_check over the whole file, or one table: `damaged` with SQLite's first finding.
    [[nodiscard]] base::Result<void> check_integrity();
    [[nodiscard]] base::Result<void> check_integrity_of(std::string_view table);

    // Moves the write-ahead log into the database and cuts it to zero bytes, waiting at most `patience` for others.
    [[nodiscard]] base::Result<CheckpointOutcome> checkpoint(std::chrono::milliseconds patience);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    ~Connection();
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&& other) noexcept;

  private:
    friend base::Result<void> back_up(Connection& source, const std::filesystem::path& target);
    struct Close {
        void operator()(sqlite3* handle) const noexcept;
    };
    Connection(std::unique_ptr<SealedFiles> sealed, sqlite3* handle, std::filesystem::path path,
               std::chrono::milliseconds busy_timeout);
    [[nodiscard]] base::Result<void> configure(OpenMode mode, const Settings& settings);
    [[nodiscard]] base::Result<void> keep_first_journal_in_memory();
    [[nodiscard]] base::Result<void> switch_to_wal(std::chrono::milliseconds busy_timeout);

    std::unique_ptr<SealedFiles> sealed_;  // goes after the handle that uses it; null for plain files
    std::unique_ptr<sqlite3, Close> handle_;
    std::filesystem::path path_;
    std::chrono::milliseconds busy_timeout_;
};

}  // namespace pillarbox::sqlite
