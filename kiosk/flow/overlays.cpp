// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

void apply(Session& session, const OpenHelp&, Effects&) {
    using enum Overlay;
    if (session.overlay == none || session.overlay == languages || session.overlay == display)
        session.overlay = help;
}

void apply(Session& session, const OpenLanguages&, Effects&) {
    if (session.overlay == Overlay::none || session.overlay == Overlay::help)
        session.overlay = Overlay::languages;
}

void apply(Session& session, const OpenDisplay&, Effects&) {
    const bool reachable = session.overlay == Overlay::none || session.overlay == Overlay::help;
    if (reachable && !is_at_rest(session.screen))
        session.overlay = Overlay::display;
}

void apply(Session& session, const HideAnswers&, Effects&) {
    const bool reachable = session.overlay == Overlay::none || session.overlay == Overlay::help;
    if (reachable && !is_at_rest(session.screen))
        session.overlay = Overlay::curtain;
}

void apply(Session& session, const CloseOverlay&, Effects&) {
    switch (session.overlay) {
        case Overlay::help:
        case Overlay::languages:
        case Overlay::display:
        case Overlay::curtain:
            session.overlay = Overlay::none;
            break;
        case Overlay::none:
        case Overlay::confirm_remove:
        case Overlay::confirm_stop:  // has to be answered
        case Overlay::idle_warning:
            break;
    }
}

void apply(Session& session, const SetTextSize& event, Effects&) {
    if (!is_at_rest(session.screen))
        session.preferences.text_size = event.size;
}

void apply(Session& session, const SetTheme& event, Effects&) {
    if (!is_at_rest(session.screen))
        session.preferences.theme = event.theme;
}

void apply(Session& session, const SetMotion& event, Effects&) {
    if (!is_at_rest(session.screen))
        session.preferences.motion = event.motion;
}

}  // namespace pillarbox::flow
