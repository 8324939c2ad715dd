// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "kiosk/flow/conventions.hpp"
#include "kiosk/flow/pages.hpp"
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

namespace {

// Where `page` stands among all pages of the form, or their number. By position among all, so that it holds also when
// the page itself has just become irrelevant.
std::size_t position_of(const std::vector<Page>& pages, const std::string& path) {
    return static_cast<std::size_t>(std::ranges::find(pages, path, &Page::path) - pages.begin());
}

void go_to_check(Session& session) {
    session.screen = Screen::check;
    session.page.clear();
    session.within.clear();
    session.returns_to_check = false;
}

// The list that the repetition at `within` is in.
std::string list_around(const std::string& within) {
    return within.substr(0, within.rfind('['));
}

// To a page inside the repetition that was opened from its list, or back to the list.
void open_or_list(Session& session, const std::string& path) {
    if (is_inside(path, session.within))
        return open_page(session, path);
    const std::string list = list_around(session.within);
    session.within.clear();
    open_page(session, list);
}

void go_to(Session& session, const std::string& path) {
    session.within.empty() ? open_page(session, path) : open_or_list(session, path);
}

void go_forward(Session& session, std::size_t from) {
    const auto pages = pages_of(*session.answers);
    for (auto index = from; index < pages.size(); ++index)
        if (is_relevant(pages[index], *session.answers))
            return go_to(session, pages[index].path);
    go_to_check(session);
}

void go_back(Session& session, std::size_t before) {
    const auto pages = pages_of(*session.answers);
    for (auto index = std::min(before, pages.size()); index-- > 0;)
        if (is_relevant(pages[index], *session.answers))
            return go_to(session, pages[index].path);
    if (!session.within.empty())
        return open_or_list(session, {});
    const auto under_18 = path_of_name(session.answers->form(), conventions::under_18);
    const bool plain_notice = !under_18.empty() && session.answers->answer(under_18) == "yes";
    session.screen = plain_notice ? Screen::under_18_notice : Screen::notice;
}

// Whether Next and Back go from page to page, and not straight to the check page.
bool walks(const Session& session) {
    return !session.returns_to_check || !session.within.empty();
}

void leave_page_forward(Session& session) {
    const auto pages = pages_of(*session.answers);
    const auto position = position_of(pages, session.page);
    if (position < pages.size() && !problems_of(*session.answers, pages[position]).empty()) {
        session.shows_problems.insert(session.page);
        return;
    }
    session.shows_problems.erase(session.page);
    if (!walks(session))
        return go_to_check(session);
    go_forward(session, position + 1);
}

}  // namespace

void open_page(Session& session, const std::string& path) {
    session.screen = Screen::form_page;
    session.page = path;
    session.refused_path.clear();
}

void apply(Session& session, const Start&, Effects&) {
    if (session.screen != Screen::attract || session.overlay != Overlay::none)
        return;
    auto answers = form::Instance::start(session.setup.campaign->form,
                                         {.today = session.setup.today, .language = session.language});
    if (!answers.has_value()) {
        session.screen = Screen::out_of_order;
        return;
    }
    session.answers = *std::move(answers);
    session.started_on = session.setup.today;
    session.screen = Screen::language;
}

void apply(Session& session, const Assist& event, Effects& effects) {
    if (session.screen != Screen::attract)
        return;
    session.setup.assistance = event.how;
    session.overlay = Overlay::none;
    session.last_activity = session.now;
    apply(session, Start{}, effects);
}

void apply(Session& session, const ChooseLanguage& event, Effects&) {
    const bool can_choose = session.overlay == Overlay::languages ||
                            (session.overlay == Overlay::none && session.screen == Screen::language);
    const auto& offered = session.setup.campaign->form->languages;
    if (!can_choose || std::ranges::find(offered, event.language) == offered.end())
        return;
    session.language = event.language;
    if (session.answers.has_value())
        session.answers->set_language(event.language);
    session.overlay = Overlay::none;
}

void apply(Session& session, const Understand&, Effects&) {
    const bool plain_notice = session.screen == Screen::under_18_notice;
    if ((session.screen != Screen::notice && !plain_notice) || session.overlay != Overlay::none)
        return;
    const auto under_18 = path_of_name(session.answers->form(), conventions::under_18);
    if (!under_18.empty())
        static_cast<void>(session.answers->set_answer(under_18, plain_notice ? "yes" : ""));
    go_forward(session, 0);
}

void apply(Session& session, const Under18&, Effects&) {
    if (session.screen == Screen::notice && session.overlay == Overlay::none)
        session.screen = Screen::under_18_notice;
}

void apply(Session& session, const Next&, Effects&) {
    if (session.overlay != Overlay::none)
        return;
    if (session.screen == Screen::language)
        session.screen = Screen::notice;
    else if (session.screen == Screen::form_page)
        leave_page_forward(session);
}

void apply(Session& session, const Back&, Effects&) {
    if (session.overlay != Overlay::none)
        return;
    if (session.screen == Screen::notice)
        session.screen = Screen::language;
    else if (session.screen == Screen::under_18_notice)
        session.screen = Screen::notice;
    else if (session.screen == Screen::form_page && !walks(session))
        go_to_check(session);
    else if (session.screen == Screen::form_page)
        go_back(session, position_of(pages_of(*session.answers), session.page));
    else if (session.screen == Screen::check)
        go_back(session, pages_of(*session.answers).size());
    else if (session.screen == Screen::save_failed)
        go_to_check(session);
}

void apply(Session& session, const Change& event, Effects&) {
    if (session.overlay != Overlay::none)
        return;
    const bool in_list = session.screen == Screen::form_page && event.path.starts_with(session.page + "[");
    if (session.screen != Screen::check && !in_list)
        return;
    const auto pages = relevant_pages(*session.answers);
    const auto* page = page_of(pages, event.path);
    if (page == nullptr)
        return;
    if (in_list)
        session.within = event.path;
    else
        session.returns_to_check = true;
    open_page(session, page->path);
}

}  // namespace pillarbox::flow
