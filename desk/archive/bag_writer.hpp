// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes one bag (RFC 8493): the payload first, hashed while it is written; then the tag files; then the bag's name.
// Until finish() the folder is called ".NAME.unfinished", owner-only, so that a bag under its own name is whole. The
// bytes depend on what was added and on nothing else: no time, no order of adding, no name of a machine.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "desk/archive/manifest.hpp"

namespace pillarbox::archive {

class BagWriter {
  public:
    // already_exists where there is a bag of this name; what an interrupted run left of it is removed.
    [[nodiscard]] static base::Result<BagWriter> create(const std::filesystem::path& folder, const std::string& name);

    // `path` is below data/, without it. Each is added once.
    [[nodiscard]] base::Result<void> add(const std::string& path, base::ByteView bytes);
    // Copies the file in pieces, however large it is.
    [[nodiscard]] base::Result<void> add_file(const std::string& path, const std::filesystem::path& source);
    // A tag file beside the payload: "metadata/events.xml".
    [[nodiscard]] base::Result<void> add_tag_file(const std::string& path, base::ByteView bytes);

    // Payload-Oxum is put at the end of `info`. Everything is on disk, durably, when this returns the bag's folder.
    [[nodiscard]] base::Result<std::filesystem::path> finish(Tags info);

    [[nodiscard]] std::uint64_t payload_size_bytes() const { return payload_size_bytes_; }
    [[nodiscard]] std::uint64_t payload_files() const { return payload_.size(); }
    [[nodiscard]] const std::string& name() const { return name_; }

  private:
    BagWriter(std::filesystem::path folder, std::string name);
    base::Result<std::filesystem::path> place_for(const std::string& path) const;

    std::filesystem::path folder_, unfinished_;
    std::string name_;
    std::vector<ManifestEntry> payload_, tag_files_;
    std::uint64_t payload_size_bytes_ = 0;
};

// Reads the file in pieces and hands each on. Symbolic links are not followed.
[[nodiscard]] base::Result<void> read_in_pieces(const std::filesystem::path& path,
                                                const std::function<base::Result<void>(base::ByteView)>& take);

}  // namespace pillarbox::archive
