// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a POST changes. Each makes its change through desk/workspace, which notes it, and leads back.
#include <fmt/format.h>

#include <algorithm>

#include "desk/page/asked.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/duplicates.hpp"
#include "desk/workspace/findings.hpp"
#include "desk/workspace/officer_fields.hpp"
#include "desk/workspace/quotes.hpp"
#include "desk/workspace/redaction.hpp"

namespace pillarbox::page {
namespace {

using workspace::Passage;

// Browsers send line breaks as CR LF, whatever the answer has.
std::string with_plain_lines(std::string text) {
    std::erase(text, '\r');
    return text;
}

// Every place of the words in the answer; the whole answer where there are no words.
base::Result<std::vector<Passage>> passages_of(const exports::Record& record, const std::string& path,
                                               const std::string& words) {
    const exports::AnswerIndex answers(record.submission);
    const std::string& answer = answers.at(path);
    if (words.empty()) {
        return std::vector{Passage{path, 0, answer.size()}};
    }
    std::vector<Passage> passages;
    for (std::size_t at = answer.find(words); at != std::string::npos; at = answer.find(words, at + words.size())) {
        passages.push_back({path, at, words.size()});
    }
    if (passages.empty()) {
        return base::fail(base::ErrorCode::usage, {}, "The answer does not have these words.",
                          "Copy them from the answer, letter by letter.");
    }
    return passages;
}

}  // namespace

Site::Answer Site::change_tag(const Asked& asked) {
    const std::string code = asked.field("code"), path = asked.field("path");
    if (asked.field("do") == "remove") {
        TRY(workspace::remove_tag(workspace_, asked.editor, asked.response, code, path));
    } else {
        TRY(workspace::add_tag(workspace_, asked.editor, asked.response, code, path));
    }
    return back(asked);
}

Site::Answer Site::finish_coding(const Asked& asked) {
    TRY(workspace::finish_coding(workspace_, asked.editor, asked.response));
    return back(asked);
}

Site::Answer Site::set_status(const Asked& asked) {
    const workspace::Status status = TRY(workspace::parse_status(asked.field("status")));
    TRY(workspace::set_status(workspace_, asked.editor, asked.response, status));
    return back(asked);
}

Site::Answer Site::change_note(const Asked& asked) {
    if (asked.field("do") == "remove") {
        TRY(workspace::remove_note(workspace_, asked.editor, asked.response, asked.field("key")));
    } else {
        TRY(workspace::add_note(workspace_, asked.editor, asked.response, with_plain_lines(asked.field("text"))));
    }
    return back(asked);
}

// A redaction takes out the words wherever the answer has them; a quote is the first place.
Site::Answer Site::use_passage(const Asked& asked) {
    const exports::Record record = TRY(workspace::read_response(workspace_, asked.response));
    const auto passages = TRY(passages_of(record, asked.field("path"), with_plain_lines(asked.field("passage"))));
    if (asked.field("do") == "quote") {
        TRY(workspace::pick_quote(workspace_, asked.editor, asked.response, passages.front()));
        return back(asked);
    }
    for (const Passage& passage : passages) {
        TRY(workspace::redact(workspace_, asked.editor, asked.response, {passage, asked.field("reason")}));
    }
    return back(asked);
}

Site::Answer Site::take_back_redaction(const Asked& asked) {
    const Passage passage = TRY(workspace::passage_of(asked.field("passage")));
    TRY(workspace::take_back_redaction(workspace_, asked.editor, asked.response, passage));
    return back(asked);
}

Site::Answer Site::drop_quote(const Asked& asked) {
    const Passage passage = TRY(workspace::passage_of(asked.field("passage")));
    TRY(workspace::drop_quote(workspace_, asked.editor, asked.response, passage));
    return back(asked);
}

Site::Answer Site::mark_reviewed(const Asked& asked) {
    const workspace::FindingKind kind = TRY(workspace::parse_finding_kind(asked.field("kind")));
    TRY(workspace::mark_reviewed(workspace_, asked.editor, asked.response, kind));
    return back(asked);
}

Site::Answer Site::mark_different(const Asked& asked) {
    TRY(workspace::mark_different(workspace_, asked.editor, asked.response));
    return back(asked);
}

Site::Answer Site::change_codebook(const Asked& asked) {
    if (asked.field("do") == "remove") {
        TRY(workspace::remove_code(workspace_, asked.editor, asked.field("name")));
    } else {
        TRY(workspace::set_code(workspace_, asked.editor,
                                {asked.field("name"), asked.field("label"), asked.field("theme")}));
    }
    return back(asked);
}

// A line each: the label, then the choices.
Site::Answer Site::change_field(const Asked& asked) {
    if (asked.field("do") == "remove") {
        TRY(workspace::remove_officer_field(workspace_, asked.editor, asked.field("name")));
        return back(asked);
    }
    workspace::OfficerField field{asked.field("name"), asked.field("label"), {}};
    const std::string lines = with_plain_lines(asked.field("choices"));
    for (std::size_t start = 0; start < lines.size();) {
        const std::size_t end = std::min(lines.find('\n', start), lines.size());
        if (end > start) {
            field.choices.push_back(lines.substr(start, end - start));
        }
        start = end + 1;
    }
    TRY(workspace::set_officer_field(workspace_, asked.editor, field));
    return back(asked);
}

Site::Answer Site::answer_field(const Asked& asked) {
    const std::string name = asked.field("name");
    TRY(workspace::answer_officer_field(workspace_, asked.editor, asked.response, name,
                                        asked.field("field-" + name)));
    return back(asked);
}

Site::Answer Site::undo(const Asked& asked) {
    TRY(workspace::undo(workspace_, asked.editor, asked.number("event")));
    const std::int64_t response = asked.number("response");
    Asked from = asked;
    from.response = response > 0 ? response : 0;
    return back(from);
}

// The trail shows what it was, whatever page this came from.
Site::Answer Site::undo_last(const Asked& asked) {
    const auto undone = TRY(workspace::undo_last(workspace_, asked.editor));
    return see_other(undone.has_value() ? fmt::format("/trail?done={}", *undone) : std::string("/trail"));
}

}  // namespace pillarbox::page
