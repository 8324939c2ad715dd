// SPDX-License-Identifier: GPL-3.0-or-later
//
// What has to hold before envelopes of an export are opened.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/campaign/campaign.hpp"
#include "core/envelope/envelope.hpp"
#include "desk/opening/chain_check.hpp"

namespace pillarbox::cli {

// not_authentic where none of the keys is a recipient of the campaign: told at once, instead of a list of unreadable
// envelopes at the end.
[[nodiscard]] base::Result<void> check_identities(const std::vector<envelope::Identity>& identities,
                                                  const campaign::Campaign& campaign, const std::string& where);

enum class Problems { refuse, go_on };

// Prints what does not hold; conflict then, unless the sound batches are wanted all the same. `store_key` in base64,
// or empty.
[[nodiscard]] base::Result<opening::ExportReport> check_batches(const std::string& export_folder,
                                                                const std::string& store_key, Problems problems);

[[nodiscard]] std::uint64_t envelopes_in(const opening::ExportReport& report);

}  // namespace pillarbox::cli
