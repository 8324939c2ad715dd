// SPDX-License-Identifier: GPL-3.0-or-later
//
// Batches, and the parts of what they name, that came on a USB stick (sync/client/hand_over.hpp has the layout):
// taken in as an upload is, and answered with a receipt in the same folder. Nothing on a stick is trusted: names are
// judged before anything is opened, links are passed over, sizes are capped, and each batch must be signed by an
// enrolled kiosk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/batch/batch.hpp"
#include "core/crypto/signing.hpp"
#include "sync/store/kiosks.hpp"
#include "sync/store/mending.hpp"

namespace pillarbox::store {

// What became of one kiosk's folder.
struct KioskImport {
    std::string log_id;
    std::uint64_t new_responses = 0;
    std::uint64_t stored = 0;  // the last batch that the store holds now
    base::Result<void> outcome{};
};

// `successions`: how the store's key came to be this one (key_history.hpp), for kiosks that have pinned an older one.
// A kiosk that fails does not keep the others out. not_found where the folder holds no kiosk's.
[[nodiscard]] base::Result<std::vector<KioskImport>> import_hand_over(
    Database& database, const crypto::SigningKey& store_key, const batch::Limits& limits,
    const std::filesystem::path& source, base::Day today, std::string_view successions = {});

// Fills gaps (mending.hpp) from an export of this store or from sticks: only read, no receipt is written.
[[nodiscard]] base::Result<RefillReport> refill_from_folder(Database& database, const std::filesystem::path& source,
                                                            const batch::Limits& limits);

}  // namespace pillarbox::store
