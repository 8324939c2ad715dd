// SPDX-License-Identifier: GPL-3.0-or-later
//
// The tables that a form's answers make, after ODK Central's CSV conventions: one for the submissions, one for each
// repeat. Group names stand before the field's, joined by "-"; each choice of a select_multiple has a column
// "field/choice" besides. Pure: Form in, layout out. docs/guides/officer.md describes the files.
#pragma once

#include <string>
#include <vector>

#include "core/form/form.hpp"

namespace pillarbox::exports {

// Whether the table holds the answers, or the contact details, which the notice on the kiosk promises to keep apart
// from them.
enum class Part { answers, contact };

// The top-level group whose answers go to contacts.csv only.
inline constexpr std::string_view contact_group_name = "contact";

struct Column {
    std::string header;
    const form::Node* node = nullptr;  // lives as long as the form
    std::string choice;  // of select_multiple: 1 where it was ticked, 0 where not; empty: the answer itself
};

struct Table {
    std::string name;                      // of the repeat; empty for the table of submissions
    const form::Node* repeat = nullptr;    // null for the table of submissions
    std::vector<const form::Node*> above;  // the repeats around this one, outermost first
    std::vector<Column> columns;
};

// The first table is that of the submissions. Two repeats of one name get "~1", "~2", as in Central.
[[nodiscard]] std::vector<Table> tables_of(const form::Form& form, Part part);

// Whether this kind of node holds an answer at all: containers and notes do not.
[[nodiscard]] bool holds_answer(const form::Node& node);

// The columns of a select_multiple: its choices' names, in the order of the workbook.
[[nodiscard]] std::vector<std::string> choice_names(const form::Form& form, const form::Node& node);

}  // namespace pillarbox::exports
