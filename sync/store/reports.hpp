// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes what a kiosk says of itself, and keeps the last word of each with the day on which it came. Of the kiosk's
// clock only the distance to the store's is kept, in whole minutes: no row tells at which time of day a kiosk spoke.
// Threading: each function has a transaction of its own.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/batch/refusal.hpp"
#include "sync/protocol/kiosk_report.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

struct ReportOutcome {
    Kiosk kiosk;
    std::optional<batch::Refusal> refusal;  // of a revoked kiosk: nothing of it is believed, and nothing was kept
};

// Errors of the sender: malformed, limit_exceeded, not_authentic, not_found.
[[nodiscard]] base::Result<ReportOutcome> take_report(Database& database, const batch::LogId& log_id,
                                                      base::ByteView body, const base::Clock& clock);

struct LastReport {
    std::string day;
    protocol::KeptFigures figures;
    friend bool operator==(const LastReport&, const LastReport&) = default;
};
// By log. What the disk has changed since is left out, and shows as a kiosk that has said nothing.
[[nodiscard]] base::Result<std::map<batch::LogId, LastReport>> last_reports(Database& database);

}  // namespace pillarbox::store
