// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store's database: tokens, kiosks and their batches (docs/formats/protocol.md shows the tables).
//
// Invariants: a batch is kept as the exact bytes that were signed; no row holds an address or a time finer than a
// day; every change is one transaction. Threading: as sqlite::Connection, one thread at a time; processes may share
// the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/sqlite/connection.hpp"

namespace pillarbox::store {

// Who vouches for a second copy. It decides the `safe` watermark, up to which kiosks purge.
enum class Copies {
    backed_up,  // safe = what the last verified backup covers
    sole,       // the operator declared that this copy is enough: safe = stored
};

struct Identity {
    std::string name;  // "store.example.org": the key name in signed notes
    std::uint64_t epoch = 1;
    Copies copies = Copies::backed_up;
};

class Database {
  public:
    // False where there is no file, or one of a store whose making was cut short: create may be called then.
    [[nodiscard]] static base::Result<bool> is_made(const std::filesystem::path& path);
    // already_exists where is_made.
    [[nodiscard]] static base::Result<Database> create(const std::filesystem::path& path, const Identity& identity);
    // not_found, damaged or unsupported where it is not a whole store database of this version; not_found also where
    // it was not made to its end.
    [[nodiscard]] static base::Result<Database> open(const std::filesystem::path& path, sqlite::OpenMode mode);

    // Reads every page, and takes the write lock once: a store that can't keep anything must not start to answer.
    [[nodiscard]] base::Result<void> check_ready();

    [[nodiscard]] const Identity& identity() const { return identity_; }
    [[nodiscard]] sqlite::Connection& connection() { return connection_; }

  private:
    Database(sqlite::Connection connection, Identity identity);
    sqlite::Connection connection_;
    Identity identity_;
};

// A name that can stand in a signed note: 1 to 100 printable ASCII characters without spaces and '+'.
[[nodiscard]] base::Result<void> check_store_name(std::string_view name);

}  // namespace pillarbox::store
