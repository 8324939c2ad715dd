// SPDX-License-Identifier: GPL-3.0-or-later
//
// Submissions as CSV files, in the conventions of ODK Central's export, so that the field's tools (ruODK, pyODK,
// spreadsheets) read them as they read Central's. Differences, each for a reason: there is no SubmissionDate column,
// because a kiosk records the day only (column `today`), and none for submitter, device or review state, which we do
// not have.
#pragma once

#include <string>

#include "core/form/form.hpp"
#include "desk/exports/data_file.hpp"
#include "desk/exports/tables.hpp"

namespace pillarbox::exports {

// The form must outlive the files.

// responses.csv, and responses-<repeat>.csv for each repeat. Columns: today, the fields, meta-instanceID, KEY,
// FormVersion, Station, Language, Assisted (yes, no), Kind (response, test). An unanswered question is an empty cell,
// and so are its choices.
[[nodiscard]] DataFiles responses_csv(const form::Form& form);

// contacts.csv: KEY and the fields of the group "contact", for the submissions that filled any of it in. Nothing
// where the form has no such group.
[[nodiscard]] DataFiles contacts_csv(const form::Form& form);

// What is in codebook.csv: a row for each question and each choice: what the columns and their values mean, in every
// language of the form.
[[nodiscard]] std::string codebook_csv(const form::Form& form);
inline constexpr const char* codebook_name = "codebook.csv";

}  // namespace pillarbox::exports
