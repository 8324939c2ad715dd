// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where the bytes of a sealed file lie. SQLite sees a file as it always is; on disk it is a row of blocks, each
// sealed on its own (core/crypto/sealed_block.hpp), so 40 bytes longer each:
//
//   database             page (4096) page ...
//   write-ahead log      log header (32) | frame header (24) page (4096) | frame header page | ...
//
// Blocks are what SQLite itself writes in one piece. So a write never has to read first, and one that a crash cuts
// short damages nothing but itself, which is what SQLite's own crash reasoning asks for.
//
// A block's associated data is "pillarbox page 1", the kind of file and the block's number: a block that is moved
// within a file or from one to another opens nowhere. Not stopped: putting back a whole older state of the files.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/secret_bytes.hpp"

namespace pillarbox::sqlite {

inline constexpr std::uint64_t sealed_page_size_bytes = 4096;
// Of the log as SQLite sees it.
inline constexpr std::uint64_t log_header_size = 32;
inline constexpr std::uint64_t frame_header_size = 24;
inline constexpr std::uint64_t frame_size = frame_header_size + sealed_page_size_bytes;

enum class SealedFile : std::uint8_t {
    database = 1,
    log = 2,
    scratch = 3,  // laid out as a database; its key dies with the process
};

struct SealedBlock {
    std::uint64_t number = 0;  // from 0
    std::uint64_t start = 0;   // in the file as SQLite sees it
    std::uint64_t size = 0;    // as SQLite sees it
    std::uint64_t place = 0;   // on disk
};

[[nodiscard]] SealedBlock block_at(SealedFile kind, std::uint64_t offset);
// The size that SQLite sees of a file that has this size on disk, and the other way round. A block that is not whole
// counts as none.
[[nodiscard]] std::uint64_t open_size(SealedFile kind, std::uint64_t size_on_disk);
[[nodiscard]] std::uint64_t size_on_disk(SealedFile kind, std::uint64_t open_size);

// Zeroes what a page of a database holds between its cells and the pointers to them. SQLite overwrites what it
// deletes (secure_delete), but leaves there what it moved to another page; it never reads it. `number` counts pages
// from 0.
void clear_unallocated(std::uint64_t number, std::span<std::uint8_t> page);

using BlockName = std::array<std::uint8_t, 25>;
[[nodiscard]] BlockName block_name(SealedFile kind, std::uint64_t number);

// The whole plaintext of a sealed file, without SQLite: for tests, and for whoever has to save what is left of a
// damaged file. damaged where a block does not open.
[[nodiscard]] base::Result<base::Bytes> read_sealed_file(const std::filesystem::path& path, SealedFile kind,
                                                         const crypto::SecretBytes& key);

}  // namespace pillarbox::sqlite
