// SPDX-License-Identifier: GPL-3.0-or-later
//
// The parts of a response's page. Pure: what they show was read before. Internal to desk/page.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "desk/exports/record.hpp"
#include "desk/page/frame.hpp"
#include "desk/page/search.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/events.hpp"
#include "desk/workspace/findings.hpp"
#include "desk/workspace/officer_fields.hpp"
#include "desk/workspace/redaction.hpp"

namespace pillarbox::page {

struct PickedQuote {
    std::string key;  // of the passage
    std::string text;
};

struct ResponseParts {
    workspace::ResponseId id = 0;
    std::string search;  // the list it is of, as a query
    exports::Record record;
    std::string respondent, borough;
    workspace::Status status{};
    std::vector<workspace::Code> codes;
    std::vector<workspace::Tag> own_tags;
    bool is_coded = false;
    std::vector<workspace::Note> notes;
    std::vector<workspace::FindingInAnswer> findings;
    std::vector<workspace::FindingKind> to_check;
    std::vector<workspace::Redaction> redactions;
    std::vector<PickedQuote> quotes;
    std::vector<workspace::OfficerField> fields;
    std::vector<workspace::OfficerAnswer> field_answers;
    std::vector<workspace::TrailLine> trail;
};

// The neighbours in the list, by their numbers in it.
struct Neighbours {
    std::uint64_t at = 0, total = 0;  // 0: of no list
    workspace::ResponseId before = 0, after = 0;
};

void write_way(Markup& markup, const Search& search, const Neighbours& neighbours);
void write_facts(Markup& markup, const form::Form& form, const ResponseParts& parts);
void write_answers(Markup& markup, const form::Form& form, const ResponseParts& parts, const View& view);
void write_side(Markup& markup, const form::Form& form, const ResponseParts& parts, const View& view);
void write_history(Markup& markup, const std::vector<workspace::TrailLine>& trail, const View& view,
                   workspace::ResponseId response);

}  // namespace pillarbox::page
