// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store's contents as plain files, for the committee's desk:
//   store.json                  {"store_name", "store_key" (base64), "epoch"}
//   successions.txt             where the store's key was rotated: how it came to follow others
//   kiosks.json                 [{"log_id" (hex), "station", "device_key" (base64), "forerunner" (hex)}]
//   <log id>/000001.batch ...   the exact bytes that the kiosk signed
//   <log id>/<digest>.envelope  a large envelope that a batch names, whole (an age file as any other)
//   <log id>/branch/000002-<hash>.batch   what contradicts the log: of a kiosk that was cloned or put back
//   <log id>/receipt.txt        the store's signed note on that log
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

struct ExportReport {
    std::uint64_t kiosks = 0;
    std::uint64_t batches = 0;
    std::uint64_t responses = 0;
    std::uint64_t branch_batches = 0;  // besides, of other branches of the kiosks' logs
    std::uint64_t unnamed = 0;         // large envelopes that no batch names (yet): left out
};

// One state of the store, checked while it is read. The folder appears whole or not at all; already_exists where it
// is there.
[[nodiscard]] base::Result<ExportReport> export_store(Database& database, const crypto::SigningKey& store_key,
                                                      const batch::Limits& limits,
                                                      const std::filesystem::path& target,
                                                      std::string_view successions = {});

}  // namespace pillarbox::store
