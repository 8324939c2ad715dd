// SPDX-License-Identifier: GPL-3.0-or-later
//
// A store's export, as `pillarbox-store export` writes it (docs/cli.md): what the store says of itself and of its
// kiosks, and where each kiosk's batches lie. Nothing here is believed: chain_check.hpp holds the batches against
// keys and receipts.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"

namespace pillarbox::opening {

struct KioskLog {
    batch::LogId log_id{};
    std::string station;
    crypto::VerifyKey device_key;
    batch::LogId forerunner{};  // zeros for a kiosk's first log
    std::filesystem::path folder;
    std::vector<std::filesystem::path> batch_files;   // every "*.batch", sorted by name
    std::vector<std::filesystem::path> branch_files;  // the same in "branch": what contradicts the log
};

struct ExportFolder {
    std::filesystem::path folder;
    std::string store_name;
    crypto::VerifyKey store_key;
    std::string successions;  // how that key came to follow others (core/batch/succession.hpp); mostly empty
    std::uint64_t epoch = 0;
    std::vector<KioskLog> logs;                   // as kiosks.json lists them
    std::vector<std::filesystem::path> unlisted;  // folders with batches that kiosks.json does not name
};

[[nodiscard]] base::Result<ExportFolder> read_export(const std::filesystem::path& folder);

}  // namespace pillarbox::opening
