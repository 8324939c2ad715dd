// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

void apply(Session& session, const OpenHelp&, Effects&) {
    using enum Overlay;
    if (session.overlay == none || session.overlay == languages || session.overlay == accessibility)
        session.overlay = help;
}

void apply(Session& session, const OpenLanguages&, Effects&) {
    if (session.overlay == Overlay::none || session.overlay == Overlay::help)
        session.overlay = Overlay::languages;
}

void apply(Session& session, const OpenAccessibility&, Effects&) {
    using enum Overlay;
    if (session.overlay == none || session.overlay == help || session.overlay == languages)
        session.overlay = accessibility;
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
        case Overlay::accessibility:
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

}  // namespace pillarbox::flow
