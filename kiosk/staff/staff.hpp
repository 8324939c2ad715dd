// SPDX-License-Identifier: GPL-3.0-or-later
//
// Staff mode as a pure function, as kiosk/flow is for respondents: (session, event) -> (session, effects). An event
// that means nothing where it arrives changes nothing; nothing but what is at the door means anything before
// Admitted.
//
// Threading: one thread.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "kiosk/staff/effect.hpp"
#include "kiosk/staff/session.hpp"

namespace pillarbox::staff {

struct Step {
    StaffSession session;
    std::vector<Effect> effects;
};

[[nodiscard]] Step handle(StaffSession session, const Event& event);

[[nodiscard]] bool is_on(const StaffSession& session);

// When it next wants a Tick; nullopt while staff mode is off.
[[nodiscard]] std::optional<std::chrono::milliseconds> next_tick(const StaffSession& session);

}  // namespace pillarbox::staff
