// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whatever people do, in whatever order, on a form of every kind: the flow stands, and going about loses no answer.
// rapidcheck prints the seed of a run that fails; RC_PARAMS="seed=..." repeats it.
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "kiosk/flow/date_parts.hpp"
#include "kiosk/flow/pages.hpp"
#include "tests/kiosk/flow/all_kinds.hpp"
#include "tests/kiosk/flow/scenario.hpp"

using namespace pillarbox;
using namespace pillarbox::flow;

namespace {

constexpr int events_in_a_run = 80;

const std::shared_ptr<const campaign::Campaign>& every_kind() {
    static const auto campaign = tests::campaign_of(tests::all_kinds_markdown());
    return campaign;
}

std::string any_text() {
    return *rc::gen::element<std::string>("", "1", "3", "12", "31", "2023", "0", "-", "T", "19:5", "\u09ea", "1,5",
                                          "1e9", "Ada", "a\nb", "\xff", "bus train", "none", "OK",
                                          "99999999999999999999");
}

// Of the open page where there is one, or of anywhere.
std::string any_path(const Session& session) {
    const bool near = *rc::gen::inRange(0, 10) > 0;
    if (near && session.screen == Screen::form_page) {
        const auto view = std::get<PageView>(view_of(session).body);
        std::vector<std::string> paths{session.page};
        for (const auto& question : view.questions)
            paths.push_back(question.path);
        if (view.list)
            for (const auto& repetition : view.list->repetitions)
                paths.push_back(repetition.path);
        if (!view.removable.empty())
            paths.push_back(view.removable);
        return *rc::gen::elementOf(paths);
    }
    return *rc::gen::element<std::string>("/data/order", "/data/person", "/data/person[2]", "/data/person[9]/age",
                                          "/data/trip[1]", "/data/nothing", "", "[", "/data/choosing/uses");
}

std::string any_choice() {
    return *rc::gen::element<std::string>("bus", "train", "walk", "cycle", "a5", "work", "school", "none", "other",
                                          "daily", "yes", "no", "OK", "", "nothing");
}

// Goes about, and gives no answer.
Event any_move() {
    switch (*rc::gen::inRange(0, 9)) {
        case 0:
        case 1:
        case 2:
            return Next{};
        case 3:
            return Back{};
        case 4:
            return OpenLanguages{};
        case 5:
            return ChooseLanguage{*rc::gen::element<std::string>("en", "ar", "bn", "xx")};
        case 6:
            return CloseOverlay{};
        case 7:
            return CancelRemove{};
        default:
            return OpenHelp{};
    }
}

Event any_answer(const Session& session) {
    const auto path = any_path(session);
    switch (*rc::gen::inRange(0, 8)) {
        case 0:
            return SetAnswer{path, any_text()};
        case 1:
            return ToggleChoice{path, any_choice()};
        case 2:
            return SetDatePart{
                path,
                *rc::gen::element(DatePart::day, DatePart::month, DatePart::year, DatePart::hour, DatePart::minute),
                any_text()};
        case 3:
            return SetStep{path, *rc::gen::inRange<std::size_t>(0, 20)};
        case 4:
            return MoveChoice{path, any_choice(), *rc::gen::element(Move::up, Move::down, Move::confirm)};
        case 5:
            return AddRepetition{path};
        case 6:
            return AskRemove{path};
        default:
            return ConfirmRemove{};
    }
}

std::map<std::string, std::string> answers_of(const form::Instance& answers) {
    std::map<std::string, std::string> all;
    for (const auto& page : pages_of(answers))
        for (const auto& question : page.questions)
            all[question.path] = answers.answer(question.path);
    return all;
}

void check_view(const Session& session) {
    const auto view = view_of(session);
    if (session.screen != Screen::form_page)
        return;
    const auto pages = pages_of(*session.answers);
    const auto* page = page_of(pages, session.page);
    RC_ASSERT(page != nullptr);
    RC_ASSERT(page->path == session.page);
    const auto& shown = std::get<PageView>(view.body);
    RC_ASSERT(shown.questions.empty() == shown.list.has_value() || shown.number == 0);
    if (shown.number > 0)
        RC_ASSERT(!shown.heading.empty());
    if (session.overlay == Overlay::confirm_remove)
        RC_ASSERT(view.remove.has_value());
}

Session reaches_the_form() {
    Session session = begin({.campaign = every_kind(), .today = tests::inside_the_call});
    for (const Event& event : std::vector<Event>{Start{}, Next{}, Understand{}})
        session = handle(std::move(session), event).session;
    return session;
}

}  // namespace

TEST_CASE("no order of events breaks the flow and going about loses no answer") {
    const bool holds = rc::check([] {
        Session session = reaches_the_form();
        for (int count = 0; count < events_in_a_run; ++count) {
            const bool moves = *rc::gen::inRange(0, 5) < 2;
            const Event event = moves ? any_move() : any_answer(session);
            const auto before = answers_of(*session.answers);
            const std::string page = session.page;
            const bool could_leave =
                session.screen != Screen::form_page ||
                problems_of(*session.answers, *page_of(pages_of(*session.answers), page)).empty();
            session = handle(std::move(session), event).session;
            RC_ASSERT(session.answers.has_value());
            if (moves)
                RC_ASSERT(answers_of(*session.answers) == before);
            if (std::holds_alternative<Next>(event) && !could_leave)
                RC_ASSERT(session.page == page);
            check_view(session);
        }
    });
    CHECK(holds);
}

TEST_CASE("whatever is typed into a date is shown again as it was typed") {
    const auto shown_again = [](const std::string& path, const std::string& page, std::vector<DatePart> parts) {
        return rc::check([&] {
            Session session = reaches_the_form();
            session.page = page;
            std::map<DatePart, std::string> typed;
            for (int count = 0; count < 6; ++count) {
                const DatePart part = *rc::gen::elementOf(parts);
                typed[part] = *rc::gen::container<std::string>(rc::gen::inRange('0', static_cast<char>('9' + 1)));
                typed[part].resize(std::min<std::size_t>(typed[part].size(), part == DatePart::year ? 4 : 2));
                session = handle(std::move(session), SetDatePart{path, part, typed[part]}).session;
            }
            const auto view = std::get<PageView>(view_of(session).body);
            for (const auto& part : view.questions.front().parts)
                RC_ASSERT(same_part(typed[part.part], part.value));
        });
    };
    using enum DatePart;
    CHECK(shown_again("/data/moved", "/data/moved", {day, month, year}));
    CHECK(shown_again("/data/since", "/data/since", {month, year}));
    CHECK(shown_again("/data/leaves", "/data/leaves", {hour, minute}));
    CHECK(shown_again("/data/late", "/data/late", {day, month, year, hour, minute}));
}
