// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/opening/journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "core/base/file.hpp"
#include "core/cbor/cbor.hpp"
#include "core/submission/submission.hpp"

namespace pillarbox::opening {
namespace {

constexpr std::string_view magic = "pillarbox-opened-1\n";
constexpr std::size_t record_head_size = 4 + 32;
constexpr std::size_t body_size_max = submission::size_bytes_max + 64;

base::Bytes record_of(const Journal::Entry& entry) {
    cbor::Writer body;
    body.array(2).bytes(entry.first).bytes(entry.second);
    const base::Bytes& bytes = body.result();
    base::Bytes record;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        record.push_back(static_cast<std::uint8_t>((bytes.size() >> shift) & 0xFFU));
    }
    const crypto::Digest digest = crypto::sha256(bytes);
    record.insert(record.end(), digest.begin(), digest.end());
    record.insert(record.end(), bytes.begin(), bytes.end());
    return record;
}

base::Result<Journal::Entry> parse_body(base::ByteView body) {
    cbor::Reader reader(body);
    TRY(reader.array_of(2));
    const base::ByteView digest = TRY(reader.bytes(32));
    const base::ByteView submission = TRY(reader.bytes(submission::size_bytes_max));
    TRY(reader.end());
    Journal::Entry entry;
    entry.first = TRY(base::array_of<32>(digest));
    entry.second.assign(submission.begin(), submission.end());
    return entry;
}

// False at the end of the file, or where fewer bytes are left.
base::Result<bool> read_exactly(int descriptor, std::span<std::uint8_t> bytes, std::uint64_t offset,
                                const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t count = ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return std::unexpected(base::error_of_errno(errno, path, "read"));
        }
        if (count == 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return true;
}

base::Result<void> write_exactly(int descriptor, base::ByteView bytes, std::uint64_t offset,
                                 const std::filesystem::path& path) {
    while (!bytes.empty()) {
        const ssize_t count = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return std::unexpected(base::error_of_errno(count < 0 ? errno : ENOSPC, path, "written"));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

}  // namespace

Journal::Journal(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

Journal::~Journal() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Journal::Journal(Journal&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      end_(other.end_),
      entries_(std::move(other.entries_)) {}

Journal& Journal::operator=(Journal&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    std::swap(end_, other.end_);
    std::swap(entries_, other.entries_);
    return *this;
}

base::Result<Journal> Journal::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return std::unexpected(base::error_of_errno(errno, path, "opened"));
    }
    Journal journal(path, descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return base::fail(base::ErrorCode::conflict, path.string(),
                          "Another run is opening envelopes into this folder.", "Wait for it to end.");
    }
    TRY(journal.load());
    TRY(journal.cut_tail());
    return journal;
}

base::Result<void> Journal::load() {
    std::array<std::uint8_t, magic.size()> start{};
    if (!TRY(read_exactly(descriptor_, start, 0, path_))) {
        TRY(write_exactly(descriptor_, base::view_of(magic), 0, path_));
    } else if (base::text_of(start) != magic) {
        return base::fail(base::ErrorCode::malformed, path_.string(), "This is not a journal of opened envelopes.",
                          "Move it away, or choose another output folder.");
    }
    end_ = magic.size();
    while (true) {
        std::array<std::uint8_t, record_head_size> head{};
        if (!TRY(read_exactly(descriptor_, head, end_, path_))) {
            return {};
        }
        std::size_t size = 0;
        for (std::size_t index = 0; index < 4; ++index) {
            size = (size << 8U) | head[index];
        }
        if (size > body_size_max) {
            return {};
        }
        base::Bytes body(size);
        const bool whole = TRY(read_exactly(descriptor_, body, end_ + head.size(), path_));
        if (!whole || !std::ranges::equal(crypto::sha256(body), std::span(head).subspan(4))) {
            return {};
        }
        Entry entry = TRY(parse_body(body));
        entries_.insert(std::move(entry));
        end_ += head.size() + size;
    }
}

// What stands behind the last good record can't be read, and must not be: under the end of a shorter record that is
// appended it could come to stand where a record is looked for, and it may hold answers that were withdrawn.
base::Result<void> Journal::cut_tail() {
    if (::ftruncate(descriptor_, static_cast<off_t>(end_)) != 0) {
        return std::unexpected(base::error_of_errno(errno, path_, "written"));
    }
    return {};
}

const base::Bytes* Journal::find(const crypto::Digest& envelope_digest) const {
    const auto found = entries_.find(envelope_digest);
    return found == entries_.end() ? nullptr : &found->second;
}

base::Result<void> Journal::append(const std::vector<Entry>& entries) {
    base::Bytes records;
    for (const Entry& entry : entries) {
        const base::Bytes record = record_of(entry);
        records.insert(records.end(), record.begin(), record.end());
    }
    TRY(write_exactly(descriptor_, records, end_, path_));
    if (::fdatasync(descriptor_) != 0) {
        return std::unexpected(base::error_of_errno(errno, path_, "flushed to disk"));
    }
    end_ += records.size();
    entries_.insert(entries.begin(), entries.end());
    return {};
}

base::Result<void> Journal::keep_only(const std::vector<crypto::Digest>& envelope_digests) {
    const std::set<crypto::Digest> wanted(envelope_digests.begin(), envelope_digests.end());
    const std::size_t gone =
        std::erase_if(entries_, [&](const auto& entry) { return !wanted.contains(entry.first); });
    if (gone == 0) {
        return {};
    }
    base::Bytes text = base::bytes_of(magic);
    for (const auto& [digest, submission] : entries_) {
        const base::Bytes record = record_of(Entry{digest, submission});
        text.insert(text.end(), record.begin(), record.end());
    }
    TRY(base::write_file(path_, text, base::FileMode::owner_only));
    Journal fresh = TRY(Journal::open(path_));
    *this = std::move(fresh);
    return {};
}

}  // namespace pillarbox::opening
