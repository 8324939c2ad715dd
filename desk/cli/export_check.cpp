// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/cli/export_check.hpp"

#include <algorithm>
#include <optional>

#include "desk/cli/print.hpp"
#include "desk/keys/key_file.hpp"

namespace pillarbox::cli {

base::Result<void> check_identities(const std::vector<envelope::Identity>& identities,
                                    const campaign::Campaign& campaign, const std::string& where) {
    const bool fits = std::ranges::any_of(identities, [&](const envelope::Identity& identity) {
        return std::ranges::find(campaign.recipients, identity.recipient()) != campaign.recipients.end();
    });
    if (!fits) {
        return base::fail(base::ErrorCode::not_authentic, where,
                          "The campaign's responses are not sealed to this key.",
                          "Name the sealing key whose recipient `pillarbox campaign verify` shows.");
    }
    return {};
}

base::Result<opening::ExportReport> check_batches(const std::string& export_folder, const std::string& store_key,
                                                  Problems problems) {
    std::optional<crypto::VerifyKey> pinned;
    if (!store_key.empty()) {
        pinned = TRY(keys::parse_verify_key(store_key, "--store-key"));
    }
    const opening::ExportFolder folder = TRY(opening::read_export(export_folder));
    opening::ExportReport report = opening::check_export(folder, pinned);
    if (!report.holds()) {
        say_error("{}", opening::describe(report));
        if (problems == Problems::refuse) {
            return base::fail(base::ErrorCode::conflict, export_folder,
                              "Not everything in the export holds, so nothing was opened.",
                              "Settle it with the store's admin, or open what is sound with --despite-problems.");
        }
    }
    return report;
}

std::uint64_t envelopes_in(const opening::ExportReport& report) {
    std::uint64_t total = 0;
    for (const opening::LogReport& log : report.logs) {
        total += log.envelopes;
    }
    return total;
}

}  // namespace pillarbox::cli
