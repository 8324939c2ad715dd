// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the type column may say: XLSForm's types with the aliases that pyxform, the reference converter, knows.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/form/form.hpp"

namespace pillarbox::form {

enum class RowKind { question, begin, end };

struct QuestionType {
    RowKind kind = RowKind::question;
    NodeType type{};
    std::string list_name;
    bool or_other = false;
};

// unsupported with the type's name; `where` is empty.
[[nodiscard]] base::Result<QuestionType> parse_question_type(std::string_view text);

[[nodiscard]] bool is_select(NodeType type);    // with a list of choices: select_one, select_multiple, rank
[[nodiscard]] bool is_asked(NodeType type);     // a question that a person sees and can answer
[[nodiscard]] bool needs_label(NodeType type);  // is shown

}  // namespace pillarbox::form
