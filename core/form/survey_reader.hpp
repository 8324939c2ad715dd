// SPDX-License-Identifier: GPL-3.0-or-later
//
// The survey sheet: rows become the form's tree of nodes. https://xlsform.org/en/ref-table/
#pragma once

#include <memory>
#include <vector>

#include "core/form/choices_reader.hpp"
#include "core/form/expression.hpp"
#include "core/form/form.hpp"
#include "core/form/problems.hpp"
#include "core/form/sheet.hpp"

namespace pillarbox::form {

// The columns that hold an expression.
enum class ExpressionUse {
    relevant,
    required,
    read_only,
    constraint,
    calculation,
    choice_filter,
    repeat_count,
    dynamic_default
};
[[nodiscard]] std::string_view column_of(ExpressionUse use);

// An expression that was parsed, and still wants binding: its references are names that the whole form must be known
// for.
struct Unbound {
    std::shared_ptr<Expression> expression;
    ExpressionUse use{};
    std::string path;       // of the node that it belongs to
    std::string list_name;  // of the node
    std::uint32_t row = 0;
    std::string column;  // its header, for messages
};

// A text that may hold ${references}.
struct TextUse {
    LocalizedText text;
    std::uint32_t row = 0;
    std::string column;
};

struct Survey {
    std::vector<Node> nodes;
    std::vector<Unbound> expressions;
    std::vector<TextUse> texts;
};

// `choices` gains the lists of or_other questions: a copy of the list with the choice "other".
[[nodiscard]] Survey read_survey(const Sheet& sheet, const Settings& settings, ChoiceSheet& choices,
                                 Problems& problems);

[[nodiscard]] std::vector<std::string> languages_of_survey(const Sheet& sheet);

}  // namespace pillarbox::form
