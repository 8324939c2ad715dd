// SPDX-License-Identifier: GPL-3.0-or-later
#include "kiosk/flow/carried_over.hpp"

#include <algorithm>

#include "kiosk/flow/flow.hpp"
#include "kiosk/flow/pages.hpp"

namespace pillarbox::flow {
namespace {

bool is_before_sending(Screen screen) {
    using enum Screen;
    return screen == language || screen == notice || screen == under_18_notice || screen == form_page ||
           screen == check;
}

// "/data/person[2]/name" needs a second person first.
void make_room(form::Instance& answers, const std::string& path) {
    for (auto open = path.find('['); open != std::string::npos; open = path.find('[', open + 1)) {
        const std::string repeat = path.substr(0, open);
        const auto wanted = static_cast<std::size_t>(std::strtoul(path.c_str() + open + 1, nullptr, 10));
        while (answers.repetitions(repeat) < wanted && answers.add_repetition(repeat).has_value()) {
        }
    }
}

}  // namespace

Session carried_over(Session session, const Setup& setup) {
    Session next = begin(setup);
    const auto& form = setup.campaign->form;
    const bool has_language = std::ranges::find(form->languages, session.language) != form->languages.end();
    if (!is_before_sending(session.screen) || next.screen != Screen::attract || !has_language)
        return next;
    auto answers = form::Instance::start(form, {.today = setup.today, .language = session.language});
    if (!answers.has_value())
        return next;
    for (const auto& [path, value] : session.answers->answers()) {
        make_room(*answers, path);
        static_cast<void>(answers->set_answer(path, value));  // its question may be gone, or calculated now
    }
    next.answers = *std::move(answers);
    next.language = session.language;
    next.preferences = session.preferences;
    next.started_on = setup.today;
    next.now = session.now;
    next.last_activity = session.last_activity;
    next.screen = session.screen;
    next.page = session.page;
    const auto pages = relevant_pages(*next.answers);
    if (next.screen == Screen::form_page && page_of(pages, next.page) == nullptr) {
        next.screen = pages.empty() ? Screen::check : Screen::form_page;
        next.page = pages.empty() ? std::string{} : pages.front().path;
    }
    return next;
}

}  // namespace pillarbox::flow
