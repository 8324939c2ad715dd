// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>

#include "kiosk/flow/date_parts.hpp"
#include "kiosk/flow/personal_details.hpp"
#include "kiosk/flow/view_parts.hpp"

namespace pillarbox::flow {

namespace {

// A longer text is read as a paragraph, under the heading of what it belongs to.
constexpr std::size_t heading_size_bytes_max = 120;

// Of a group or repeat that may not be there even once: then without what its label refers to.
std::string label_of_container(const Session& session, const form::Node& node, const std::string& path) {
    auto label = session.answers->label_of(path, session.language);
    return label.empty() ? node.label.in(session.language, session.answers->form().default_language) : label;
}

// "Person 2 of 3" where the form counts, else "Person 2".
Text name_of(const Session& session, const Repetition& repetition) {
    const auto label = label_of_container(session, *repetition.repeat, repetition.path());
    const auto number = static_cast<std::uint64_t>(repetition.number);
    const auto total = static_cast<std::uint64_t>(repetition.total);
    if (repetition.repeat->repeat_count == nullptr)
        return label.empty() ? message("Number {number}", {{"number", number}})
                             : message("{name} {number}", {{"name", label}, {"number", number}});
    return label.empty()
               ? message("{number} of {total}", {{"number", number}, {"total", total}})
               : message("{name} {number} of {total}", {{"name", label}, {"number", number}, {"total", total}});
}

// A repeat that is one page has its repetition as the page's heading.
bool is_whole_repetition(const Page& page) {
    return page.kind == PageKind::questions && page.node->type == form::NodeType::repeat;
}

std::vector<Text> captions_of(const Session& session, const Page& page) {
    std::vector<Text> captions;
    for (const auto& repetition : page.repetitions)
        captions.push_back(name_of(session, repetition));
    if (is_whole_repetition(page))
        captions.pop_back();  // it is the heading
    return captions;
}

// The nearest group around a page that has a label; else the form's title.
Text heading_around(const Session& session, const Page& page) {
    const auto& form = session.answers->form();
    std::string path = page.path;
    for (auto slash = path.rfind('/'); slash != std::string::npos && slash > 0; slash = path.rfind('/')) {
        path.resize(slash);
        const auto* node = form.find(path);
        const auto label = node == nullptr ? std::string{} : label_of_container(session, *node, path);
        if (!label.empty())
            return ready(label);
    }
    return form.title.empty() ? campaign_text(session, "title") : ready(form.title);
}

Text heading_of(const Session& session, const Page& page) {
    if (is_whole_repetition(page))
        return name_of(session, page.repetitions.back());
    if (page.node->is_container()) {
        const auto label = label_of_container(session, *page.node, page.path);
        return label.empty() ? heading_around(session, page) : ready(label);
    }
    auto label = label_of(session, page.questions.front());
    const bool long_note = is_only_shown(*page.node) && (label.ready.size() > heading_size_bytes_max ||
                                                         label.ready.find('\n') != std::string::npos);
    return long_note ? heading_around(session, page) : label;
}

void add_problems(PageView& view, const Session& session, const Page& page) {
    for (const auto& problem : problems_of(*session.answers, page)) {
        const auto question = std::ranges::find(page.questions, problem.path, &Question::path);
        const auto text = text_of_problem(session, *question, problem);
        view.problems.push_back({problem.path, text});
        const auto shown = std::ranges::find(view.questions, problem.path, &QuestionView::path);
        if (shown == view.questions.end())
            continue;
        shown->problem = text;
        if (problem.kind != form::ProblemKind::not_a_date)
            continue;
        const auto wrong = problem_of_date(*question->node, session.answers->answer(problem.path)).parts;
        for (auto& part : shown->parts)
            part.wrong = std::ranges::count(wrong, part.part) > 0;
        // The link leads to the field, not to the whole question.
        if (!wrong.empty())
            view.problems.back().part = wrong.front();
    }
}

// What tells a repetition from the others: the first answer that reads as words.
Text first_answer_in(const Session& session, const std::vector<Page>& pages, const std::string& repetition) {
    for (const auto& page : pages)
        for (const auto& question : page.questions) {
            if (!is_inside(question.path, repetition) || is_only_shown(*question.node) ||
                !session.answers->is_relevant(question.path))
                continue;
            if (const auto texts = answer_texts(session, question); !texts.empty())
                return texts.front();
        }
    return {};
}

RepetitionsView list_view(const Session& session, const std::vector<Page>& pages, const Page& page) {
    RepetitionsView view{page.path, {}, false};
    const auto total = session.answers->repetitions(page.path);
    for (std::size_t number = 1; number <= total; ++number) {
        const Repetition repetition{page.node, page.path, number, total};
        view.repetitions.push_back(
            {repetition.path(), name_of(session, repetition), first_answer_in(session, pages, repetition.path())});
    }
    view.can_add = total < repetitions_max;
    return view;
}

// The innermost repetition that a person may take away.
void add_removable(PageView& view, const Session& session, const Page& page) {
    if (page.repetitions.empty() || page.repetitions.back().repeat->repeat_count != nullptr)
        return;
    view.removable = page.repetitions.back().path();
    view.removable_name = name_of(session, page.repetitions.back());
}

// Only where people write freely: a contact page is meant to hold a name.
bool may_tell_too_much(const Session& session, const Question& question) {
    return kind_of(*question.node) == QuestionKind::paragraph && may_tell_who(session.answers->answer(question.path));
}

// What a page belongs to on the check page: itself where it has several questions; else the repetition or labelled
// group around it, so that its question does not stand there twice, as a heading too.
struct Belonging {
    std::string path;
    Text heading;
    std::vector<Text> captions;
};

Belonging belonging_of(const Session& session, const Page& page) {
    auto captions = captions_of(session, page);
    if (page.node->is_container())
        return {page.path, heading_of(session, page), std::move(captions)};
    std::string path = page.path;
    for (auto slash = path.rfind('/'); slash != std::string::npos && slash > 0; slash = path.rfind('/')) {
        path.resize(slash);
        if (!page.repetitions.empty() && path == page.repetitions.back().path()) {
            const auto name = captions.back();
            captions.pop_back();
            return {path, name, std::move(captions)};
        }
        const auto* node = session.answers->form().find(path);
        const auto label = node == nullptr ? std::string{} : label_of_container(session, *node, path);
        if (!label.empty())
            return {path, ready(label), std::move(captions)};
    }
    return {{}, {}, std::move(captions)};
}

CheckSection list_section(const Session& session, const Page& page) {
    const auto total = static_cast<std::uint64_t>(session.answers->repetitions(page.path));
    const auto heading = heading_of(session, page);
    return {page.path,
            heading,
            captions_of(session, page),
            {{page.path, heading, {message("Added: {number}", {{"number", total}})}, {}}}};
}

}  // namespace

PageView page_view(const Session& session) {
    PageView view;
    const auto pages = relevant_pages(*session.answers);
    view.total = pages.size();
    const auto found = std::ranges::find(pages, session.page, &Page::path);
    if (found == pages.end())
        return view;
    view.number = static_cast<std::uint64_t>(found - pages.begin()) + 1;
    view.captions = captions_of(session, *found);
    view.heading = heading_of(session, *found);
    if (found->kind == PageKind::repetitions)
        view.list = list_view(session, pages, *found);
    else
        add_removable(view, session, *found);
    if (found->node->is_container())
        view.hint = ready(session.answers->hint_of(session.page, session.language));
    for (const auto& question : found->questions)
        if (session.answers->is_relevant(question.path))
            view.questions.push_back(question_view(session, question));
    if (session.shows_problems.contains(session.page))
        add_problems(view, session, *found);
    return view;
}

CheckView check_view(const Session& session) {
    CheckView view;
    std::string belongs_to;
    for (const auto& page : relevant_pages(*session.answers)) {
        if (page.kind == PageKind::repetitions) {
            view.sections.push_back(list_section(session, page));
            belongs_to = page.path;
            continue;
        }
        auto belonging = belonging_of(session, page);
        CheckSection section{page.path, std::move(belonging.heading), std::move(belonging.captions), {}};
        for (const auto& question : page.questions) {
            if (is_only_shown(*question.node) || !session.answers->is_relevant(question.path))
                continue;
            CheckAnswer answer{question.path, label_of(session, question), answer_texts(session, question), {}};
            if (may_tell_too_much(session, question)) {
                answer.warning = message(
                    "This may hold a name, phone number or e-mail address. Change it if you do not want the "
                    "committee to see it.");
                view.has_warning = true;
            }
            section.answers.push_back(std::move(answer));
        }
        if (section.answers.empty())
            continue;
        if (!view.sections.empty() && belonging.path == belongs_to)
            std::ranges::move(section.answers, std::back_inserter(view.sections.back().answers));
        else
            view.sections.push_back(std::move(section));
        belongs_to = belonging.path;
    }
    return view;
}

std::optional<RemoveView> remove_view(const Session& session) {
    for (const auto& page : pages_of(*session.answers))
        for (const auto& repetition : page.repetitions)
            if (repetition.path() == session.removing)
                return RemoveView{name_of(session, repetition)};
    return std::nullopt;
}

}  // namespace pillarbox::flow
