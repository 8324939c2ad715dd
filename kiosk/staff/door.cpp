// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/wipe_text.hpp"
#include "kiosk/staff/steps.hpp"

namespace pillarbox::staff {
namespace {

using Refusal = StaffSession::Refusal;

bool takes_digits(const StaffSession& session) {
    return session.place == Place::door && session.pin == DoorSeen::Pin::set && session.now >= session.locked_until;
}

}  // namespace

void apply(StaffSession& session, const Enter& event, Effects& effects) {
    if (session.place != Place::away) {
        return;
    }
    session.forget();
    session.place = Place::door;
    session.language = event.language;
    effects.emplace_back(effects::LookAtDoor{});
}

void apply(StaffSession& session, const TypeDigit& event, Effects&) {
    const bool is_digit = event.digit >= '0' && event.digit <= '9';
    if (takes_digits(session) && is_digit && session.digits.size() < digits_max) {
        session.digits.reserve(digits_max);  // so that it never moves and leaves digits behind
        session.digits.push_back(event.digit);
        session.refusal = Refusal::none;
    }
}

void apply(StaffSession& session, const EraseDigit&, Effects&) {
    if (!session.digits.empty()) {
        session.digits.back() = '\0';
        session.digits.pop_back();
    }
}

void apply(StaffSession& session, const Unlock&, Effects& effects) {
    if (takes_digits(session) && !session.digits.empty()) {
        effects.emplace_back(effects::TryPin{session.digits});
        flow::wipe_text(session.digits);
    }
}

void apply(StaffSession& session, const UseStickKey&, Effects& effects) {
    if (session.place == Place::door) {
        effects.emplace_back(effects::TryStickKey{});
    }
}

void apply(StaffSession& session, const DoorSeen& event, Effects&) {
    if (session.place == Place::door) {
        session.pin = event.pin;
        session.locked_until = session.now + event.wait;
    }
}

void apply(StaffSession& session, const Admitted&, Effects& effects) {
    if (session.place != Place::door) {
        return;
    }
    flow::wipe_text(session.digits);
    session.refusal = Refusal::none;
    session.locked_until = {};
    session.place = Place::inside;
    session.page = Page::home;
    effects.emplace_back(effects::ReadFacts{});
}

void apply(StaffSession& session, const WrongPin& event, Effects&) {
    if (session.place == Place::door) {
        session.refusal = Refusal::wrong_pin;
        session.locked_until = session.now + event.wait;
    }
}

void apply(StaffSession& session, const NoStickKey&, Effects&) {
    if (session.place == Place::door) {
        session.refusal = Refusal::no_stick_key;
    }
}

}  // namespace pillarbox::staff
