// SPDX-License-Identifier: GPL-3.0-or-later
//
// A database into which a store is being moved. Until it has all arrived nothing opens it as a store; a move that was
// killed finds it again and goes on.
//   SQLite       the file FILE.arriving, from which FILE is made at the end
//   PostgreSQL   a mark in the store's own row
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

class Arrival {
  public:
    // Starts, or goes on with what was cut short. already_exists where another store is there, or something else.
    // A database that is whole already is taken too: whoever moves must find it equal, or the move is refused.
    [[nodiscard]] static base::Result<Arrival> open(std::string_view address, const Identity& identity);

    [[nodiscard]] Database& database() { return *database_; }
    [[nodiscard]] bool is_whole() const { return is_whole_; }
    // From now on it is a store. The Arrival is of no use afterwards.
    [[nodiscard]] base::Result<void> finish();

  private:
    Arrival(std::string address, std::unique_ptr<Database> database, bool is_whole)
        : address_(std::move(address)), database_(std::move(database)), is_whole_(is_whole) {}
    std::string address_;
    std::unique_ptr<Database> database_;
    bool is_whole_;
};

}  // namespace pillarbox::store
