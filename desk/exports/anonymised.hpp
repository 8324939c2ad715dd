// SPDX-License-Identifier: GPL-3.0-or-later
//
// Responses as they may leave the committee's hands: what could tell who answered is left out before any file is
// written, so that every writer (CSV, JSON, codebook) writes the same. docs/formats/exports.md gives each rule with
// its reason. Fails closed: a question that no rule lets through is left out.
//
// Kept: answers chosen from a list, numbers of a range, evidence texts that may be quoted (consent.hpp).
// Left out: the groups "contact" and "about_you" (equality figures stand apart from texts: the report counts
// them), names, every other open answer, what the form computed, the quotation choice itself.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "desk/exports/record.hpp"

namespace pillarbox::exports {

// A combination of what others may know of a person is given only where so many responses share it.
inline constexpr std::size_t alike_min = 5;
inline constexpr std::size_t alike_with_station_min = 10;

struct Anonymised {
    form::Form form;              // with the questions that are kept
    std::vector<Record> records;  // by week, then at random; numbered anew
};

// Test submissions are left out. The same records give the same result, in whatever order they come.
[[nodiscard]] Anonymised anonymised(const form::Form& form, const std::vector<Record>& records);

}  // namespace pillarbox::exports
