// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/campaign/campaign.hpp"

#include <utility>

#include "core/campaign/campaign_sheet.hpp"
#include "core/form/workbook.hpp"

namespace pillarbox::campaign {
const std::string& Campaign::text(std::string_view name, std::string_view language) const {
    static const std::string no_text;
    const auto found = texts.find(name);
    return found == texts.end() ? no_text : found->second.in(language, form->default_language);
}

base::Result<Campaign> read_campaign_workbook(base::ByteView xlsx, std::string_view where) {
    form::Form read = TRY(form::read_workbook(xlsx, where));
    auto form = std::make_shared<const form::Form>(std::move(read));
    CampaignSheet sheet = TRY(read_campaign_sheet(*form, where));
    Campaign campaign;
    campaign.id = std::move(sheet.campaign_id);
    campaign.opens = sheet.opens;
    campaign.closes = sheet.closes;
    campaign.withdraw_until = sheet.withdraw_until;
    campaign.texts = std::move(sheet.texts);
    campaign.form = std::move(form);
    campaign.workbook.assign(xlsx.begin(), xlsx.end());
    return campaign;
}

}  // namespace pillarbox::campaign
