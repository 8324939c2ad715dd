// SPDX-License-Identifier: GPL-3.0-or-later
//
// Purging, and the receipt under which it was done last: the file receipt.txt of the station, exactly as the store
// signed it. Should the store be put back to an old copy, it is the kiosk's proof that the batches were there.
// Invariant: whatever was purged, the file covers it; it is written before anything goes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/batch/receipt.hpp"
#include "core/outbox/outbox.hpp"
#include "core/station/station.hpp"

namespace pillarbox::client {

[[nodiscard]] std::filesystem::path kept_receipt_path(const std::filesystem::path& station_folder);

// Returns how many envelopes went. `receipt` is what verify_receipt read in `note`. Errors as Outbox::purge.
[[nodiscard]] base::Result<std::uint64_t> purge_under(outbox::Outbox& outbox, const std::filesystem::path& kept_path,
                                                      std::string_view note, const batch::Receipt& receipt);

struct KeptReceipt {
    std::string note;
    batch::Receipt receipt;
};
// nullopt where there is none, or one that no key of the store has signed, pinned now or earlier.
[[nodiscard]] std::optional<KeptReceipt> read_kept_receipt(const std::filesystem::path& kept_path,
                                                           const station::StorePin& store);

}  // namespace pillarbox::client
