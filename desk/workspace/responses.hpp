// SPDX-License-Identifier: GPL-3.0-or-later
//
// Finding and reading responses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/day.hpp"
#include "core/base/result.hpp"
#include "desk/exports/consent.hpp"
#include "desk/exports/record.hpp"
#include "desk/workspace/coding.hpp"
#include "desk/workspace/findings.hpp"
#include "desk/workspace/workspace.hpp"

namespace pillarbox::workspace {

enum class Help { any, alone, assisted };

// What is left empty lets everything pass.
struct Filter {
    std::vector<std::pair<std::string, std::string>> answers = {};  // question name and choice: all of them
    std::string respondent = {}, borough = {}, station = {}, language = {};
    std::optional<base::Day> from = {}, until = {};  // by day of capture, both included: a cut-off is an `until`
    std::string tag = {};                            // by any coder
    std::vector<std::pair<std::string, std::string>> officers = {};  // officers' question and answer: all of them
    std::optional<Status> status = {};
    std::optional<exports::Consent> consent = {};
    std::optional<FindingKind> finding = {};  // that nobody has looked at yet
    Help help = Help::any;
    std::string words = {};  // full-text search (search_text.hpp)
};

struct Listed {
    ResponseId id = 0;
    std::string day, station, language, respondent, borough;
    bool assisted = false;
    exports::Consent consent{};
    Status status{};
};

struct Listing {
    std::uint64_t total = 0;  // that pass the filter
    std::vector<Listed> responses;
};

// By day, then uuid: the order says nothing about who came first.
[[nodiscard]] base::Result<Listing> list(Workspace& workspace, const Filter& filter, std::uint64_t offset,
                                         std::uint64_t count_max);

// All answers as they came: redactions are applied by redaction.hpp. not_found where there is none.
[[nodiscard]] base::Result<exports::Record> read_response(Workspace& workspace, ResponseId id);
[[nodiscard]] base::Result<Status> status_of(Workspace& workspace, ResponseId id);

struct Totals {
    std::uint64_t responses = 0, envelopes = 0, lost = 0, withdrawn = 0;
    std::vector<std::pair<std::string, std::uint64_t>> by_status;
};
[[nodiscard]] base::Result<Totals> totals(Workspace& workspace);

}  // namespace pillarbox::workspace
