// SPDX-License-Identifier: GPL-3.0-or-later
//
// A real ext4 whose power can be cut: an image in memory, on a loop device, mounted at a folder. The cut is ext4's
// shutdown (EXT4_IOC_SHUTDOWN): from that moment nothing more reaches the image, and what had not is gone. Mounting
// again replays the file system's journal, as after a power cut.
//
// Needs root and loop devices. Threading: none. The mount is in this process's own namespace and dies with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::tests {

// What ext4 still writes at the cut: its journal is flushed first, or not.
enum class Cut : std::uint32_t { after_journal_flush = 1, at_once = 2 };

// An empty file system of 24 MiB, to be copied for each run. `unavailable` where mkfs.ext4 is missing.
[[nodiscard]] base::Result<base::Bytes> make_empty_image(const std::filesystem::path& scratch_folder);

class CutDisk {
  public:
    // `options` for mount, such as "data=writeback".
    [[nodiscard]] static base::Result<CutDisk> mount(const base::Bytes& image, const std::filesystem::path& folder,
                                                     std::string options);
    ~CutDisk();
    CutDisk(CutDisk&& other) noexcept;
    CutDisk& operator=(CutDisk&&) = delete;

    [[nodiscard]] base::Result<void> cut_power(Cut cut);
    [[nodiscard]] base::Result<void> mount_again();  // nobody has a file open on it

  private:
    CutDisk(int image, int device, std::string device_path, std::filesystem::path folder, std::string options);
    [[nodiscard]] base::Result<void> mount_now();
    int image_;
    int device_;
    std::string device_path_;
    std::filesystem::path folder_;
    std::string options_;
    bool is_mounted_ = false;
};

}  // namespace pillarbox::tests
