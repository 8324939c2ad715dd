// SPDX-License-Identifier: GPL-3.0-or-later
//
// Submissions as CSV files, in the conventions of ODK Central's export, so that the field's tools (ruODK, pyODK,
// spreadsheets) read them as they read Central's. Differences, each for a reason: there is no SubmissionDate column,
// because a kiosk records the day only (column `today`), and none for submitter, device or review state, which we do
// not have.
#pragma once

#include <string>
#include <vector>

#include "core/form/form.hpp"
#include "desk/exports/record.hpp"
#include "desk/exports/tables.hpp"

namespace pillarbox::exports {

struct NamedText {
    std::string file_name;
    std::string text;
};

// responses.csv, and responses-<repeat>.csv for each repeat. Columns: today, the fields, meta-instanceID, KEY,
// FormVersion, Station, Language, Assisted (yes, no), Kind (response, test). An unanswered question is an empty cell,
// and so are its choices.
[[nodiscard]] std::vector<NamedText> responses_csv(const form::Form& form, const std::vector<Record>& records);

// contacts.csv: KEY and the fields of the group "contact", for the submissions that filled any of it in. Nothing
// where the form has no such group.
[[nodiscard]] std::vector<NamedText> contacts_csv(const form::Form& form, const std::vector<Record>& records);

// codebook.csv: a row for each question and each choice: what the columns and their values mean, in every language of
// the form.
[[nodiscard]] NamedText codebook_csv(const form::Form& form);

}  // namespace pillarbox::exports
