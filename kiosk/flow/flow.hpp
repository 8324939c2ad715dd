// SPDX-License-Identifier: GPL-3.0-or-later
//
// The kiosk's flow as a pure function: (session, event) -> (session, effects). No screen, no clock, no files: a
// scenario is a list of events. An event that means nothing where it arrives (a second tap on a button that is gone)
// changes nothing.
//
//     auto session = begin(setup);
//     auto step = handle(std::move(session), Start{});
//     for (auto& effect : step.effects) ...          // in order
//     draw(view_of(step.session));
//
// Threading: one thread.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "core/base/result.hpp"
#include "kiosk/flow/effect.hpp"
#include "kiosk/flow/event.hpp"
#include "kiosk/flow/session.hpp"

namespace pillarbox::flow {

struct Step {
    Session session;
    std::vector<Effect> effects;
};

// Whether the kiosk can ask everything in the form: the first of campaign::unaskable. To be called once when the pack
// is loaded.
[[nodiscard]] base::Result<void> check_form(const form::Form& form);

// Nobody there: attract, not_yet_open, closed or out_of_order, by the campaign's dates and today.
[[nodiscard]] Session begin(const Setup& setup);

[[nodiscard]] Step handle(Session session, const Event& event);

// When the flow next wants a Tick, on the same scale as Tick::monotonic; nullopt while nobody is there. The countdown
// of the idle warning wants one each second.
[[nodiscard]] std::optional<std::chrono::milliseconds> next_tick(const Session& session);

// Nobody is there: one of the screens that begin() makes.
[[nodiscard]] bool is_at_rest(Screen screen);

// Somebody is there, and what they did is not yet sent: the app must not restart or change the campaign now.
[[nodiscard]] bool is_in_use(const Session& session);

}  // namespace pillarbox::flow
