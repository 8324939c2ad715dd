// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/report/quotes.hpp"

#include <utility>

#include "desk/exports/consent.hpp"

namespace pillarbox::report {

QuotePicker::QuotePicker(const Evidence& evidence) : evidence_(evidence), found_(evidence.coding.quotes.size()) {
    for (std::size_t place = 0; place < evidence.coding.quotes.size(); ++place) {
        wanted_.emplace(evidence.coding.quotes[place].response, place);
    }
}

std::optional<Quotation> QuotePicker::quotation_of(const exports::Record& record, const ChosenQuote& chosen) const {
    // Never a quotation of an answer that was not written as evidence, such as a name.
    const form::Node* node = evidence_.campaign->form->find(exports::without_positions(chosen.path));
    const exports::AnswerIndex answers(record.submission);
    const std::string text = chosen.text.empty() ? answers.at(chosen.path) : chosen.text;
    const bool evidence_text = node != nullptr && exports::is_evidence_text(*node) && !text.empty();
    if (!evidence_text || !exports::may_quote(record, text)) {
        return std::nullopt;
    }
    return Quotation{text, exports::attribution_of(record), record.submission.language};
}

void QuotePicker::add(const exports::Record& record) {
    const auto [first, last] = wanted_.equal_range(record.submission.uuid);
    for (auto wanted = first; wanted != last; ++wanted) {
        found_[wanted->second] = quotation_of(record, evidence_.coding.quotes[wanted->second]);
        withheld_ += found_[wanted->second].has_value() ? 0U : 1U;
    }
}

Quotes QuotePicker::finish() {
    Quotes quotes;
    quotes.withheld = withheld_;
    for (std::size_t place = 0; place < found_.size(); ++place) {
        if (found_[place].has_value()) {
            quotes.allowed.push_back(*std::move(found_[place]));
            quotes.themes.push_back(evidence_.coding.quotes[place].theme);
        }
    }
    return quotes;
}

}  // namespace pillarbox::report
