// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file that is written piece by piece, for what is too large for write_file. Under which name it lies until it is
// whole, and when it gets its own, is the caller's.
#pragma once

#include <filesystem>

#include "core/base/bytes.hpp"
#include "core/base/file.hpp"
#include "core/base/result.hpp"

namespace pillarbox::base {

class NewFile {
  public:
    // An error where there is something of this name, if only a link.
    [[nodiscard]] static Result<NewFile> create(const std::filesystem::path& path, FileMode mode);
    ~NewFile();
    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&&) = delete;

    [[nodiscard]] Result<void> write(ByteView bytes);
    [[nodiscard]] Result<void> flush();  // its bytes are on disk when this returns success

  private:
    NewFile(int descriptor, std::filesystem::path path);

    int descriptor_;
    std::filesystem::path path_;
};

}  // namespace pillarbox::base
