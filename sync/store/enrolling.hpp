// SPDX-License-Identifier: GPL-3.0-or-later
//
// One-time tokens, and the kiosks that come with them.
#pragma once

#include <string>
#include <string_view>

#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/base/result.hpp"
#include "core/batch/receipt.hpp"
#include "core/station/station.hpp"
#include "sync/protocol/enrolment.hpp"
#include "sync/store/kiosks.hpp"

namespace pillarbox::store {

// Draws a secret, keeps its hash, and returns the token. `pin`: name, address and keys that the kiosk is to pin.
[[nodiscard]] base::Result<station::EnrolmentToken> issue_token(Database& database, const station::StorePin& pin,
                                                                std::string_view station_name, base::Random& random);

enum class EnrolmentVerdict {
    enrolled,          // now, or before with this same token and key: a lost reply can be asked for again
    token_unknown,     // never issued here
    token_used,        // has enrolled another key
    already_enrolled,  // this key has a log already, by another token
    not_vouched_for,   // it would follow a log whose key has not signed for it
};

struct EnrolmentOutcome {
    EnrolmentVerdict verdict = EnrolmentVerdict::enrolled;
    batch::Receipt receipt;   // where enrolled: the log's head
    bool is_renewal = false;  // a kiosk that was here goes on with another key
};

// Uses the token up and starts the kiosk's log, in one transaction. Where it follows a log of another key, that one
// counts no further than it is stored (revoking.hpp): the old key is good for what it has signed, and for nothing
// more.
[[nodiscard]] base::Result<EnrolmentOutcome> enrol(Database& database, const protocol::Enrolment& enrolment,
                                                   const batch::Limits& limits, base::Day today);

}  // namespace pillarbox::store
