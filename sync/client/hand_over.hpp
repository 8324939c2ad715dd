// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sending without a network: the batches that no receipt covers go to a folder on a USB stick, the store takes them
// in there and leaves its receipt, and the stick brings that back. The same batches and the same receipts as over
// HTTPS, so that both ways can be used side by side and nothing is counted twice.
//
//   FOLDER/<log id>/000001.batch ...     written here, read by `pillarbox-store import`
//   FOLDER/<log id>/<digest>-0001.part ...   of the large envelopes that batches name
//   FOLDER/<log id>/receipt.txt          written there, read here
//   FOLDER/<log id>/successions.txt      written there where the store's key was rotated, read here
//
// A stick that is lost holds envelopes that only the committee can open.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/random.hpp"
#include "core/base/result.hpp"

namespace pillarbox::client {

struct HandOverReport {
    std::uint64_t batches = 0;
    std::uint64_t responses = 0;  // without tests
};

// Draws what waits into batches, and writes every batch that is not purged yet. Nothing is deleted here. not_found
// before enrolment.
[[nodiscard]] base::Result<HandOverReport> export_batches(const std::filesystem::path& station_folder,
                                                          const std::filesystem::path& target, base::Random& random);

struct ReceiptReport {
    std::uint64_t confirmed = 0;  // responses that were deleted here now
    std::uint64_t kept = 0;       // responses that are still here
};

// Purges what the store's receipt covers, once its signature was verified. not_found where the folder holds none for
// this kiosk; not_authentic, conflict as for a receipt over HTTPS.
[[nodiscard]] base::Result<ReceiptReport> import_receipt(const std::filesystem::path& station_folder,
                                                         const std::filesystem::path& source, base::Random& random);

}  // namespace pillarbox::client
