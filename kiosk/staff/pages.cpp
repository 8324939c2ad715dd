// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/staff/steps.hpp"

namespace pillarbox::staff {
namespace {

void leave(StaffSession& session, Effects& effects) {
    if (is_sending(session)) {
        effects.emplace_back(effects::StopSending{});
    }
    session.forget();
    effects.emplace_back(effects::Left{});
}

void open(StaffSession& session, Page page, Effects& effects) {
    session.page = page;
    // What was done on a page is told there and not again on the next visit.
    session.test.reset();
    session.handed_over.reset();
    session.pack.reset();
    session.installed.reset();
    session.signed_tally.reset();
    if (!is_sending(session)) {
        session.sending.reset();
    }
    if (page == Page::cleaning) {
        session.cleaning_since = session.now;
    }
    effects.emplace_back(effects::ReadFacts{});
}

}  // namespace

void apply(StaffSession& session, const Open& event, Effects& effects) {
    open(session, event.page, effects);
}

void apply(StaffSession& session, const Back&, Effects& effects) {
    // A sending goes on to its end or is stopped first, so that its result is seen.
    if (!is_sending(session)) {
        open(session, Page::home, effects);
    }
}

void apply(StaffSession& session, const Leave&, Effects& effects) {
    if (session.place != Place::away) {
        leave(session, effects);
    }
}

void apply(StaffSession& session, const Restart&, Effects& effects) {
    if (session.page == Page::ending) {
        effects.emplace_back(effects::Restart{});
    }
}

void apply(StaffSession& session, const EndProgram&, Effects& effects) {
    if (session.page == Page::ending) {
        effects.emplace_back(effects::EndProgram{});
    }
}

void apply(StaffSession&, const Activity&, Effects&) {}  // handle() has already noted that somebody is there

void apply(StaffSession& session, const Tick& event, Effects& effects) {
    session.now = event.monotonic;
    if (session.place == Place::away) {
        return;
    }
    if (is_cleaning(session)) {
        session.last_activity = session.now;
        if (session.now - session.cleaning_since >= session.timing.cleaning) {
            open(session, Page::home, effects);
        }
        return;
    }
    if (is_sending(session)) {
        session.last_activity = session.now;
        return;
    }
    if (session.now - session.last_activity >= session.timing.idle) {
        leave(session, effects);
    }
}

void apply(StaffSession& session, const FactsRead& event, Effects&) {
    session.facts = event.facts;
    session.tally = event.tally;
}

}  // namespace pillarbox::staff
