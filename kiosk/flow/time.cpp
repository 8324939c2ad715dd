// SPDX-License-Identifier: GPL-3.0-or-later
//
// Idle time. The warning counts from when it is first shown, not from the last touch: after a machine's sleep the
// person still gets the whole of it.
#include "kiosk/flow/flow.hpp"
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

namespace {

void start_over_at_rest(Session& session) {
    const auto now = session.now;
    session = begin(session.setup);
    session.setup.assistance = Assistance::none;
    session.now = now;
    session.last_activity = now;
}

// Preferences are something to lose: whoever set them is warned before the kiosk forgets them.
bool has_preferences(const Session& session) {
    return session.preferences != Preferences{};
}

bool somebody_looked(const Session& session) {
    return has_preferences(session) || session.overlay != Overlay::none ||
           session.setup.assistance != Assistance::none ||
           session.language != session.setup.campaign->form->default_language;
}

}  // namespace

void apply(Session&, const Activity&, Effects&) {}  // handle() has already noted that somebody is there

void apply(Session& session, const Tick& event, Effects& effects) {
    session.now = event.monotonic;
    const auto& timing = session.setup.timing;
    const auto idle = session.now - session.last_activity;
    if (is_at_rest(session.screen) && !has_preferences(session)) {
        if (!somebody_looked(session))
            session.last_activity = session.now;
        else if (idle >= timing.idle_before_warning)
            start_over_at_rest(session);  // nothing to lose, so nothing to warn of
        return;
    }
    if (session.screen == Screen::sending) {
        session.last_activity = session.now;
        return;
    }
    if (is_goodbye(session.screen)) {
        if (idle >= timing.goodbye)
            wipe(session, WipeReason::finished, effects);
        return;
    }
    if (session.overlay == Overlay::idle_warning) {
        if (session.now - session.warned_at >= timing.warning)
            wipe(session, WipeReason::idle, effects);
        return;
    }
    if (idle >= timing.idle_before_warning) {
        session.beneath_warning = session.overlay;
        session.overlay = Overlay::idle_warning;
        session.warned_at = session.now;
    }
}

void apply(Session& session, const ServiceChanged& event, Effects&) {
    session.setup.service = event.service;
    if (is_at_rest(session.screen))
        start_over_at_rest(session);
}

void apply(Session& session, const DayChanged& event, Effects&) {
    session.setup.today = event.today;
    if (is_at_rest(session.screen))
        start_over_at_rest(session);
}

std::optional<std::chrono::milliseconds> next_tick(const Session& session) {
    using std::chrono::milliseconds;
    const auto& timing = session.setup.timing;
    if (session.screen == Screen::sending || (is_at_rest(session.screen) && !somebody_looked(session)))
        return std::nullopt;
    if (is_goodbye(session.screen))
        return session.last_activity + timing.goodbye;
    if (session.overlay != Overlay::idle_warning)
        return session.last_activity + timing.idle_before_warning;
    const auto shown_for = session.now - session.warned_at;
    return session.now + milliseconds{1000} - shown_for % milliseconds{1000};
}

}  // namespace pillarbox::flow
