// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole files in and out. Reads have a cap that is checked before allocation; writes appear whole or not at all.
#pragma once

#include <cstddef>
#include <filesystem>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"

namespace pillarbox::base {

enum class FileMode { everyone_reads = 0644, owner_only = 0600 };

// `size_max` in bytes; a larger file is an error (limit_exceeded), and is not read.
[[nodiscard]] Result<Bytes> read_file(const std::filesystem::path& path, std::size_t size_max);

// Writes beside the target, fsyncs, renames over it, fsyncs the folder. On any error the old file is untouched and no
// half-written one stays behind.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, ByteView bytes,
                                      FileMode mode = FileMode::everyone_reads);

[[nodiscard]] Result<void> make_folder(const std::filesystem::path& path);  // and its parents

// The Error for the errno of a failed call on `path`: no_space, not_found, input_output..., with the remedy that
// fits.
[[nodiscard]] Error error_of_errno(int number, const std::filesystem::path& path, std::string_view doing);

}  // namespace pillarbox::base
