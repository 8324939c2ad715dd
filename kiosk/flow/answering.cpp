// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "kiosk/flow/choices.hpp"
#include "kiosk/flow/date_parts.hpp"
#include "kiosk/flow/numbers.hpp"
#include "kiosk/flow/pages.hpp"
#include "kiosk/flow/steps.hpp"
#include "kiosk/flow/wipe_text.hpp"

namespace pillarbox::flow {

namespace {

using form::NodeType;

// The question on the open page that has this path and takes answers; nullptr otherwise.
const form::Node* answerable(const Session& session, std::string_view path) {
    if (session.screen != Screen::form_page || session.overlay != Overlay::none)
        return nullptr;
    const auto pages = pages_of(*session.answers);
    const auto* page = page_of(pages, session.page);
    if (page == nullptr)
        return nullptr;
    const auto found = std::ranges::find(page->questions, path, &Question::path);
    if (found == page->questions.end() || is_only_shown(*found->node))
        return nullptr;
    const bool open = session.answers->is_relevant(path) && !session.answers->is_read_only(path);
    return open ? found->node : nullptr;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

void set(Session& session, const std::string& path, std::string_view value) {
    session.refused_path.clear();
    static_cast<void>(session.answers->set_answer(path, value));
}

// Whether an answer would break the constraint. Tried on a copy, because an answer that is set also sets what it
// triggers, and taking it back would not.
class Trial {
  public:
    Trial(const form::Instance& answers, const std::string& path) : answers_(answers), path_(path) {}

    bool breaks(std::string_view value) {
        static_cast<void>(answers_.set_answer(path_, value));
        return std::ranges::any_of(answers_.problems_in(path_), [](const form::Problem& problem) {
            return problem.kind == form::ProblemKind::constraint;
        });
    }

  private:
    form::Instance answers_;
    const std::string& path_;
};

// Sets an added choice, unless that turns a sound answer into one that breaks the constraint. Where it is just that
// some choices exclude this one ("none of these"), those give way, as everybody expects of such a list. Where it is
// one too many ("up to two"), the answer stays as it was and the refusal is shown, so that nobody finds out only at
// Next.
void add_or_refuse(Session& session, const ToggleChoice& event, const std::string& before, const std::string& after) {
    Trial trial(*session.answers, event.path);
    if (before.empty() || trial.breaks(before) || !trial.breaks(after))
        return set(session, event.path, after);
    std::string compatible;
    for (const auto& choice : split_choices(after))
        if (choice == event.choice || !trial.breaks(choice + " " + event.choice))
            compatible += (compatible.empty() ? "" : " ") + choice;
    const bool replaces = compatible.size() < after.size();
    if (replaces && !trial.breaks(compatible))
        return set(session, event.path, compatible);
    session.refused_path = event.path;
    session.refused_choice = event.choice;
}

}  // namespace

void apply(Session& session, const SetAnswer& event, Effects&) {
    const auto* question = answerable(session, event.path);
    if (question == nullptr || count_code_points(event.value) > text_characters_max)
        return;
    const bool number = question->type == NodeType::integer || question->type == NodeType::decimal;
    set(session, event.path, number ? as_number(event.value) : event.value);
}

void apply(Session& session, const ToggleChoice& event, Effects&) {
    const auto* question = answerable(session, event.path);
    if (question == nullptr)
        return;
    session.refused_path.clear();
    std::string value = session.answers->answer(event.path);
    const auto change = toggled(*question, value, event.choice, session.answers->choices_of(event.path));
    if (change.kind == ToggleKind::added)
        add_or_refuse(session, event, value, change.value);
    else if (change.kind == ToggleKind::removed &&
             !(change.value.empty() && session.answers->is_required(event.path) &&
               question->type == NodeType::select_one))
        set(session, event.path, change.value);
    wipe_text(value);
}

void apply(Session& session, const SetDatePart& event, Effects&) {
    const auto* question = answerable(session, event.path);
    if (question == nullptr || std::ranges::count(parts_asked(*question), event.part) == 0)
        return;
    set(session, event.path, with_part(*question, session.answers->answer(event.path), event.part, event.typed));
}

void apply(Session& session, const SetStep& event, Effects&) {
    const auto* question = answerable(session, event.path);
    if (question == nullptr || question->type != NodeType::range)
        return;
    const Scale scale(*question);
    if (event.step <= scale.last())
        set(session, event.path, scale.value_at(event.step));
}

void apply(Session& session, const MoveChoice& event, Effects&) {
    const auto* question = answerable(session, event.path);
    if (question == nullptr || question->type != NodeType::rank)
        return;
    const auto offered = session.answers->choices_of(event.path);
    set(session, event.path, moved(session.answers->answer(event.path), event.choice, event.move, offered));
}

}  // namespace pillarbox::flow
