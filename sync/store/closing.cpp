// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/closing.hpp"

#include <fmt/format.h>

#include "sync/store/again.hpp"

namespace pillarbox::store {

base::Result<storage::ClosedCampaign> close_campaign(Database& database, std::string_view campaign_id,
                                                     std::uint64_t grace_days, base::Day today) {
    if (!batch::is_campaign_id(campaign_id)) {
        return base::fail(base::ErrorCode::usage, std::string(campaign_id), "Not a campaign id.",
                          "Copy it from the campaign's sheet: letters, digits, hyphens.");
    }
    if (grace_days > grace_days_max) {
        return base::fail(base::ErrorCode::usage, fmt::format("{}", grace_days), "Too many days of grace.");
    }
    const storage::ClosedCampaign closed{std::string(campaign_id),
                                         today + std::chrono::days(static_cast<int>(grace_days))};
    const auto close = [&]() -> base::Result<void> {
        const auto transaction = TRY(database.begin(TransactionKind::write));
        TRY(transaction->set_closed(closed));
        return transaction->commit();
    };
    TRY(again_if_cut(close));
    return closed;
}

base::Result<std::vector<storage::ClosedCampaign>> closed_campaigns(Database& database) {
    const auto transaction = TRY(database.begin(TransactionKind::read));
    return transaction->closed_campaigns();
}

}  // namespace pillarbox::store
