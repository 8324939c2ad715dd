// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files besides the outbox, damaged at rest: a store's database, a station's files, an export and the journal of
// what was opened from it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/faults/storage/memory_disk.hpp"
#include "tests/support/temporary_folder.hpp"

namespace pillarbox::tests {

class StoreAtRest {
  public:
    StoreAtRest(MemoryDisk& disk, std::filesystem::path path);
    [[nodiscard]] std::vector<std::string> rot(SeededRandom& random);

  private:
    MemoryDisk* disk_;
    std::filesystem::path path_;
    base::Bytes sound_;
};

class StationAtRest {
  public:
    StationAtRest();
    ~StationAtRest();
    [[nodiscard]] std::vector<std::string> rot(SeededRandom& random);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

class ExportAtRest {
  public:
    ExportAtRest();
    ~ExportAtRest();
    [[nodiscard]] std::vector<std::string> rot(SeededRandom& random);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace pillarbox::tests
