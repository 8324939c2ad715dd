// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/other_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace pillarbox::fleet {
namespace {

std::string state_of(const CampaignLine& campaign, base::Day today) {
    if (!campaign.last_day.has_value()) {
        return "Open";
    }
    const std::string day = base::format_day(*campaign.last_day);
    return today > *campaign.last_day ? fmt::format("Closed since {}; USB sticks still come in", day)
                                      : fmt::format("Closing: by network until {}", day);
}

struct AuditWord {
    std::string_view code;
    std::string_view text;
};

std::string_view words_for(std::string_view code) {
    constexpr AuditWord words[] = {
        {"signed_in", "Signed in"},
        {"token_issued", "Made a token"},
        {"kiosk_revoked", "Revoked a kiosk"},
        {"kiosk_renewed", "Took a new key"},
        {"store_key_rotated", "Rotated the store's key"},
        {"kiosk_readmitted", "Readmitted a kiosk"},
        {"campaign_closed", "Closed a campaign"},
        {"account_changed", "Made or changed an account"},
        {"account_removed", "Removed an account"},
    };
    const auto found = std::ranges::find(words, code, &AuditWord::code);
    return found == std::end(words) ? code : found->text;
}

}  // namespace

void write_sign_in(Markup& markup, std::string_view form_token, std::string_view name,
                   const std::optional<FieldError>& error) {
    write_error_summary(markup, error);
    markup.leaf("h1", "Sign in");
    write_form(markup, "/fleet/sign-in", form_token, "Sign in", Weight::plain, [&](Markup& fields) {
        write_field(fields, {"name", "Name", {}, "text", name, "username"}, error);
        write_field(fields, {"passphrase", "Passphrase", {}, "password", {}, "current-password"}, error);
    });
    markup.leaf("p", "Whoever runs the store makes accounts, with pillarbox-store staff add.", {{"class", "hint"}});
}

std::vector<CampaignLine> campaigns_of(const Overview& overview) {
    std::map<std::string, CampaignLine> by_id;
    for (const KioskLine& line : overview.kiosks) {
        if (line.report.has_value() && line.state != KioskState::revoked) {
            const protocol::KioskReport& report = line.report->figures.report;
            CampaignLine& campaign = by_id[report.campaign_id];
            ++campaign.kiosks;
            campaign.waiting += std::min(report.waiting, std::uint64_t{1} << 32U);  // a kiosk's word, kept in bounds
        }
    }
    for (const storage::ClosedCampaign& closed : overview.closed) {
        by_id[closed.id].last_day = closed.last_day;
    }
    std::vector<CampaignLine> campaigns;
    for (auto& [id, campaign] : by_id) {
        campaign.id = id;
        campaigns.push_back(campaign);
    }
    return campaigns;
}

void write_campaigns(Markup& markup, const Viewing& viewing, const Overview& overview) {
    markup.leaf("h1", "Campaigns");
    const auto campaigns = campaigns_of(overview);
    if (campaigns.empty()) {
        markup.leaf("p", "No kiosk has told of a campaign yet.", {{"class", "lead"}});
        return;
    }
    markup.open("table", {{"class", "cards"}, {"role", "table"}});
    markup.leaf("caption", "Campaigns that kiosks have, and those that were closed");
    markup.open("thead", {{"role", "rowgroup"}}).open("tr", {{"role", "row"}});
    for (const std::string_view name : {"Campaign", "State", "Kiosks", "Responses waiting there"}) {
        const bool is_number = name == "Kiosks" || name == "Responses waiting there";
        markup.leaf("th", name, {{"scope", "col"}, {"role", "columnheader"}, {is_number ? "class" : "", "number"}});
    }
    if (viewing.may_change()) {
        markup.leaf("th", "Action", {{"scope", "col"}, {"role", "columnheader"}});
    }
    markup.close().close().open("tbody", {{"role", "rowgroup"}});
    for (const CampaignLine& campaign : campaigns) {
        markup.open("tr", {{"role", "row"}});
        markup.leaf("th", campaign.id, {{"scope", "row"}, {"role", "rowheader"}, {"class", "station"}});
        markup.leaf("td", state_of(campaign, overview.today), {{"role", "cell"}, {"data-label", "State"}});
        markup.leaf("td", std::to_string(campaign.kiosks),
                    {{"role", "cell"}, {"data-label", "Kiosks"}, {"class", "number"}});
        markup.leaf("td", std::to_string(campaign.waiting),
                    {{"role", "cell"}, {"data-label", "Responses waiting there"}, {"class", "number"}});
        if (viewing.may_change()) {
            const bool again = campaign.last_day.has_value();
            markup.open("td", {{"role", "cell"}});
            markup.link(fmt::format("/fleet/campaign/{}/close", campaign.id),
                        fmt::format("{} {}", again ? "Change the last day of" : "Close", campaign.id));
            markup.close();
        }
        markup.close();
    }
    markup.close().close();
}

void write_close(Markup& markup, const Viewing& viewing, const CampaignLine& campaign, std::string_view days,
                 const std::optional<FieldError>& error) {
    write_error_summary(markup, error);
    markup.leaf("h1", fmt::format("Close {}?", campaign.id));
    markup.leaf("p", "What will happen:").open("ul");
    markup.leaf("li", "Its responses come in by network for the days that you give, for kiosks that are late.");
    markup.leaf("li", "After that they come in on a USB stick only. Nothing that is stored changes.");
    markup.leaf("li", fmt::format("{} kiosks have this campaign, and hold {} responses that are not here yet.",
                                  campaign.kiosks, campaign.waiting));
    markup.leaf("li", "The kiosks go on asking until they get another pack, or until its closing date.");
    markup.close();
    write_form(markup, fmt::format("/fleet/campaign/{}/close", campaign.id), viewing.session->form_token,
               "Close this campaign", Weight::grave, [&](Markup& fields) {
                   write_field(fields, {"days", "Days for kiosks that are late", {}, "number", days}, error);
               });
    markup.leaf("a", "Cancel", {{"href", "/fleet/campaigns"}, {"class", "button second"}});
}

void write_audit(Markup& markup, const std::vector<storage::AuditEntry>& entries) {
    markup.leaf("h1", "Audit log");
    markup.leaf("p", "Who did what, and on which day: the last 200 entries, the newest first.");
    if (entries.empty()) {
        markup.leaf("p", "Nothing yet.");
        return;
    }
    markup.open("div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Audit log"}});
    markup.open("table").open("thead").open("tr");
    for (const std::string_view name : {"Day", "Who", "What", "To what"}) {
        markup.leaf("th", name, {{"scope", "col"}});
    }
    markup.close().close().open("tbody");
    for (const storage::AuditEntry& entry : entries) {
        markup.open("tr").leaf("td", entry.day).leaf("td", entry.who);
        markup.leaf("td", words_for(entry.what)).leaf("td", entry.subject).close();
    }
    markup.close().close().close();
}

void write_message(Markup& markup, std::string_view title, std::string_view sentence) {
    markup.leaf("h1", title).leaf("p", sentence);
    markup.leaf("a", "Go to the kiosks", {{"href", "/fleet"}, {"class", "button"}});
}

}  // namespace pillarbox::fleet
