// SPDX-License-Identifier: GPL-3.0-or-later
//
// The workbook's "campaign" sheet: `name | value | label::Language (code)...`, one row a fact or a text. Internal to
// core/campaign.
#pragma once

#include <map>
#include <string>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "core/form/form.hpp"

namespace pillarbox::campaign {

struct CampaignSheet {
    std::string campaign_id;
    base::Day opens{}, closes{}, withdraw_until{};
    std::map<std::string, form::LocalizedText, std::less<>> texts;  // of every row, required or not
};

// malformed, naming sheet, row and column, where a required row, value or translation is missing or wrong.
[[nodiscard]] base::Result<CampaignSheet> read_campaign_sheet(const form::Form& form, std::string_view where);

}  // namespace pillarbox::campaign
