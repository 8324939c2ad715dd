// SPDX-License-Identifier: GPL-3.0-or-later
//
// A disk in memory whose power can fail: it tells what was flushed from what was only written.
//
// Model, as SQLite documents its assumptions for SQLITE_IOCAP_POWERSAFE_OVERWRITE: what xSync has returned for stays.
// Of the writes since, each sector-sized piece survives on its own, is lost, or comes back as garbage, within the
// bytes that were written and never beside them. Truncations and deletions since may be lost; a file that was never
// flushed may be gone; a flush of any file keeps earlier deletions, as journalling file systems do. The -shm of a WAL
// database is memory and does not outlive the power.
//
// Threading: none. One connection a file at a time, so locks always succeed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/base/bytes.hpp"
#include "tests/faults/storage/seeded_random.hpp"

namespace pillarbox::tests {

// What the disk does with a flush: the lies are the controls that the harness has to find out.
enum class Flushes { honest, ignored, ignored_for_wal };

class MemoryDisk {
  public:
    void set_flushes(Flushes flushes) { flushes_ = flushes; }
    // The power fails at the `changes`-th write, truncation, deletion or flush from now: that one and all later ones
    // fail and do nothing.
    void fail_after(std::uint64_t changes) { changes_left_ = changes; }
    [[nodiscard]] bool has_power() const { return changes_left_ > 0; }
    // What a reader finds after the power came back.
    void lose_power(SeededRandom& random);
    void clear();
    void put(const std::string& name, base::Bytes content);  // a file that lies there, flushed

    // --- for the VFS: false where the power is gone ---
    [[nodiscard]] bool write(const std::string& name, std::size_t offset, base::ByteView bytes);
    [[nodiscard]] bool truncate(const std::string& name, std::size_t size_bytes);
    [[nodiscard]] bool remove(const std::string& name);
    [[nodiscard]] bool flush(const std::string& name);
    void create(const std::string& name);
    [[nodiscard]] bool holds(const std::string& name) const { return now_.contains(name); }
    // The bytes as programs see them; null where there is no such file.
    [[nodiscard]] base::Bytes* content(const std::string& name);
    [[nodiscard]] std::vector<base::Bytes>& shared_memory(const std::string& name) { return shared_[name]; }

  private:
    struct Change {
        enum class Kind { write, truncate, remove } kind;
        std::size_t place;  // offset, or the size that is cut to
        base::Bytes bytes;
    };
    [[nodiscard]] bool spend();
    std::map<std::string, base::Bytes> now_;
    std::map<std::string, base::Bytes> flushed_;
    std::map<std::string, std::vector<Change>> since_;
    std::map<std::string, std::vector<base::Bytes>> shared_;
    std::uint64_t changes_left_ = UINT64_MAX;
    Flushes flushes_ = Flushes::honest;
};

// Makes `disk` the place of every database that is opened from now on in this process. `disk` outlives all of them.
void put_databases_on(MemoryDisk& disk);

}  // namespace pillarbox::tests
