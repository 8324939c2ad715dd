// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <algorithm>

#include "desk/page/asked.hpp"
#include "desk/page/response_page.hpp"

namespace pillarbox::page {
namespace {

using workspace::CellKind;
using workspace::ResponseId;
using workspace::Workspace;

std::string answer_named(const exports::Record& record, std::string_view name) {
    for (const form::Answer& answer : record.submission.answers) {
        if (answer.path.ends_with(fmt::format("/{}", name))) {
            return answer.value;
        }
    }
    return {};
}

base::Result<std::vector<PickedQuote>> quotes_from(Workspace& workspace, ResponseId id, const exports::Record& record,
                                                   const std::vector<workspace::Redaction>& redactions) {
    const exports::AnswerIndex answers(record.submission);
    std::vector<PickedQuote> quotes;
    for (const workspace::Cell& cell : TRY(workspace::cells_of(workspace, CellKind::quote, id))) {
        const workspace::Passage passage = TRY(workspace::passage_of(cell.key));
        quotes.push_back({cell.key, workspace::redacted(answers.at(passage.path), passage, redactions)});
    }
    return quotes;
}

base::Result<ResponseParts> parts_of(Workspace& workspace, ResponseId id, const std::string& who) {
    ResponseParts parts;
    parts.id = id;
    parts.record = TRY(workspace::read_response(workspace, id));
    parts.respondent = answer_named(parts.record, "respondent");
    parts.borough = answer_named(parts.record, "borough");
    parts.status = TRY(workspace::status_of(workspace, id));
    parts.codes = TRY(workspace::codebook(workspace));
    for (workspace::Tag& tag : TRY(workspace::tags_of(workspace, id))) {
        if (tag.coder == who) {
            parts.own_tags.push_back(std::move(tag));
        }
    }
    const auto coded = TRY(workspace::cells_of(workspace, CellKind::coded, id));
    parts.is_coded = std::ranges::find(coded, who, &workspace::Cell::key) != coded.end();
    parts.notes = TRY(workspace::notes_of(workspace, id));
    parts.findings = workspace::findings_of(workspace.form(), parts.record.submission);
    const auto reviewed = TRY(workspace::cells_of(workspace, CellKind::reviewed, id));
    for (const workspace::FindingKind kind : workspace::kinds_in(workspace.form(), parts.record.submission)) {
        if (std::ranges::find(reviewed, workspace::name_of(kind), &workspace::Cell::key) == reviewed.end()) {
            parts.to_check.push_back(kind);
        }
    }
    parts.redactions = TRY(workspace::redactions_of(workspace, id));
    parts.quotes = TRY(quotes_from(workspace, id, parts.record, parts.redactions));
    parts.fields = TRY(workspace::officer_fields(workspace));
    parts.field_answers = TRY(workspace::officer_answers(workspace, id));
    parts.trail = TRY(workspace::audit_trail(workspace, id));
    return parts;
}

// Of the list that the address speaks of, as long as the response is still at its place there: a change of its
// status can take it out.
base::Result<Neighbours> neighbours_of(Workspace& workspace, ResponseId id, const Search& search) {
    const std::uint64_t first = search.at > 1 ? search.at - 1 : 1;
    const auto listing = TRY(workspace::list(workspace, search.filter, first - 1, 3));
    const auto own = std::ranges::find(listing.responses, id, &workspace::Listed::id);
    if (own == listing.responses.end()) {
        return Neighbours{};
    }
    const auto place = static_cast<std::uint64_t>(own - listing.responses.begin());
    Neighbours neighbours{first + place, listing.total, 0, 0};
    neighbours.before = own == listing.responses.begin() ? 0 : std::prev(own)->id;
    neighbours.after = std::next(own) == listing.responses.end() ? 0 : std::next(own)->id;
    return neighbours;
}

}  // namespace

Site::Answer Site::response(const Asked& asked) {
    ResponseParts parts = TRY(parts_of(workspace_, asked.response, asked.editor.who));
    const Search search = TRY(parse_search(asked.query));
    parts.search = query_of(search);
    const Neighbours neighbours = TRY(neighbours_of(workspace_, asked.response, search));
    const View here = view(Place::responses);
    base::Result<void> written;
    auto response = page(200, here, fmt::format("Response {}", parts.id), [&](Markup& markup) {
        write_way(markup, search, neighbours);
        written = write_done(markup, asked, here);
        markup.open("div", {{"class", "title"}}).leaf("h1", fmt::format("Response {}", parts.id));
        markup.leaf("span", words_of(parts.status),
                    {{"class", fmt::format("badge {}", workspace::name_of(parts.status))}});
        markup.close();
        write_facts(markup, workspace_.form(), parts);
        markup.open("div", {{"class", "columns"}});
        write_answers(markup, workspace_.form(), parts, here);
        write_side(markup, workspace_.form(), parts, here);
        markup.close();
        markup.open("section").leaf("h2", "History");
        if (parts.trail.empty()) {
            markup.leaf("p", "Nothing was changed yet.");
        } else {
            write_history(markup, parts.trail, here, parts.id);
        }
        markup.close();
    });
    TRY(std::move(written));
    return response;
}

}  // namespace pillarbox::page
