// SPDX-License-Identifier: GPL-3.0-or-later
//
// The files of one connection, sealed: an SQLite VFS over the system's own. Every byte that SQLite writes, to the
// database, its write-ahead log and its scratch files, leaves sealed; the shared-memory file beside the log holds
// page and frame numbers only, and is the system's. Rollback journals are refused, so the connection keeps the first
// pages of a new file in memory until it has a log.
//
// Pages go into the database without what SQLite left between their cells (clear_unallocated), so that what was
// deleted, and the log emptied, is in no byte of it.
//
// A block that does not open is SQLITE_IOERR_DATA, never other bytes. Two reads are let off, and give zeros: those by
// which SQLite looks for the end of a log that a crash cut short (it stops at zeros as at any torn frame), and the
// one by which it guesses the page size before it has a lock.
//
// Threading: with its connection. It must outlive the connection and stay where it is. Internal to core/sqlite.
#pragma once

#include <memory>

#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::sqlite {

class SealedFiles {
  public:
    // `key` is copied: crypto::block_key_size_bytes bytes.
    explicit SealedFiles(const crypto::SecretBytes& key);
    ~SealedFiles();
    SealedFiles(const SealedFiles&) = delete;
    SealedFiles& operator=(const SealedFiles&) = delete;

    [[nodiscard]] const char* vfs_name() const;

    struct State;  // the VFS, for sealed_files.cpp

  private:
    std::unique_ptr<State> state_;
};

}  // namespace pillarbox::sqlite
