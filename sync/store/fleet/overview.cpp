// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/overview.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "sync/store/closing.hpp"

namespace pillarbox::fleet {
namespace {

std::optional<base::Day> day_of(std::string_view text) {
    const auto day = base::parse_day(text);
    return day.has_value() ? std::optional(*day) : std::nullopt;
}

std::optional<base::Day> last_contact_of(const KioskLine& line) {
    const auto batch_day = day_of(line.kiosk.last_day);
    const auto report_day = line.report.has_value() ? day_of(line.report->day) : std::nullopt;
    return std::max(batch_day, report_day);  // none is before every day
}

bool is_closed(const std::vector<storage::ClosedCampaign>& closed, std::string_view campaign_id, base::Day today) {
    return std::ranges::any_of(closed, [&](const storage::ClosedCampaign& campaign) {
        return campaign.id == campaign_id && today > campaign.last_day;
    });
}

void add_concerns_of_report(KioskLine& line, const Overview& overview) {
    const protocol::KioskReport& report = line.report->figures.report;
    const double share_min = static_cast<double>(disk_free_percent_min) / 100.0;
    if (static_cast<double>(report.disk_free_bytes) < static_cast<double>(report.disk_total_bytes) * share_min) {
        line.concerns.push_back(Concern::disk_low);
    }
    if (report.battery_percent.value_or(100) < battery_percent_min) {
        line.concerns.push_back(Concern::battery_low);
    }
    if (std::abs(line.report->figures.clock_offset_minutes) > clock_minutes_max) {
        line.concerns.push_back(Concern::clock_off);
    }
    if (report.program_version != PILLARBOX_VERSION) {
        line.concerns.push_back(Concern::other_version);
    }
    if (report.waiting > 0 && is_closed(overview.closed, report.campaign_id, overview.today)) {
        line.concerns.push_back(Concern::campaign_closed);
    }
}

void judge(KioskLine& line, const Overview& overview) {
    line.last_contact = last_contact_of(line);
    if (line.kiosk.revoked_after.has_value()) {
        line.state = KioskState::revoked;
        return;
    }
    if (line.forks > 0) {
        line.concerns.push_back(Concern::forked);
        line.state = KioskState::forked;
    }
    if (!line.last_contact.has_value()) {
        line.concerns.push_back(Concern::never_heard);
    } else if ((overview.today - *line.last_contact).count() >= silent_days_min) {
        line.concerns.push_back(Concern::silent);
    }
    if (line.state != KioskState::forked && !line.last_contact.has_value()) {
        line.state = KioskState::never_heard;
    } else if (line.state != KioskState::forked && !line.concerns.empty()) {
        line.state = KioskState::silent;
    }
    if (!line.gaps.empty()) {
        line.concerns.push_back(Concern::missing);
    }
    if (line.report.has_value()) {
        add_concerns_of_report(line, overview);
    }
    std::ranges::stable_partition(line.concerns, is_urgent);
}

// Urgent ones first, then any concern, then the rest; revoked ones last.
int rank_of(const KioskLine& line) {
    if (line.state == KioskState::revoked) {
        return 3;
    }
    return line.concerns.empty() ? 2 : is_urgent(line.concerns.front()) ? 0 : 1;
}

}  // namespace

std::string_view name_of(Concern concern) {
    switch (concern) {
        case Concern::forked:
            return "Two copies";
        case Concern::missing:
            return "Batches missing";
        case Concern::silent:
            return "No contact";
        case Concern::never_heard:
            return "Not heard from yet";
        case Concern::disk_low:
            return "Storage almost full";
        case Concern::battery_low:
            return "Battery low";
        case Concern::clock_off:
            return "Clock wrong";
        case Concern::other_version:
            return "Another version";
        case Concern::campaign_closed:
            return "Responses left behind";
    }
    return {};
}

std::string_view remedy_for(Concern concern) {
    switch (concern) {
        case Concern::forked:
            return "Two machines have sent different batches under this kiosk's name: it was cloned, or put back "
                   "from a backup. What the second one has sent is kept beside the first one's, and is in exports. "
                   "Take both out of use, bring what they still hold here on a USB stick, and enrol each one anew.";
        case Concern::missing:
            return "The store was put back to an old copy, and the kiosk had purged what this copy lacks. Fill the "
                   "gap "
                   "with pillarbox-store refill, from whatever still holds the batches: a standby, a newer backup, "
                   "an "
                   "export or a stick. The kiosk's new responses come in meanwhile.";
        case Concern::silent:
            return "Ask the station whether it has power and a network. Nothing is lost meanwhile: the kiosk keeps "
                   "what people answer. If it has no network, fetch its responses on a USB stick.";
        case Concern::never_heard:
            return "Start the kiosk where it has a network, and let it send once.";
        case Concern::disk_low:
            return "Let the kiosk send what it holds, then look in its staff screens at what else fills its storage. "
                   "A kiosk with full storage takes no more responses.";
        case Concern::battery_low:
            return "Ask the station to plug the kiosk in.";
        case Concern::clock_off:
            return "Set the kiosk's clock. No response is lost or put in another order by a wrong clock, but closing "
                   "days come early or late.";
        case Concern::other_version:
            return "Update the kiosk, or the store, so that both run the same release.";
        case Concern::campaign_closed:
            return "Its campaign is closed: what it still holds comes in on a USB stick only. Fetch it, and take it "
                   "in "
                   "with pillarbox-store import.";
    }
    return {};
}

bool is_urgent(Concern concern) {
    switch (concern) {
        case Concern::forked:
        case Concern::missing:
        case Concern::silent:
        case Concern::disk_low:
        case Concern::campaign_closed:
            return true;
        case Concern::never_heard:
        case Concern::battery_low:
        case Concern::clock_off:
        case Concern::other_version:
            return false;
    }
    return false;
}

std::string_view name_of(KioskState state) {
    switch (state) {
        case KioskState::active:
            return "active";
        case KioskState::silent:
            return "silent";
        case KioskState::never_heard:
            return "never_heard";
        case KioskState::forked:
            return "forked";
        case KioskState::revoked:
            return "revoked";
    }
    return "active";
}

std::uint64_t missing_batches(const KioskLine& line) {
    std::uint64_t count = 0;
    for (const storage::Gap& gap : line.gaps) {
        count += gap.last - gap.first + 1;
    }
    return count;
}

base::Result<Overview> read_overview(Database& database, base::Day today) {
    auto reports = TRY(store::last_reports(database));
    const auto transaction = TRY(database.begin(store::TransactionKind::read));
    const auto kiosks = TRY(transaction->all_kiosks());
    const auto forks = TRY(transaction->fork_counts());
    Overview overview;
    overview.today = today;
    overview.epoch = database.identity().epoch;
    overview.closed = TRY(transaction->closed_campaigns());
    std::map<batch::LogId, std::uint64_t> forks_of;
    for (const storage::ForkCount& count : forks) {
        forks_of[count.log_id] = count.forks;
    }
    std::map<batch::LogId, storage::UnnamedSize> unnamed_of;
    const auto unnamed = TRY(transaction->unnamed_sizes());
    for (const storage::UnnamedSize& size : unnamed) {
        unnamed_of[size.log_id] = size;
        overview.unnamed.envelopes += size.envelopes;
        overview.unnamed.size_bytes += size.size_bytes;
    }
    for (const store::Kiosk& kiosk : kiosks) {
        KioskLine line;
        line.kiosk = kiosk;
        line.unnamed = unnamed_of[kiosk.log_id];
        const auto report = reports.find(kiosk.log_id);
        if (report != reports.end()) {
            line.report = std::move(report->second);
        }
        const auto counted = forks_of.find(kiosk.log_id);
        line.forks = counted == forks_of.end() ? 0 : counted->second;
        if (overview.epoch > 1) {  // before the first restoration there is no gap
            line.gaps = TRY(transaction->gaps_of(kiosk.log_id));
            std::erase_if(line.gaps, [](const storage::Gap& gap) { return !gap.is_open(); });
        }
        judge(line, overview);
        overview.batches += kiosk.stored;
        overview.responses += kiosk.responses;
        overview.kiosks.push_back(std::move(line));
    }
    std::ranges::stable_sort(overview.kiosks, {}, rank_of);
    return overview;
}

base::Result<DayTable> read_day_table(Database& database, base::Day today) {
    const base::Day first = today - std::chrono::days(chart_days);
    const auto transaction = TRY(database.begin(store::TransactionKind::read));
    const auto kiosks = TRY(transaction->all_kiosks());
    const auto arrivals = TRY(transaction->arrivals_since(base::format_day(first)));
    DayTable table;
    std::map<batch::LogId, std::size_t> row_of;
    for (const store::Kiosk& kiosk : kiosks) {  // by station: several kiosks of one station are one row
        if (table.stations.empty() || table.stations.back() != kiosk.station) {
            table.stations.push_back(kiosk.station);
        }
        row_of[kiosk.log_id] = table.stations.size() - 1;
    }
    for (std::size_t day = 0; day < chart_days; ++day) {
        table.days.push_back(first + std::chrono::days(day));
    }
    table.counts = CountTable(table.stations.size(), chart_days);
    for (const storage::Arrivals& row : arrivals) {
        const auto day = day_of(row.day);
        const auto found = row_of.find(row.log_id);
        if (day.has_value() && *day >= first && *day < today && found != row_of.end()) {
            table.counts.add(found->second, static_cast<std::size_t>((*day - first).count()), row.responses);
        }
    }
    table.counts.suppress();
    return table;
}

}  // namespace pillarbox::fleet
