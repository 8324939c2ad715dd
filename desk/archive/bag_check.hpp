// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a bag is complete and valid (RFC 8493, section 3), and whether it is one that can be trusted with a disk:
// no links, no devices, nothing beside what the manifests list. Only what the walk over the bag's own folders finds
// is ever opened: a path in a manifest is compared, never followed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "desk/archive/manifest.hpp"

namespace pillarbox::archive {

struct BagFinding {
    std::string path;  // in the bag, or the file that is wrong
    std::string what;  // a sentence
};

struct BagReport {
    std::filesystem::path folder;
    std::vector<BagFinding> findings;  // empty: the bag is valid
    std::uint64_t payload_files = 0, payload_size_bytes = 0;
    Tags info;
    crypto::LongDigest manifest_digest{};  // of manifest-sha512.txt: what certificates and receipts name the bag by
    std::vector<ManifestEntry> payload;    // as the manifest lists it; empty where it can't be read
    std::vector<ManifestEntry> tag_files;  // as they were found, the tag manifest too
    [[nodiscard]] bool holds() const { return findings.empty(); }
};

// Errors only where the folder can't be read at all.
[[nodiscard]] base::Result<BagReport> check_bag(const std::filesystem::path& folder);

// One line for the bag, then one for each finding.
[[nodiscard]] std::string describe(const BagReport& report);

// The bags directly inside the folder, sorted by name: every folder that holds a bagit.txt; or the folder itself.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> bags_in(const std::filesystem::path& folder);

[[nodiscard]] std::string tag_of(const Tags& tags, std::string_view label);  // the first of this label, or empty

}  // namespace pillarbox::archive
