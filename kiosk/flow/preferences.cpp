// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/preferences.hpp"

#include "kiosk/flow/flow.hpp"
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

namespace {

// The one field of each type.
TextSize& field(Preferences& of, TextSize) {
    return of.text_size;
}
Theme& field(Preferences& of, Theme) {
    return of.theme;
}
Font& field(Preferences& of, Font) {
    return of.font;
}
Speech& field(Preferences& of, Speech) {
    return of.speech;
}
SpeechRate& field(Preferences& of, SpeechRate) {
    return of.speech_rate;
}
Volume& field(Preferences& of, Volume) {
    return of.volume;
}
Listening& field(Preferences& of, Listening) {
    return of.listening;
}
Picture& field(Preferences& of, Picture) {
    return of.picture;
}
Reach& field(Preferences& of, Reach) {
    return of.reach;
}
Scanning& field(Preferences& of, Scanning) {
    return of.scanning;
}
ScanPace& field(Preferences& of, ScanPace) {
    return of.scan_pace;
}
StrikeFilter& field(Preferences& of, StrikeFilter) {
    return of.strike_filter;
}
Motion& field(Preferences& of, Motion) {
    return of.motion;
}
AnswerDisplay& field(Preferences& of, AnswerDisplay) {
    return of.answers;
}

}  // namespace

void put(Preferences& preferences, const Preference& chosen) {
    std::visit([&preferences](const auto& value) { field(preferences, value) = value; }, chosen);
    preferences.speech_rate = stepped(preferences.speech_rate, 0);
    preferences.volume = stepped(preferences.volume, 0);
    preferences.scan_pace = stepped(preferences.scan_pace, 0);
}

Preferences possible(Preferences wanted, const Capabilities& capabilities) {
    if (!capabilities.speech)
        wanted.speech = Speech::off;
    if (!capabilities.blank_screen || wanted.speech == Speech::off)
        wanted.picture = Picture::shown;
    if (!capabilities.scanning)
        wanted.scanning = Scanning::off;
    if (!capabilities.strike_filter)
        wanted.strike_filter = StrikeFilter::off;
    return wanted;
}

void apply(Session& session, const Prefer& event, Effects&) {
    put(session.preferences, event.chosen);
    session.answers_revealed = false;
    session.preferences = possible(session.preferences, session.setup.capabilities);
}

void apply(Session& session, const RevealAnswers&, Effects&) {
    session.answers_revealed = !session.answers_revealed && session.preferences.answers == AnswerDisplay::hidden;
}

void apply(Session& session, const ForgetPreferences&, Effects&) {
    session.preferences = {};
}

void apply(Session& session, const CapabilitiesChanged& event, Effects&) {
    session.setup.capabilities = event.capabilities;
    session.preferences = possible(session.preferences, event.capabilities);
}

}  // namespace pillarbox::flow
