// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where an archive takes bags over a network: a JSON file of its own, as it may hold a password. Paths in it are
// taken from its folder. docs/formats/archive.md.
//
//   {"pillarbox_archive_target": 1, "kind": "webdav", "url": "https://archive.example.org/dav/incoming/",
//    "user": "las", "password": "..."}
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/http/file_server.hpp"

namespace pillarbox::archive {

enum class TargetKind { webdav, s3, sftp };

struct ArchiveTarget {
    TargetKind kind = TargetKind::webdav;
    http::FileServerSettings server;
};

inline constexpr std::size_t target_size_bytes_max = std::size_t{64} << 10U;

// malformed where it is not such a file, misses what its kind needs, or says what its kind does not know; usage where
// the file can be read by others than its owner. Errors never quote a value.
[[nodiscard]] base::Result<ArchiveTarget> read_target(const std::filesystem::path& path);
[[nodiscard]] base::Result<ArchiveTarget> parse_target(std::string_view json, const std::filesystem::path& path);

}  // namespace pillarbox::archive
