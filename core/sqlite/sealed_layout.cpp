// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sqlite/sealed_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string_view>

#include "core/base/file.hpp"
#include "core/crypto/sealed_block.hpp"

namespace pillarbox::sqlite {
namespace {

constexpr std::uint64_t overhead = crypto::block_overhead_bytes;
constexpr std::uint64_t page_on_disk = sealed_page_size_bytes + overhead;
constexpr std::uint64_t log_header_on_disk = log_header_size + overhead;
constexpr std::uint64_t frame_header_on_disk = frame_header_size + overhead;
constexpr std::uint64_t frame_on_disk = frame_header_on_disk + page_on_disk;

SealedBlock log_block_at(std::uint64_t offset) {
    if (offset < log_header_size) {
        return SealedBlock{0, 0, log_header_size, 0};
    }
    const std::uint64_t frame = (offset - log_header_size) / frame_size;
    const std::uint64_t start = log_header_size + frame * frame_size;
    const std::uint64_t place = log_header_on_disk + frame * frame_on_disk;
    if (offset - start < frame_header_size) {
        return SealedBlock{1 + 2 * frame, start, frame_header_size, place};
    }
    return SealedBlock{2 + 2 * frame, start + frame_header_size, sealed_page_size_bytes,
                       place + frame_header_on_disk};
}

}  // namespace

SealedBlock block_at(SealedFile kind, std::uint64_t offset) {
    if (kind == SealedFile::log) {
        return log_block_at(offset);
    }
    const std::uint64_t page = offset / sealed_page_size_bytes;
    return SealedBlock{page, page * sealed_page_size_bytes, sealed_page_size_bytes, page * page_on_disk};
}

std::uint64_t open_size(SealedFile kind, std::uint64_t size_on_disk) {
    if (kind != SealedFile::log) {
        return size_on_disk / page_on_disk * sealed_page_size_bytes;
    }
    if (size_on_disk < log_header_on_disk) {
        return 0;
    }
    const std::uint64_t frames = (size_on_disk - log_header_on_disk) / frame_on_disk;
    const std::uint64_t rest = (size_on_disk - log_header_on_disk) % frame_on_disk;
    return log_header_size + frames * frame_size + (rest >= frame_header_on_disk ? frame_header_size : 0);
}

std::uint64_t size_on_disk(SealedFile kind, std::uint64_t open_size) {
    if (open_size == 0) {
        return 0;
    }
    const SealedBlock last = block_at(kind, open_size - 1);
    return last.place + last.size + overhead;
}

// https://www.sqlite.org/fileformat2.html#b_tree_pages
void clear_unallocated(std::uint64_t number, std::span<std::uint8_t> page) {
    constexpr std::size_t file_header_size = 100, leaf_header_size = 8, interior_header_size = 12;
    const std::size_t header = number == 0 ? file_header_size : 0;
    const std::uint8_t kind = page[header];
    const bool is_leaf = kind == 0x0a || kind == 0x0d;
    if (!is_leaf && kind != 0x02 && kind != 0x05) {
        return;  // no tree's page: what SQLite frees is zeroed as a whole
    }
    const auto number_at = [&](std::size_t offset) {
        return static_cast<std::size_t>(page[header + offset]) << 8U | page[header + offset + 1];
    };
    const std::size_t start = header + (is_leaf ? leaf_header_size : interior_header_size) + 2 * number_at(3);
    const std::size_t end = number_at(5);
    if (start < end && end <= page.size()) {
        std::ranges::fill(page.subspan(start, end - start), std::uint8_t{0});
    }
}

BlockName block_name(SealedFile kind, std::uint64_t number) {
    constexpr std::string_view label = "pillarbox page 1";
    BlockName name{};
    std::ranges::copy(label, name.begin());
    name[label.size()] = static_cast<std::uint8_t>(kind);
    for (std::size_t index = 0; index < sizeof(number); ++index) {
        name[name.size() - 1 - index] = static_cast<std::uint8_t>(number >> (8 * index));
    }
    return name;
}

base::Result<base::Bytes> read_sealed_file(const std::filesystem::path& path, SealedFile kind,
                                           const crypto::SecretBytes& key) {
    const base::Bytes sealed = TRY(base::read_file(path, std::numeric_limits<std::int32_t>::max()));
    base::Bytes open(open_size(kind, sealed.size()));
    for (std::uint64_t offset = 0; offset < open.size();) {
        const SealedBlock block = block_at(kind, offset);
        const base::ByteView bytes = base::ByteView(sealed).subspan(block.place, block.size + overhead);
        if (!crypto::open_block(key, block_name(kind, block.number), bytes,
                                std::span(open).subspan(block.start, block.size))) {
            return base::fail(base::ErrorCode::damaged, path.string(),
                              fmt::format("Block {} does not open with this key.", block.number));
        }
        offset += block.size;
    }
    return open;
}

}  // namespace pillarbox::sqlite
