// SPDX-License-Identifier: GPL-3.0-or-later
//
// An outbox and a store at work in this process on a disk that fills, and that gets room again.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/faults/space/small_disk.hpp"
#include "tests/faults/storage/seeded_random.hpp"

namespace pillarbox::tests {

enum class Keeper { as_built, careless };  // careless is the control: it acknowledges what was not kept

[[nodiscard]] std::vector<std::string> fill_outbox(SmallDisk& disk, SeededRandom& random, Keeper keeper);
[[nodiscard]] std::vector<std::string> fill_store(SmallDisk& disk, SeededRandom& random, Keeper keeper);

// Draws how the disk is full: few bytes, few files, or a size that no file grows past. For as long as it lives.
class Squeeze {
  public:
    // `need_bytes`, `file_bytes`: what is written in all, and into the largest file.
    Squeeze(SmallDisk& disk, SeededRandom& random, std::uint64_t need_bytes, std::uint64_t file_bytes);
    ~Squeeze();
    Squeeze(const Squeeze&) = delete;
    Squeeze& operator=(const Squeeze&) = delete;
    [[nodiscard]] std::uint64_t file_bytes_max() const { return file_bytes_max_; }

  private:
    SmallDisk* disk_;
    std::uint64_t file_bytes_max_ = UINT64_MAX;
    std::unique_ptr<FileSizeLimit> limit_;
};

}  // namespace pillarbox::tests
