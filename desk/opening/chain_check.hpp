// SPDX-License-Identifier: GPL-3.0-or-later
//
// Holds one kiosk's exported batches against what cannot be forged: the device's signatures, the hash chain from its
// genesis, and the store's signed receipt. What each check stops:
//   log id       a store that swaps a device key: the id is a hash over the key
//   signature    a store or a stick that invents or edits a batch
//   chain, gaps  a batch left out in the middle or put into another order
//   forks        a store that shows two histories
// What a cloned or restored kiosk has sent beside its log is no part of the chain, and the export says so by its
// place: the device's signature stands for it, and whoever opens it counts a response once.
//   receipt      batches left out at the end, after the store had signed for them
// A kiosk left out as a whole can only be seen by comparing the table with the list of stations.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/crypto/hash.hpp"
#include "desk/opening/export_folder.hpp"

namespace pillarbox::opening {

// What the desk reads: well over what stores accept, so that no store's setting gets in the way here.
[[nodiscard]] batch::Limits desk_limits();

// A batch whose format, digests, log id and signature are right. The file is read again when it is opened, and has to
// have this header hash then.
struct CheckedBatch {
    std::filesystem::path file;
    std::string campaign_id;
    std::uint64_t number = 0;
    std::uint64_t count = 0;
    crypto::Digest hash{};
};

struct LogReport {
    KioskLog log;
    std::vector<CheckedBatch> batches;  // by number, then by file name, and those of other branches last
    std::uint64_t branch_batches = 0;   // of these
    std::uint64_t envelopes = 0;        // without those that were withdrawn
    std::uint64_t withdrawn = 0;
    std::optional<std::uint64_t>
        receipt;                        // the number up to which the store has signed; empty without a valid receipt
    std::vector<base::Error> problems;  // empty: everything holds
};

[[nodiscard]] LogReport check_log(const KioskLog& log, const ExportFolder& folder,
                                  const crypto::VerifyKey& store_key);

struct ExportReport {
    std::vector<LogReport> logs;
    std::vector<base::Error> problems;  // of the export as a whole
    [[nodiscard]] bool holds() const;
};
// `store_key`: the pinned key, or one that it has followed; the export's own word where it is empty.
[[nodiscard]] ExportReport check_export(const ExportFolder& folder,
                                        const std::optional<crypto::VerifyKey>& store_key);

// A table, a line a kiosk, then the problems, a line each.
[[nodiscard]] std::string describe(const ExportReport& report);

}  // namespace pillarbox::opening
