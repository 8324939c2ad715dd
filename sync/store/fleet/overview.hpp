// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole fleet as it is today: each kiosk's rows put together, and what somebody should do about it. Read in one
// go, shown by the page and counted by /metrics. Days, and nothing finer. Threading: any; the value is the caller's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "sync/store/fleet/suppression.hpp"
#include "sync/store/kiosks.hpp"
#include "sync/store/reports.hpp"

namespace pillarbox::fleet {

using store::Database;

enum class Concern {
    forked,       // two machines send as one
    missing,      // the store was put back to an old copy, and lacks batches that the kiosk has purged
    silent,       // no contact for silent_days_min days
    never_heard,  // enrolled, and nothing since
    disk_low,
    battery_low,
    clock_off,
    other_version,    // runs another release than the store
    campaign_closed,  // has responses that only a stick brings in now
};
inline constexpr std::int64_t silent_days_min = 2;
inline constexpr std::uint64_t disk_free_percent_min = 10;
inline constexpr std::uint64_t battery_percent_min = 20;
inline constexpr std::int64_t clock_minutes_max = 10;

[[nodiscard]] std::string_view name_of(Concern concern);     // "No contact"
[[nodiscard]] std::string_view remedy_for(Concern concern);  // what to do, in a sentence or two
[[nodiscard]] bool is_urgent(Concern concern);               // responses may be lost or wrong while it lasts

enum class KioskState { active, silent, never_heard, forked, revoked };
[[nodiscard]] std::string_view name_of(KioskState state);  // "active": as /metrics has it

struct KioskLine {
    store::Kiosk kiosk;
    std::optional<store::LastReport> report;
    std::uint64_t forks = 0;
    std::vector<storage::Gap> gaps;         // those that are not filled
    std::optional<base::Day> last_contact;  // of its last report or new batch, whichever was later
    storage::UnnamedSize unnamed;  // large envelopes that have not come as a whole, or whose batch has not come
    KioskState state = KioskState::active;
    std::vector<Concern> concerns;  // urgent ones first; of a revoked kiosk none
};

struct Overview {
    base::Day today{};
    std::uint64_t epoch = 1;        // one more each time the store was put back to an old copy
    std::vector<KioskLine> kiosks;  // those with concerns first, then by station
    std::vector<storage::ClosedCampaign> closed;
    std::uint64_t batches = 0;
    std::uint64_t responses = 0;
    storage::UnnamedSize unnamed;  // of all kiosks
};

[[nodiscard]] std::uint64_t missing_batches(const KioskLine& line);

[[nodiscard]] base::Result<Overview> read_overview(Database& database, base::Day today);

// Responses a day and station, of the last chart_days days that are over, with what may not be shown hidden. Today is
// not among them: a figure that grows while somebody looks at it counts people one by one.
struct DayTable {
    std::vector<std::string> stations;
    std::vector<base::Day> days;
    CountTable counts{0, 0};
};
inline constexpr std::size_t chart_days = 14;
[[nodiscard]] base::Result<DayTable> read_day_table(Database& database, base::Day today);

}  // namespace pillarbox::fleet
