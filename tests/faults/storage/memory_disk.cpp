// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/faults/storage/memory_disk.hpp"

#include <algorithm>
#include <utility>

namespace pillarbox::tests {
namespace {

void write_into(base::Bytes& content, std::size_t offset, base::ByteView bytes) {
    if (content.size() < offset + bytes.size()) {
        content.resize(offset + bytes.size());
    }
    std::ranges::copy(bytes, content.begin() + static_cast<std::ptrdiff_t>(offset));
}

}  // namespace

bool MemoryDisk::spend() {
    changes_left_ = changes_left_ == UINT64_MAX || changes_left_ == 0 ? changes_left_ : changes_left_ - 1;
    return has_power();
}

bool MemoryDisk::write(const std::string& name, std::size_t offset, base::ByteView bytes) {
    const bool had_power = has_power();
    if (!spend()) {
        if (had_power) {  // the power goes during this write: a part of it may be on its way
            since_[name].push_back({Change::Kind::write, offset, base::Bytes(bytes.begin(), bytes.end())});
        }
        return false;
    }
    write_into(now_[name], offset, bytes);
    since_[name].push_back({Change::Kind::write, offset, base::Bytes(bytes.begin(), bytes.end())});
    return true;
}

bool MemoryDisk::truncate(const std::string& name, std::size_t size_bytes) {
    if (!spend()) {
        return false;
    }
    now_[name].resize(size_bytes);
    since_[name].push_back({Change::Kind::truncate, size_bytes, {}});
    return true;
}

bool MemoryDisk::remove(const std::string& name) {
    if (!spend()) {
        return false;
    }
    now_.erase(name);
    since_[name].push_back({Change::Kind::remove, 0, {}});
    return true;
}

bool MemoryDisk::flush(const std::string& name) {
    if (!spend()) {
        return false;
    }
    const bool lies =
        flushes_ == Flushes::ignored || (flushes_ == Flushes::ignored_for_wal && name.ends_with("-wal"));
    if (!lies) {
        // Metadata in order, as journalling file systems have it: a flush takes earlier deletions with it.
        std::erase_if(since_, [this](const auto& entry) {
            const bool is_gone = !now_.contains(entry.first);
            flushed_.erase(is_gone ? entry.first : std::string());
            return is_gone;
        });
        flushed_[name] = now_[name];
        since_.erase(name);
    }
    return true;
}

void MemoryDisk::create(const std::string& name) {
    now_.try_emplace(name);
}

base::Bytes* MemoryDisk::content(const std::string& name) {
    const auto found = now_.find(name);
    return found == now_.end() ? nullptr : &found->second;
}

void MemoryDisk::clear() {
    *this = MemoryDisk();
}

void MemoryDisk::put(const std::string& name, base::Bytes content) {
    flushed_[name] = content;
    now_[name] = std::move(content);
}

void MemoryDisk::lose_power(SeededRandom& random) {
    constexpr std::size_t sector_sizes_bytes[] = {512, 4096};
    const std::size_t sector_size_bytes = sector_sizes_bytes[random.below(2)];
    const std::uint64_t survival_percent = std::uint64_t{25} * random.below(5);
    const std::uint64_t garbage_percent = random.in_percent(50) ? 0 : 20;
    for (auto& [name, changes] : since_) {
        for (const Change& change : changes) {
            if (change.kind == Change::Kind::remove && random.in_percent(survival_percent)) {
                flushed_.erase(name);
            }
            if (change.kind == Change::Kind::truncate && random.in_percent(survival_percent)) {
                flushed_[name].resize(change.place);
            }
            if (change.kind != Change::Kind::write) {
                continue;
            }
            for (std::size_t start = 0; start < change.bytes.size();) {
                const std::size_t place = change.place + start;
                const std::size_t size =
                    std::min(sector_size_bytes - place % sector_size_bytes, change.bytes.size() - start);
                base::Bytes piece(change.bytes.begin() + static_cast<std::ptrdiff_t>(start),
                                  change.bytes.begin() + static_cast<std::ptrdiff_t>(start + size));
                if (random.in_percent(garbage_percent)) {
                    random.fill(piece);
                    write_into(flushed_[name], place, piece);
                } else if (random.in_percent(survival_percent)) {
                    write_into(flushed_[name], place, piece);
                }
                start += size;
            }
        }
    }
    now_ = flushed_;
    since_.clear();
    shared_.clear();
    changes_left_ = UINT64_MAX;
}

}  // namespace pillarbox::tests
