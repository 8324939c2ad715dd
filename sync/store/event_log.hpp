// SPDX-License-Identifier: GPL-3.0-or-later
//
// The store's log: one line an event, of event codes, log ids and counts; no address, no station name, no time of
// day.
//   2026-01-05 event=batches_stored log=4f1c2a90 stored=3 responses=12
// What anybody can cause at will is written the first 8 times of a day and then at every doubling, with its count, so
// that a flood of a hundred thousand leaves some twenty lines and not a full disk:
//   2026-01-05 event=request_refused problem=not_authentic times=16
// Threading: one thread at a time.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/clock.hpp"
#include "core/batch/batch.hpp"

namespace spdlog {
class logger;
}

namespace pillarbox::store {

enum class EventCode {
    started,
    stopped,
    kiosk_enrolled,
    kiosk_renewed,  // it goes on with another key, in another log
    enrolment_refused,
    batches_stored,
    batches_repeated,  // all of them were stored before
    batches_gap,
    batches_incomplete,  // a large envelope that they name is not here as a whole
    batches_fork,
    batches_quarantined,  // of a revoked kiosk
    batches_closed,       // of a campaign that has ended
    gap_attested,         // a kiosk has shown a receipt for batches that this store lost
    store_went_back,      // the same, and the operator has not raised the epoch
    request_refused,      // malformed, unsigned, too large or unknown
    kiosk_revoked,        // through the fleet page
    staff_signed_in,
    staff_refused,      // a wrong passphrase, too many tries, or a form of another session
    store_unavailable,  // the database could not be read or written
};

class EventLog {
  public:
    using Field = std::pair<std::string_view, std::string>;

    EventLog(std::shared_ptr<spdlog::logger> logger, const base::Clock& clock);
    void write(EventCode code, std::initializer_list<Field> fields = {});

  private:
    // 0: not to be written this time.
    [[nodiscard]] std::uint64_t times_to_tell(EventCode code, std::string_view subject);

    std::shared_ptr<spdlog::logger> logger_;
    const base::Clock& clock_;
    base::Day counted_day_{};
    // By code and subject, which is a problem's name or an enrolled kiosk: so there are never many.
    std::map<std::pair<EventCode, std::string>, std::uint64_t> counts_;
};

// A logger without time stamps of its own, to standard error.
[[nodiscard]] std::shared_ptr<spdlog::logger> make_error_logger();

// "log": the first 8 hex digits, enough to tell kiosks apart.
[[nodiscard]] EventLog::Field log_field(const batch::LogId& log_id);

}  // namespace pillarbox::store
