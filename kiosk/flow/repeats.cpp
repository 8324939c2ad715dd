// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include "kiosk/flow/pages.hpp"
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

namespace {

// The repeat whose list is shown, or whose repetition's page; nullptr where the page has nothing to do with it.
const form::Node* repeat_at_hand(const Session& session, std::string_view place) {
    if (session.screen != Screen::form_page || session.overlay != Overlay::none)
        return nullptr;
    const auto pages = pages_of(*session.answers);
    const auto* list = page_of(pages, place);
    const bool listed = list != nullptr && list->kind == PageKind::repetitions && list->path == place;
    const bool near = session.page == place || session.page.starts_with(std::string(place) + "[");
    return listed && near ? list->node : nullptr;
}

bool holds_answers(const form::Instance& answers, std::string_view repetition) {
    const auto pages = pages_of(answers);
    return std::ranges::any_of(pages, [&](const Page& page) {
        return is_inside(page.path, repetition) && std::ranges::any_of(page.questions, [&](const Question& question) {
                   return !is_only_shown(*question.node) && !answers.is_read_only(question.path) &&
                          !answers.answer(question.path).empty();
               });
    });
}

// What follows moves up by one, so that what was noted about pages of this repeat no longer fits.
void remove(Session& session, const std::string& repetition) {
    const std::string place = repetition.substr(0, repetition.rfind('['));
    if (!session.answers->remove_repetition(repetition).has_value())
        return;
    std::erase_if(session.shows_problems, [&](const std::string& page) { return page.starts_with(place + "["); });
    if (session.within.starts_with(place + "["))
        session.within.clear();
    open_page(session, place);
}

}  // namespace

void apply(Session& session, const AddRepetition& event, Effects&) {
    if (session.page != event.path || repeat_at_hand(session, event.path) == nullptr ||
        session.answers->repetitions(event.path) >= repetitions_max ||
        !session.answers->add_repetition(event.path).has_value())
        return;
    const auto number = session.answers->repetitions(event.path);
    const std::string added = event.path + "[" + std::to_string(number) + "]";
    const auto pages = relevant_pages(*session.answers);
    const auto* page = page_of(pages, added);
    if (page == nullptr)
        return;
    session.within = added;
    open_page(session, page->path);
}

void apply(Session& session, const AskRemove& event, Effects&) {
    const auto position = event.path.rfind('[');
    if (position == std::string::npos || !event.path.ends_with(']') ||
        repeat_at_hand(session, std::string_view(event.path).substr(0, position)) == nullptr)
        return;
    const std::string place = event.path.substr(0, position);
    const bool in_list = session.page == place;
    if (!in_list && !is_inside(session.page, event.path))
        return;
    if (!holds_answers(*session.answers, event.path))
        return remove(session, event.path);
    session.removing = event.path;
    session.overlay = Overlay::confirm_remove;
}

void apply(Session& session, const ConfirmRemove&, Effects&) {
    if (session.overlay != Overlay::confirm_remove)
        return;
    session.overlay = Overlay::none;
    const std::string repetition = std::exchange(session.removing, {});
    remove(session, repetition);
}

void apply(Session& session, const CancelRemove&, Effects&) {
    if (session.overlay != Overlay::confirm_remove)
        return;
    session.overlay = Overlay::none;
    session.removing.clear();
}

}  // namespace pillarbox::flow
