// SPDX-License-Identifier: GPL-3.0-or-later
//
// Outboxes as they lie on a disk, and what may come out of them after that disk has damaged them.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/faults/storage/memory_disk.hpp"

namespace pillarbox::tests {

struct OutboxAtRest {
    base::Bytes database;
    base::Bytes log;                                        // the -wal; mostly empty
    std::set<base::Bytes> ever;                             // tag and envelope of all that was ever added
    std::set<base::Bytes> held;                             // of those: not purged
    std::map<base::Bytes, std::set<std::size_t>> pages_of;  // held items that lie in the database, and on which pages
    std::map<std::uint64_t, base::Bytes> batches;           // not purged
    std::set<std::size_t> slot_pages;                       // pages that hold a slot and nothing else
    std::set<std::size_t> leading_pages;                    // inner pages of a table: they lead to the slots
};

[[nodiscard]] OutboxAtRest make_outbox_at_rest(MemoryDisk& disk, const std::filesystem::path& path,
                                               std::uint64_t seed);

// Damages one of them, opens it and holds what comes out against what was put in.
[[nodiscard]] std::vector<std::string> rot_outbox(MemoryDisk& disk, const std::filesystem::path& path,
                                                  const OutboxAtRest& sound, SeededRandom& random);
// The control: flips a byte of a waiting envelope and makes the slot's digest fit it, as if nobody checked digests.
[[nodiscard]] std::vector<std::string> rot_unseen(MemoryDisk& disk, const std::filesystem::path& path,
                                                  const OutboxAtRest& sound, SeededRandom& random);

}  // namespace pillarbox::tests
