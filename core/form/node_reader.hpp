// SPDX-License-Identifier: GPL-3.0-or-later
//
// One row of the survey sheet as a Node.
#pragma once

#include "core/form/question_type.hpp"
#include "core/form/survey_reader.hpp"
#include "core/form/table.hpp"

namespace pillarbox::form {

// Its expressions and texts are also noted in `survey`, for binding.
[[nodiscard]] Node read_node(const Table& table, const Row& row, const QuestionType& type,
                             const std::string& parent_path, const Settings& settings, Survey& survey,
                             Problems& problems);

// Parses the text as the node's expression of that use. `column` is canonical or the header.
void attach(std::shared_ptr<const Expression>& target, ExpressionUse use, std::string_view text, const Node& node,
            std::string_view column, Survey& survey, std::string_view sheet, Problems& problems);

}  // namespace pillarbox::form
