// SPDX-License-Identifier: GPL-3.0-or-later
//
// The columns of the survey sheet, with the aliases that pyxform, the reference converter, knows.
#pragma once

#include "core/form/table.hpp"

namespace pillarbox::form {

[[nodiscard]] Schema survey_schema();

// Columns that are the author's own notes, and so may hold anything: "comment", "notes", and what starts with "#" or
// "_".
[[nodiscard]] bool is_remark_column(std::string_view lower_case_header);

// "instance::x": an attribute of the answer's XML element, for clients that keep answers so.
[[nodiscard]] bool is_instance_attribute(const Column& column);

}  // namespace pillarbox::form
