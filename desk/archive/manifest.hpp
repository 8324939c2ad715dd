// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tag files of a bag (BagIt 1.0, RFC 8493) as pure text: manifests, which list a checksum for each file, and
// bag-info.txt. Reading is strict, as a manifest comes with a bag from anywhere: a path that could lead out of the
// bag is refused before anybody looks at a disk. docs/formats/archive.md.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.hpp"
#include "core/base/result.hpp"
#include "core/crypto/sha512.hpp"

namespace pillarbox::archive {

inline constexpr std::size_t manifest_size_bytes_max = std::size_t{256} << 20U;
inline constexpr std::size_t manifest_entries_max = 1'000'000;
inline constexpr std::size_t path_size_bytes_max = 4096;
inline constexpr std::size_t line_size_bytes_max = 64 * 1024;  // of a manifest: a path may be escaped and indented
inline constexpr std::size_t tag_file_size_bytes_max = std::size_t{1} << 20U;
inline constexpr std::size_t tags_max = 1000;

struct ManifestEntry {
    std::string path;  // decoded, from the bag's folder, with '/': "data/export/store.json"
    crypto::LongDigest digest{};
    friend bool operator==(const ManifestEntry&, const ManifestEntry&) = default;
};

// CR, LF and '%' as "%0D", "%0A" and "%25", and nothing else (RFC 8493, 2.1.3). decode refuses other escapes.
[[nodiscard]] std::string encode_path(std::string_view path);
[[nodiscard]] base::Result<std::string> decode_path(std::string_view encoded);

// Whether the path stays in the bag: relative, no empty, "." or ".." part, no NUL, UTF-8, not over the cap.
[[nodiscard]] bool stays_inside(std::string_view path);

// Lines sorted by path, as `sha512sum -c` reads them.
[[nodiscard]] std::string format_manifest(std::vector<ManifestEntry> entries);

// malformed (with the line's number, never its text) where a line is none, a path is unsafe or comes twice;
// limit_exceeded past a cap, before anything of that size is allocated. `where` is the file's name for messages.
[[nodiscard]] base::Result<std::vector<ManifestEntry>> parse_manifest(base::ByteView text, const std::string& where);

using Tags = std::vector<std::pair<std::string, std::string>>;  // label, value; in order, labels may repeat

// A value keeps to one line: its line breaks become spaces. What is read, folded over lines or not, is the same when
// it is written and read again.
[[nodiscard]] std::string format_tags(const Tags& tags);
[[nodiscard]] base::Result<Tags> parse_tags(base::ByteView text, const std::string& where);

inline constexpr std::string_view declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

}  // namespace pillarbox::archive
