// SPDX-License-Identifier: GPL-3.0-or-later
//
// One response as a table for the terminal: the questions' labels on the left, the answers on the right, choices by
// their labels, contact details in a block of their own at the end.
#pragma once

#include <string>
#include <string_view>

#include "core/form/form.hpp"
#include "desk/exports/record.hpp"

namespace pillarbox::exports {

inline constexpr std::size_t no_wrapping = 1'000'000;

struct TableStyle {
    std::string language;           // of labels; the form's default where it is empty
    std::size_t width_cells = 100;  // answers are wrapped to fit; no_wrapping leaves each of their lines whole
};

// Ends with an empty line. Answers are harmless() and stand in Unicode isolates (UAX 9: FSI ... PDI), so that a
// terminal that knows right-to-left text orders an Arabic answer by itself without moving the label beside it.
[[nodiscard]] std::string answer_table(const form::Form& form, const Record& record, const TableStyle& style);

}  // namespace pillarbox::exports
