// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frames and checksums: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
#include "core/sqlite/sealed_log_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <system_error>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/crypto/sealed_block.hpp"
#include "core/sqlite/sealed_layout.hpp"

namespace pillarbox::sqlite {
namespace {

constexpr std::size_t log_salts_offset = 16, salts_offset = 8, commit_offset = 4, checksum_offset = 16;
constexpr std::size_t salts_size = 8;
constexpr int attempts_max = 5;

std::uint32_t number_at(base::ByteView bytes, std::size_t offset) {
    std::uint32_t number = 0;
    for (std::size_t index = 0; index < 4; ++index) {
        number = number << 8U | bytes[offset + index];
    }
    return number;
}

struct Checksum {
    std::uint32_t first = 0, second = 0;
    friend bool operator==(const Checksum&, const Checksum&) = default;

    // SQLite's own, over pairs of words in the byte order that the log's header tells.
    void add(base::ByteView bytes, bool big_end_first) {
        const auto word_at = [&](std::size_t offset) {
            const std::uint32_t word = number_at(bytes, offset);
            return big_end_first ? word : __builtin_bswap32(word);
        };
        for (std::size_t offset = 0; offset + 8 <= bytes.size(); offset += 8) {
            first += word_at(offset) + second;
            second += word_at(offset + 4) + first;
        }
    }
};

struct Frame {
    base::Bytes header, content;

    [[nodiscard]] std::uint32_t page() const { return number_at(header, 0); }
    [[nodiscard]] std::uint32_t size_of_commit() const { return number_at(header, commit_offset); }  // 0: none
    [[nodiscard]] base::ByteView salts() const { return base::ByteView(header).subspan(salts_offset, salts_size); }
    [[nodiscard]] Checksum checksum() const {
        return {number_at(header, checksum_offset), number_at(header, checksum_offset + 4)};
    }
    // Which byte order is in the log's header; both are tried, as that may be what is broken.
    [[nodiscard]] bool follows(const Frame& before) const {
        for (const bool big_end_first : {false, true}) {
            Checksum sum = before.checksum();
            sum.add(base::ByteView(header).first(2 * sizeof(std::uint32_t)), big_end_first);
            sum.add(content, big_end_first);
            if (sum == checksum()) {
                return true;
            }
        }
        return false;
    }
};

class SealedReader {
  public:
    SealedReader(const std::filesystem::path& path, SealedFile kind, const crypto::SecretBytes& key)
        : file_(path, std::ios::binary), kind_(kind), key_(key) {}

    // Nothing where it is not whole.
    std::optional<base::Bytes> block(std::uint64_t offset) {
        const SealedBlock place = block_at(kind_, offset);
        base::Bytes sealed(place.size + crypto::block_overhead_bytes);
        file_.clear();
        file_.seekg(static_cast<std::streamoff>(place.place));
        file_.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(sealed.size()));
        base::Bytes opened(place.size);
        const bool whole = static_cast<std::size_t>(file_.gcount()) == sealed.size() &&
                           crypto::open_block(key_, block_name(kind_, place.number), sealed, opened);
        return whole ? std::optional(std::move(opened)) : std::nullopt;
    }

    std::optional<base::Bytes> frame_header(std::uint64_t index) { return block(start_of(index)); }

    std::optional<Frame> frame(std::uint64_t index) {
        auto header = frame_header(index);
        auto content = header.has_value() ? block(start_of(index) + frame_header_size) : std::nullopt;
        return content.has_value() ? std::optional(Frame{std::move(*header), std::move(*content)}) : std::nullopt;
    }

  private:
    static std::uint64_t start_of(std::uint64_t index) { return log_header_size + index * frame_size; }

    std::ifstream file_;
    SealedFile kind_;
    const crypto::SecretBytes& key_;
};

class LogCheck {
  public:
    LogCheck(const std::filesystem::path& database, const std::filesystem::path& log, std::uint64_t frames,
             const crypto::SecretBytes& key)
        : database_(database, SealedFile::database, key), log_(log, SealedFile::log, key), frames_(frames) {}

    // Whether commits would be lost.
    bool loses_commits() {
        for (int attempt = 0; attempt < attempts_max; ++attempt) {
            const auto header = log_.block(0);
            const bool lost = header.has_value() ? loses_behind_frame(*header) : loses_behind_header();
            if (!lost || log_.block(0) == header) {
                return lost;
            }
        }
        return false;  // begun anew all the time: then it is whole
    }

  private:
    static bool is_of(base::ByteView log_header, base::ByteView salts) {
        return std::ranges::equal(log_header.subspan(log_salts_offset, salts_size), salts);
    }

    bool loses_behind_frame(const base::Bytes& header) {
        std::uint64_t broken = 0;
        for (; broken < frames_; ++broken) {
            const auto frame = log_.frame(broken);
            if (!frame.has_value() || !is_of(header, frame->salts())) {
                break;
            }
        }
        for (std::uint64_t index = broken + 1; index + 1 < frames_; ++index) {
            const auto next = log_.frame_header(index);  // most are of an older log, which the salts tell
            if (!next.has_value() || !is_of(header, base::ByteView(*next).subspan(salts_offset, salts_size)) ||
                number_at(*next, commit_offset) == 0) {
                continue;
            }
            const auto commit = log_.frame(index), after = log_.frame(index + 1);
            if (commit.has_value() && after.has_value() && is_of(header, after->salts()) && after->follows(*commit)) {
                return true;
            }
        }
        return false;
    }

    bool loses_behind_header() {
        std::map<std::uint32_t, base::Bytes> written, committed;
        std::uint32_t size = 0;
        std::optional<Frame> before;
        for (std::uint64_t index = 0; index < frames_; ++index) {
            auto frame = log_.frame(index);
            if (!frame.has_value() || (before.has_value() && !frame->follows(*before))) {
                break;
            }
            written[frame->page()] = frame->content;
            if (frame->size_of_commit() != 0) {
                size = frame->size_of_commit();
                for (auto& [page, content] : written) {
                    committed.insert_or_assign(page, std::move(content));
                }
                written.clear();
            }
            before = std::move(frame);
        }
        return std::ranges::any_of(committed, [&](auto& entry) {
            auto& [page, content] = entry;
            if (page == 0 || page > size) {
                return false;  // of a database that shrank since
            }
            clear_unallocated(page - 1, content);
            return database_.block((page - 1) * sealed_page_size_bytes) != std::optional(content);
        });
    }

    SealedReader database_, log_;
    std::uint64_t frames_;
};

}  // namespace

base::Result<void> check_sealed_log(const std::filesystem::path& database, const crypto::SecretBytes& key) {
    std::filesystem::path log = database;
    log += "-wal";
    std::error_code problem;
    const auto size = std::filesystem::file_size(log, problem);
    const std::uint64_t open = problem ? 0 : open_size(SealedFile::log, size);
    const std::uint64_t frames = open < log_header_size ? 0 : (open - log_header_size) / frame_size;
    if (frames == 0 || !LogCheck(database, log, frames, key).loses_commits()) {
        return {};
    }
    return base::fail(base::ErrorCode::damaged, log.string(),
                      "The write-ahead log is damaged, and what was committed behind the damage would be lost.",
                      "Keep a copy, then restore the folder from one that is whole. Without one, delete this file: "
                      "all that was committed since it was last emptied is lost then.");
}

}  // namespace pillarbox::sqlite
