// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/workspace/quotes.hpp"

#include <optional>

#include "desk/exports/consent.hpp"
#include "desk/workspace/responses.hpp"

namespace pillarbox::workspace {
namespace {

// The one place that decides: nothing where the passage may not be told.
std::optional<Quote> quote_of(const form::Form& form, const exports::Record& record, const Passage& passage,
                              const std::vector<Redaction>& redactions) {
    const form::Node* node = form.find(exports::without_positions(passage.path));
    if (node == nullptr || !exports::is_evidence_text(*node) || !check_passage(record, passage).has_value()) {
        return std::nullopt;
    }
    const exports::AnswerIndex answers(record.submission);
    Quote quote;
    quote.uuid = record.submission.uuid;
    quote.passage = passage;
    quote.text = redacted(answers.at(passage.path), passage, redactions);
    quote.attribution = exports::attribution_of(record);
    quote.language = record.submission.language;
    if (quote.attribution.empty() || !exports::may_quote(record, quote.text)) {
        return std::nullopt;
    }
    return quote;
}

}  // namespace

base::Result<void> pick_quote(Workspace& workspace, const Editor& editor, ResponseId response,
                              const Passage& passage) {
    const exports::Record record = TRY(read_response(workspace, response));
    TRY(check_passage(record, passage));
    const auto redactions = TRY(redactions_of(workspace, response));
    if (!quote_of(workspace.form(), record, passage, redactions).has_value()) {
        return base::fail(base::ErrorCode::conflict, {}, "This passage may not be quoted.",
                          "See which quotation choice the respondent made; redact what names them.");
    }
    TRY(make_change(workspace, editor, {CellKind::quote, response, key_of(passage), "1"}));
    return {};
}

base::Result<void> drop_quote(Workspace& workspace, const Editor& editor, ResponseId response,
                              const Passage& passage) {
    TRY(make_change(workspace, editor, {CellKind::quote, response, key_of(passage), std::nullopt}));
    return {};
}

base::Result<std::vector<Quote>> quotes(Workspace& workspace) {
    std::vector<Quote> allowed;
    for (const Cell& cell : TRY(cells_of(workspace, CellKind::quote))) {
        const Passage passage = TRY(passage_of(cell.key));
        const exports::Record record = TRY(read_response(workspace, cell.response));
        const auto redactions = TRY(redactions_of(workspace, cell.response));
        auto quote = quote_of(workspace.form(), record, passage, redactions);
        if (quote.has_value()) {
            quote->response = cell.response;
            allowed.push_back(*std::move(quote));
        }
    }
    return allowed;
}

}  // namespace pillarbox::workspace
