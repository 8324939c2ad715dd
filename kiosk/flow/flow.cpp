// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/flow.hpp"

#include <type_traits>

#include "core/campaign/askable.hpp"
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

namespace {

Screen resting_screen(const Setup& setup) {
    if (setup.service == Service::out_of_order)
        return Screen::out_of_order;
    if (setup.today < setup.campaign->opens)
        return Screen::not_yet_open;
    if (setup.today > setup.campaign->closes)
        return Screen::closed;
    return Screen::attract;
}

template <typename Occurrence>
constexpr bool is_of_the_person =
    !(std::is_same_v<Occurrence, Tick> || std::is_same_v<Occurrence, Saved> ||
      std::is_same_v<Occurrence, SaveFailed> || std::is_same_v<Occurrence, ServiceChanged> ||
      std::is_same_v<Occurrence, DayChanged> || std::is_same_v<Occurrence, CapabilitiesChanged> ||
      std::is_same_v<Occurrence, Assist>);

// Any input extends.
void note_activity(Session& session) {
    session.last_activity = session.now;
    if (session.overlay == Overlay::idle_warning)
        session.overlay = session.beneath_warning;
}

}  // namespace

bool is_at_rest(Screen screen) {
    using enum Screen;
    return screen == attract || screen == not_yet_open || screen == closed || screen == out_of_order;
}

bool is_goodbye(Screen screen) {
    return screen == Screen::declined || screen == Screen::erased;
}

base::Result<void> check_form(const form::Form& form) {
    std::vector<base::Error> refused = campaign::unaskable(form, {});
    if (!refused.empty())
        return std::unexpected(std::move(refused.front()));
    return {};
}

Session begin(const Setup& setup) {
    Session session;
    session.setup = setup;
    session.screen = resting_screen(setup);
    session.language = setup.campaign->form->default_language;
    return session;
}

Step handle(Session session, const Event& event) {
    Step step{std::move(session), {}};
    const Screen screen_before = step.session.screen;
    const std::string page_before = step.session.page;
    std::visit(
        [&step](const auto& occurrence) {
            using Occurrence = std::decay_t<decltype(occurrence)>;
            if constexpr (is_of_the_person<Occurrence>)
                note_activity(step.session);
            apply(step.session, occurrence, step.effects);
        },
        event);
    if (step.session.screen != screen_before || step.session.page != page_before)
        step.session.answers_revealed = false;
    return step;
}

bool is_in_use(const Session& session) {
    return !is_at_rest(session.screen) && !is_goodbye(session.screen);
}

}  // namespace pillarbox::flow
