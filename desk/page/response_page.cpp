// SPDX-License-Identifier: GPL-3.0-or-later
//
// One response: the answers, and beside them what the officer does with it.
#include "desk/page/response_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "desk/exports/consent.hpp"
#include "desk/exports/words.hpp"
#include "desk/page/asked.hpp"

namespace pillarbox::page {
namespace {

using workspace::Finding;
using workspace::Passage;
using workspace::Redaction;

constexpr std::string_view contact_prefix = "/data/contact/";
constexpr std::string_view equality_prefix = "/data/about_you/";

// How a piece of an answer is shown: it ends where the next begins.
struct Piece {
    std::size_t start = 0, end = 0;
    const Redaction* redaction = nullptr;
    const Finding* finding = nullptr;
};

std::vector<Piece> pieces_of(std::string_view path, std::size_t size, const ResponseParts& parts) {
    const auto holds = [](std::size_t start, std::size_t length, std::size_t at) {
        return at >= start && at < start + length;
    };
    std::set<std::size_t> edges{0, size};
    for (const Redaction& one : parts.redactions) {
        if (one.passage.path == path) {
            edges.insert({one.passage.start, one.passage.start + one.passage.size});
        }
    }
    for (const workspace::FindingInAnswer& one : parts.findings) {
        if (one.path == path) {
            edges.insert({one.finding.start, one.finding.start + one.finding.size});
        }
    }
    std::vector<Piece> pieces;
    for (auto edge = edges.begin(); std::next(edge) != edges.end() && *std::next(edge) <= size; ++edge) {
        Piece piece{*edge, *std::next(edge)};
        for (const Redaction& one : parts.redactions) {
            if (one.passage.path == path && holds(one.passage.start, one.passage.size, piece.start)) {
                piece.redaction = &one;
            }
        }
        for (const workspace::FindingInAnswer& one : parts.findings) {
            if (one.path == path && holds(one.finding.start, one.finding.size, piece.start)) {
                piece.finding = &one.finding;
            }
        }
        pieces.push_back(piece);
    }
    return pieces;
}

void write_text(Markup& markup, const form::Answer& answer, const ResponseParts& parts) {
    markup.open("div", {{"class", "text"},
                        {"dir", "auto"},
                        {"lang", parts.record.submission.language},
                        {"data-answer", answer.path}});
    for (const Piece& piece : pieces_of(answer.path, answer.value.size(), parts)) {
        const std::string_view text = std::string_view(answer.value).substr(piece.start, piece.end - piece.start);
        if (piece.redaction != nullptr) {
            markup.leaf("del", text, {{"title", "Redacted: " + piece.redaction->reason}});
        } else if (piece.finding != nullptr) {
            markup.leaf("mark", text, {{"title", words_of(piece.finding->kind)}});
        } else {
            markup.text(text);
        }
    }
    markup.close();
}

// What may be done with a passage of a text. Words are copied into the field, or selected where there is a script.
void write_passage_form(Markup& markup, const View& view, const form::Answer& answer, const ResponseParts& parts,
                        std::size_t number) {
    const std::string field = fmt::format("passage-{}", number), hint = field + "-hint";
    const std::string reason = fmt::format("reason-{}", number), reason_hint = reason + "-hint";
    markup.open("details", {{"class", "passage"}}).leaf("summary", "Quote or redact a passage");
    open_form(markup, view, fmt::format("/response/{}/passage", parts.id),
              {{"path", answer.path}, {"search", parts.search}});
    markup.open("div", {{"class", "field"}}).leaf("label", "The words of the passage", {{"for", field}});
    markup.leaf("div", "Copy them from the answer. Leave this empty for the whole answer.",
                {{"id", hint}, {"class", "hint"}});
    markup.leaf("textarea", "",
                {{"id", field},
                 {"name", "passage"},
                 {"rows", "3"},
                 {"dir", "auto"},
                 {"spellcheck", "false"},
                 {"aria-describedby", hint}});
    markup.close();
    markup.open("div", {{"class", "buttons"}});
    markup.leaf("button", "Add to the quotes", {{"class", "button second"}, {"name", "do"}, {"value", "quote"}});
    markup.close();
    markup.open("div", {{"class", "field"}}).leaf("label", "Reason to redact it", {{"for", reason}});
    markup.leaf("div", "Needed to redact. The original stays here, the reason beside it.",
                {{"id", reason_hint}, {"class", "hint"}});
    markup.lone("input", {{"id", reason},
                          {"name", "reason"},
                          {"type", "text"},
                          {"autocomplete", "off"},
                          {"aria-describedby", reason_hint}});
    markup.close();
    markup.leaf("button", "Redact", {{"class", "button grave"}, {"name", "do"}, {"value", "redact"}});
    markup.close().close();
}

class Answers {
  public:
    Answers(Markup& markup, const form::Form& form, const ResponseParts& parts, const View& view)
        : markup_(markup), form_(form), parts_(parts), view_(view) {}

    // Whose path begins so; of an empty prefix, all that belong to no other group.
    void write(std::string_view prefix) {
        for (const form::Answer& answer : parts_.record.submission.answers) {
            const std::string path = exports::without_positions(answer.path);
            const bool is_apart = path.starts_with(contact_prefix) || path.starts_with(equality_prefix);
            if (prefix.empty() ? is_apart : !path.starts_with(prefix)) {
                continue;
            }
            const form::Node* node = form_.find(path);
            if (node == nullptr || !node->is_silent()) {
                write_group(path, prefix);
                write_one(answer, node);
            }
        }
    }
    [[nodiscard]] bool has(std::string_view prefix) const {
        return std::ranges::any_of(parts_.record.submission.answers,
                                   [&](const form::Answer& answer) { return answer.path.starts_with(prefix); });
    }

  private:
    // The title of the page it was asked on: "How can this be improved?" says little alone.
    void write_group(std::string_view path, std::string_view prefix) {
        const std::string_view group = path.substr(0, path.find('/', path.find('/', 1) + 1));
        const form::Node* node = form_.find(group);
        if (group == group_ || !prefix.empty() || node == nullptr || !node->is_container()) {
            return;
        }
        group_ = group;
        markup_.leaf("h3", exports::question_in_words(form_, *node, form_.default_language));
    }
    void write_one(const form::Answer& answer, const form::Node* node) {
        markup_.open("div", {{"class", "answer"}});
        markup_.leaf(
            "h4", node == nullptr ? answer.path : exports::question_in_words(form_, *node, form_.default_language));
        if (node != nullptr && node->type == form::NodeType::text) {
            write_text(markup_, answer, parts_);
            if (!answer.path.starts_with(contact_prefix) && !exports::decides_consent(answer.path)) {
                write_passage_form(markup_, view_, answer, parts_, ++number_);
            }
        } else {
            markup_.leaf("p",
                         node == nullptr
                             ? answer.value
                             : exports::answer_in_words(form_, *node, answer.value, form_.default_language),
                         {{"class", "chosen"}, {"dir", "auto"}});
        }
        markup_.close();
    }

    Markup& markup_;
    const form::Form& form_;
    const ResponseParts& parts_;
    const View& view_;
    std::string group_;
    std::size_t number_ = 0;
};

void write_apart(Markup& markup, Answers& answers, std::string_view prefix, std::string_view title) {
    if (answers.has(prefix)) {
        markup.open("details", {{"class", "apart"}}).leaf("summary", title);
        answers.write(prefix);
        markup.close();
    }
}

}  // namespace

void write_answers(Markup& markup, const form::Form& form, const ResponseParts& parts, const View& view) {
    Answers answers(markup, form, parts, view);
    markup.open("section", {{"class", "answers"}}).leaf("h2", "Answers");
    answers.write({});
    write_apart(markup, answers, equality_prefix, "About the person (kept apart from what they wrote)");
    write_apart(markup, answers, contact_prefix, "Contact details (only to get in touch)");
    markup.close();
}

void write_facts(Markup& markup, const form::Form& form, const ResponseParts& parts) {
    const submission::Submission& submission = parts.record.submission;
    markup.open("dl", {{"class", "facts"}});
    const auto row = [&markup](std::string_view term, std::string_view text) {
        if (!text.empty()) {
            markup.open("div").leaf("dt", term).leaf("dd", text).close();
        }
    };
    row("Day", day_in_words(base::format_day(submission.day)));
    row("Kiosk", parts.record.station);
    row("Language", language_in_words(submission.language));
    row("From", choice_in_words(form, "respondent", parts.respondent));
    row("Borough", choice_in_words(form, "borough", parts.borough));
    row("Typed by", submission.assisted ? "Staff, for the person" : "The person");
    row("Consent", words_of(exports::consent_of(parts.record)));
    markup.close();
}

}  // namespace pillarbox::page
