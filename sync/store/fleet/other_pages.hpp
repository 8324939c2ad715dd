// SPDX-License-Identifier: GPL-3.0-or-later
//
// The bodies of the other pages of /fleet: signing in, responses a day and station, campaigns, the audit log. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/store/fleet/overview.hpp"
#include "sync/store/fleet/page.hpp"

namespace pillarbox::fleet {

void write_sign_in(Markup& markup, std::string_view form_token, std::string_view name,
                   const std::optional<FieldError>& error);
void write_responses(Markup& markup, const DayTable& table, std::size_t number);

// Those that kiosks tell of and those that were closed, with the kiosks that have them.
struct CampaignLine {
    std::string id;
    std::uint64_t kiosks = 0;
    std::uint64_t waiting = 0;
    std::optional<base::Day> last_day;  // where it was closed
};
[[nodiscard]] std::vector<CampaignLine> campaigns_of(const Overview& overview);
void write_campaigns(Markup& markup, const Viewing& viewing, const Overview& overview);
void write_close(Markup& markup, const Viewing& viewing, const CampaignLine& campaign, std::string_view days,
                 const std::optional<FieldError>& error);

void write_audit(Markup& markup, const std::vector<storage::AuditEntry>& entries);
void write_message(Markup& markup, std::string_view title, std::string_view sentence);

}  // namespace pillarbox::fleet
