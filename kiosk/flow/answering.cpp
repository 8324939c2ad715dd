// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "kiosk/flow/choices.hpp"
#include "kiosk/flow/pages.hpp"
#include "kiosk/flow/steps.hpp"
#include "kiosk/flow/wipe_text.hpp"

namespace pillarbox::flow {

namespace {

// The question on the open page that has this path and takes answers; nullptr otherwise.
const form::Node* answerable(const Session& session, std::string_view path) {
    if (session.screen != Screen::form_page || session.overlay != Overlay::none)
        return nullptr;
    const auto pages = pages_of(session.answers->form());
    const auto* page = page_of(pages, session.page);
    if (page == nullptr)
        return nullptr;
    const auto found = std::ranges::find(page->questions, path, [](const form::Node* node) { return node->path; });
    if (found == page->questions.end() || (*found)->type == form::NodeType::note)
        return nullptr;
    const bool open = session.answers->is_relevant(path) && !session.answers->is_read_only(path);
    return open ? *found : nullptr;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

bool breaks_constraint(const form::Instance& answers, std::string_view path) {
    return std::ranges::any_of(answers.problems_in(path), [](const form::Problem& problem) {
        return problem.kind == form::ProblemKind::constraint;
    });
}

// Sets an added choice, unless that turns a sound answer into one that breaks the constraint ("up to two"): then the
// answer stays as it was and the refusal is shown, so that nobody finds out only at Next.
void set_or_refuse(Session& session, const ToggleChoice& event, const std::string& value) {
    auto& answers = *session.answers;
    const auto& path = event.path;
    std::string before = answers.answer(path);
    const bool was_broken = breaks_constraint(answers, path);
    static_cast<void>(answers.set_answer(path, value));
    if (!was_broken && breaks_constraint(answers, path)) {
        static_cast<void>(answers.set_answer(path, before));
        session.refused_path = path;
        session.refused_choice = event.choice;
    }
    wipe_text(before);
}

}  // namespace

void apply(Session& session, const SetAnswer& event, Effects&) {
    if (answerable(session, event.path) == nullptr || count_code_points(event.value) > text_characters_max)
        return;
    session.refused_path.clear();
    static_cast<void>(session.answers->set_answer(event.path, event.value));
}

void apply(Session& session, const ToggleChoice& event, Effects&) {
    const auto* question = answerable(session, event.path);
    if (question == nullptr)
        return;
    session.refused_path.clear();
    std::string value = session.answers->answer(event.path);
    const auto change = toggled(*question, value, event.choice, session.answers->choices_of(event.path));
    if (change.kind == ToggleKind::added)
        set_or_refuse(session, event, change.value);
    else if (change.kind == ToggleKind::removed &&
             !(change.value.empty() && session.answers->is_required(event.path) &&
               question->type == form::NodeType::select_one))
        static_cast<void>(session.answers->set_answer(event.path, change.value));
    wipe_text(value);
}

}  // namespace pillarbox::flow
