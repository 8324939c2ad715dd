// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a report is made of: the responses, and what officers made of them while reading, as plain structs that
// desk/outputs fills from the workspace; texts in them are as redacted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/day.hpp"
#include "core/campaign/campaign.hpp"
#include "core/submission/submission.hpp"
#include "desk/exports/record_source.hpp"

namespace pillarbox::report {

struct Theme {
    std::string name;        // "handover_waits"
    std::string label;       // "Waits at hospital doors"
    std::string above = {};  // the wider theme that it is part of; may be empty
};

struct Tag {
    submission::Uuid response{};
    std::string path;  // of the answer: "/data/q1/q1_text"; empty: of the response as a whole
    std::string theme;
};

struct ChosenQuote {
    submission::Uuid response{};
    std::string path;
    std::string text;   // an excerpt, as redacted; empty: the whole answer
    std::string theme;  // may be empty
};

struct Coding {
    std::vector<Theme> themes;
    std::vector<Tag> tags;
    std::vector<ChosenQuote> quotes;
    std::vector<std::string> findings, recommendations;
};

enum class ReportKind { questioning_brief, letter_pack };

// Everything pointed to outlives the report that is made.
struct Evidence {
    const campaign::Campaign* campaign = nullptr;
    exports::RecordSource* records = nullptr;  // no tests, nothing withdrawn; up to `until`
    Coding coding;
    ReportKind kind = ReportKind::letter_pack;
    std::optional<base::Day> until;  // the cut-off, by day of capture
};

}  // namespace pillarbox::report
