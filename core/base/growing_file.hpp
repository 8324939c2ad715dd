// SPDX-License-Identifier: GPL-3.0-or-later
//
// A file that is written piece by piece, for what should not be in memory as a whole, and appears whole or not at
// all: under another name until finish(), and gone where that is never reached. Threading: one thread.
#pragma once

#include <filesystem>

#include "core/base/bytes.hpp"
#include "core/base/new_file.hpp"
#include "core/base/result.hpp"

namespace pillarbox::base {

class GrowingFile {
  public:
    [[nodiscard]] static Result<GrowingFile> create(const std::filesystem::path& path);
    ~GrowingFile();
    GrowingFile(GrowingFile&& other) noexcept;
    GrowingFile& operator=(GrowingFile&&) = delete;

    [[nodiscard]] Result<void> append(ByteView bytes);
    // Flushed to disk and given its name, in the place of what had it; the caller flushes the folder where that
    // matters.
    [[nodiscard]] Result<void> finish();

  private:
    GrowingFile(std::filesystem::path path, std::filesystem::path temporary, NewFile file);
    std::filesystem::path path_;
    std::filesystem::path temporary_;  // empty once finished, or moved from
    NewFile file_;
};

}  // namespace pillarbox::base
