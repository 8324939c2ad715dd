// SPDX-License-Identifier: GPL-3.0-or-later
//
// An SQLite database of the fuzzer's bytes, in the temporary folder.
#pragma once

#include "tests/fuzz/files.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::fuzz {

class DatabaseFile {
  public:
    // Without the log of the database that was there before.
    void put(base::ByteView content) const {
        std::filesystem::remove(path().string() + "-wal");
        std::filesystem::remove(path().string() + "-shm");
        put_file(path(), content);
    }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "fuzz.db"; }

  private:
    tests::TemporaryFolder folder_;
};

}  // namespace pillarbox::fuzz
