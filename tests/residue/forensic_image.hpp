// SPDX-License-Identifier: GPL-3.0-or-later
//
// A database's files as an examiner of the disk has them, and what can be read out of them without the program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "tests/faults/storage/memory_disk.hpp"
#include "tests/support/order.hpp"

namespace pillarbox::tests {

struct ForensicImage {
    std::string database;
    std::string log;  // the write-ahead log
};

[[nodiscard]] ForensicImage image_of(MemoryDisk& disk, const std::filesystem::path& path);

// Where numbered_item(number) lies; fails the test where it does not.
[[nodiscard]] double place_of(const std::string& bytes, int number);
// Which of the first `count` numbered items are in there.
[[nodiscard]] std::vector<int> numbers_in(const std::string& bytes, int count);
// The place in the database that each has or is to get: what is in the log alone lies where its frame's page belongs.
[[nodiscard]] Sample places_in_image(const ForensicImage& image, int count);

// The bytes of the pages on the free list but for the list itself (https://www.sqlite.org/fileformat.html).
[[nodiscard]] std::vector<std::string> free_pages_of(const std::string& database);

struct SlotRow {
    std::uint64_t position = 0;
    base::Bytes content;
};
// The rows of the outbox that hold the first `count` numbered items, in the order of their numbers.
[[nodiscard]] std::vector<SlotRow> rows_of(const std::filesystem::path& outbox, int count);

}  // namespace pillarbox::tests
