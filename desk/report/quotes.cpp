// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include "desk/exports/consent.hpp"
#include "desk/report/compose.hpp"

namespace pillarbox::report {

Quotes quotes_of(const Evidence& evidence) {
    std::map<submission::Uuid, const exports::Record*> by_uuid;
    if (!evidence.coding.quotes.empty()) {
        for (const exports::Record& record : *evidence.records) {
            by_uuid[record.submission.uuid] = &record;
        }
    }
    Quotes quotes;
    for (const ChosenQuote& chosen : evidence.coding.quotes) {
        const auto found = by_uuid.find(chosen.response);
        if (found == by_uuid.end()) {
            continue;  // came after the cut-off, or was withdrawn
        }
        const exports::Record& record = *found->second;
        // Never a quotation of an answer that was not written as evidence, such as a name.
        const form::Node* node = evidence.campaign->form->find(exports::without_positions(chosen.path));
        const exports::AnswerIndex answers(record.submission);
        const std::string text = chosen.text.empty() ? answers.at(chosen.path) : chosen.text;
        const bool evidence_text = node != nullptr && exports::is_evidence_text(*node) && !text.empty();
        if (!evidence_text || !exports::may_quote(record, text)) {
            ++quotes.withheld;
            continue;
        }
        quotes.allowed.push_back({text, exports::attribution_of(record), record.submission.language});
        quotes.themes.push_back(chosen.theme);
    }
    return quotes;
}

}  // namespace pillarbox::report
