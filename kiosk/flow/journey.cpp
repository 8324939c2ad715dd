// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "kiosk/flow/conventions.hpp"
#include "kiosk/flow/pages.hpp"
#include "kiosk/flow/steps.hpp"

namespace pillarbox::flow {

namespace {

// Where `page` stands among all pages of the form, or their number. By position in the whole form, so that it holds
// also when the page itself has just become irrelevant.
std::size_t position_of(const std::vector<Page>& pages, const std::string& path) {
    const auto found =
        std::ranges::find(pages, path, [](const Page& page) -> const std::string& { return page.node->path; });
    return static_cast<std::size_t>(found - pages.begin());
}

bool is_relevant(const Page& page, const form::Instance& answers) {
    return std::ranges::any_of(page.questions,
                               [&](const form::Node* question) { return answers.is_relevant(question->path); });
}

void go_to_check(Session& session) {
    session.screen = Screen::check;
    session.page.clear();
    session.returns_to_check = false;
}

void go_forward(Session& session, std::size_t from) {
    const auto pages = pages_of(session.answers->form());
    for (auto index = from; index < pages.size(); ++index)
        if (is_relevant(pages[index], *session.answers))
            return open_page(session, pages[index].node->path);
    go_to_check(session);
}

void go_back(Session& session, std::size_t before) {
    const auto pages = pages_of(session.answers->form());
    for (auto index = std::min(before, pages.size()); index-- > 0;)
        if (is_relevant(pages[index], *session.answers))
            return open_page(session, pages[index].node->path);
    const auto under_18 = path_of_name(session.answers->form(), conventions::under_18);
    const bool plain_notice = !under_18.empty() && session.answers->answer(under_18) == "yes";
    session.screen = plain_notice ? Screen::under_18_notice : Screen::notice;
}

void leave_page_forward(Session& session) {
    if (!session.answers->problems_in(session.page).empty()) {
        session.shows_problems.insert(session.page);
        return;
    }
    session.shows_problems.erase(session.page);
    if (session.returns_to_check)
        return go_to_check(session);
    go_forward(session, position_of(pages_of(session.answers->form()), session.page) + 1);
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
    else if (session.screen == Screen::form_page && session.returns_to_check)
        go_to_check(session);
    else if (session.screen == Screen::form_page)
        go_back(session, position_of(pages_of(session.answers->form()), session.page));
    else if (session.screen == Screen::check)
        go_back(session, pages_of(session.answers->form()).size());
    else if (session.screen == Screen::save_failed)
        go_to_check(session);
}

void apply(Session& session, const Change& event, Effects&) {
    if (session.screen != Screen::check || session.overlay != Overlay::none)
        return;
    const auto pages = relevant_pages(*session.answers);
    if (const auto* page = page_of(pages, event.path)) {
        open_page(session, page->node->path);
        session.returns_to_check = true;
    }
}

}  // namespace pillarbox::flow
