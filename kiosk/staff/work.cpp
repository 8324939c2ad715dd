// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/staff/steps.hpp"

namespace pillarbox::staff {
namespace {

bool is_at_rest_on(const StaffSession& session, Page page) {
    return session.page == page && !is_sending(session);
}

// None where the outbox can't be read: then nobody knows what is unacknowledged.
bool nothing_unacknowledged(const StaffSession& session) {
    return session.facts.figures.has_value() && session.facts.figures->unacknowledged() == 0;
}

}  // namespace

void apply(StaffSession& session, const KeepTest&, Effects& effects) {
    if (session.page == Page::check) {
        effects.emplace_back(effects::KeepTest{});
    }
}

void apply(StaffSession& session, const TestDone& event, Effects& effects) {
    session.test = event.result;
    effects.emplace_back(effects::ReadFacts{});
}

void apply(StaffSession& session, const AcceptDay&, Effects& effects) {
    if (session.page == Page::check) {
        effects.emplace_back(effects::AcceptDay{});
        effects.emplace_back(effects::ReadFacts{});
    }
}

void apply(StaffSession& session, const StartSending&, Effects& effects) {
    if (is_at_rest_on(session, Page::sending) && session.facts.enrolment == Facts::Enrolment::done) {
        session.sending = Sending{};
        effects.emplace_back(effects::StartSending{});
    }
}

void apply(StaffSession& session, const StopSending&, Effects& effects) {
    if (is_sending(session)) {
        effects.emplace_back(effects::StopSending{});
    }
}

void apply(StaffSession& session, const SendingProgress& event, Effects&) {
    if (is_sending(session)) {
        session.sending->progress = event;
    }
}

void apply(StaffSession& session, const SendingEnded& event, Effects& effects) {
    if (is_sending(session)) {
        session.sending->ended = event;
        effects.emplace_back(effects::ReadFacts{});
    }
}

void apply(StaffSession& session, const SaveToStick&, Effects& effects) {
    if (session.page == Page::hand_over && session.facts.enrolment == Facts::Enrolment::done) {
        effects.emplace_back(effects::SaveToStick{});
    }
}

void apply(StaffSession& session, const ReadReceipt&, Effects& effects) {
    if (session.page == Page::hand_over) {
        effects.emplace_back(effects::ReadReceipt{});
    }
}

void apply(StaffSession& session, const HandedOver& event, Effects& effects) {
    session.handed_over = event;
    effects.emplace_back(effects::ReadFacts{});
}

void apply(StaffSession& session, const ReadStick&, Effects& effects) {
    if (session.page == Page::campaign && nothing_unacknowledged(session)) {
        session.installed.reset();
        effects.emplace_back(effects::ReadStick{});
    }
}

void apply(StaffSession& session, const PackSeen& event, Effects&) {
    if (session.page == Page::campaign) {
        session.pack = event;
    }
}

void apply(StaffSession& session, const InstallCampaign&, Effects& effects) {
    const bool found = session.pack.has_value() && session.pack->verdict == PackVerdict::newer;
    if (session.page == Page::campaign && found && nothing_unacknowledged(session)) {
        effects.emplace_back(effects::InstallCampaign{});
    }
}

void apply(StaffSession& session, const CampaignInstalled& event, Effects& effects) {
    session.pack.reset();
    session.installed = event.outcome;
    effects.emplace_back(effects::ReadFacts{});
}

void apply(StaffSession& session, const StartAssisted& event, Effects& effects) {
    if (!is_at_rest_on(session, Page::assist)) {
        return;
    }
    session.forget();
    effects.emplace_back(effects::Left{});
    effects.emplace_back(effects::BeginAssisted{event.how});
}

void apply(StaffSession& session, const SetBrightness& event, Effects& effects) {
    constexpr unsigned percent_min = 10;  // so that the way back can be seen
    constexpr unsigned percent_max = 100;
    const bool possible = session.facts.brightness.has_value();
    if (session.page == Page::brightness && possible && event.percent >= percent_min &&
        event.percent <= percent_max) {
        effects.emplace_back(effects::SetBrightness{event.percent});
        effects.emplace_back(effects::ReadFacts{});
    }
}

void apply(StaffSession& session, const SignTally&, Effects& effects) {
    if (session.page == Page::closing) {
        effects.emplace_back(effects::SignTally{});
    }
}

void apply(StaffSession& session, const TallySigned& event, Effects&) {
    session.signed_tally = event;
}

}  // namespace pillarbox::staff
