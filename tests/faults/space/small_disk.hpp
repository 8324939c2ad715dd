// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file system whose room is set from outside: a tmpfs, which counts in pages of 4 KiB and in inodes. For a full
// disk at any byte there is the size limit of a process's files besides. Needs root.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/result.hpp"

namespace pillarbox::tests {

class SmallDisk {
  public:
    [[nodiscard]] static base::Result<SmallDisk> mount(const std::filesystem::path& folder);  // with plenty of room
    ~SmallDisk();
    SmallDisk(SmallDisk&& other) noexcept;
    SmallDisk& operator=(SmallDisk&&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] std::uint64_t used_bytes() const;
    [[nodiscard]] base::Result<void> leave_bytes(std::uint64_t room_bytes);  // beyond what is used now
    [[nodiscard]] base::Result<void> leave_files(std::uint64_t room_files);
    [[nodiscard]] base::Result<void> leave_plenty();

  private:
    explicit SmallDisk(std::filesystem::path folder) : folder_(std::move(folder)) {}
    [[nodiscard]] base::Result<void> remount(const std::string& options) const;
    std::filesystem::path folder_;
};

// While it lives, no file of this process and of its children grows past a size: the write fails as on a full disk.
// The signal that would end them instead (SIGXFSZ) is ignored, in them too.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(std::uint64_t size_bytes);
    ~FileSizeLimit();
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
};

}  // namespace pillarbox::tests
