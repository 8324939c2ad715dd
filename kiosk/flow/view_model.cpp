// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/view_model.hpp"

#include "kiosk/flow/steps.hpp"
#include "kiosk/flow/view_parts.hpp"

namespace pillarbox::flow {

namespace {

std::string name_of(Screen screen) {
    using enum Screen;
    switch (screen) {
        case attract:
            return "attract";
        case not_yet_open:
            return "not_yet_open";
        case closed:
            return "closed";
        case out_of_order:
            return "out_of_order";
        case language:
            return "language";
        case notice:
            return "notice";
        case under_18_notice:
            return "under_18_notice";
        case form_page:
            return "page";
        case check:
            return "check";
        case sending:
            return "sending";
        case save_failed:
            return "save_failed";
        case receipt:
            return "receipt";
        case declined:
            return "declined";
        case erased:
            return "erased";
    }
    return {};
}

// What is drawn under the idle warning, if that is open, is what was there before.
Overlay visible_overlay(const Session& session) {
    return session.overlay == Overlay::idle_warning ? session.beneath_warning : session.overlay;
}

// Overlays that replace the page have a key of their own; dialogs lie over the page and keep its key.
std::string page_key_of(const Session& session) {
    switch (visible_overlay(session)) {
        case Overlay::help:
            return "help";
        case Overlay::languages:
            return "languages";
        case Overlay::accessibility:
            return "accessibility";
        case Overlay::curtain:
            return "curtain";
        case Overlay::none:
        case Overlay::confirm_remove:
        case Overlay::confirm_stop:
        case Overlay::idle_warning:
            break;
    }
    return session.screen == Screen::form_page ? "page:" + session.page : name_of(session.screen);
}

Body body_of(const Session& session) {
    switch (session.screen) {
        case Screen::attract:
            return attract_view(session);
        case Screen::language:
            return LanguageView{session.setup.campaign->form->languages, campaign_text(session, "safety_notice")};
        case Screen::notice:
            return notice_view(session);
        case Screen::under_18_notice:
            return under_18_view(session);
        case Screen::form_page:
            return page_view(session);
        case Screen::check:
            return check_view(session);
        case Screen::receipt:
            return receipt_view(session);
        case Screen::not_yet_open:
        case Screen::closed:
        case Screen::out_of_order:
        case Screen::sending:
        case Screen::save_failed:
        case Screen::declined:
        case Screen::erased:
            break;
    }
    return message_view(session);
}

std::uint64_t seconds_left(const Session& session) {
    const auto left = session.warned_at + session.setup.timing.warning - session.now;
    return left.count() <= 0 ? 0 : static_cast<std::uint64_t>((left.count() + 999) / 1000);
}

bool can_go_back(Screen screen) {
    using enum Screen;
    return screen == notice || screen == under_18_notice || screen == form_page || screen == check ||
           screen == save_failed;
}

bool can_stop(Screen screen) {
    return can_go_back(screen) || screen == Screen::language;
}

}  // namespace

ViewModel view_of(const Session& session) {
    ViewModel view;
    view.screen = session.screen;
    view.overlay = visible_overlay(session);
    view.page_key = page_key_of(session);
    view.language = session.language;
    view.languages = session.setup.campaign->form->languages;
    view.preferences = session.preferences;
    view.hides_answers = session.preferences.answers == AnswerDisplay::hidden && !session.answers_revealed;
    view.capabilities = session.setup.capabilities;
    view.can_go_back = can_go_back(session.screen);
    view.can_stop = can_stop(session.screen);
    view.assistance = session.setup.assistance;
    view.body = body_of(session);
    if (view.overlay == Overlay::help)
        view.help = help_view(session);
    if (view.overlay == Overlay::confirm_remove)
        view.remove = remove_view(session);
    if (session.overlay == Overlay::idle_warning)
        view.idle =
            IdleView{seconds_left(session), static_cast<std::uint64_t>(session.setup.timing.warning.count()) / 1000};
    return view;
}

}  // namespace pillarbox::flow
