// SPDX-License-Identifier: GPL-3.0-or-later
//
// The survey sheet: rows become the form's tree of nodes. https://xlsform.org/en/ref-table/
#pragma once

#include <map>
#include <memory>
#include <optional>
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
    dynamic_default,
    triggered_value,
    seed,
    text,  // a path inside a label, hint or message
};
[[nodiscard]] std::string_view column_of(ExpressionUse use);

// An expression that was parsed, and still wants binding: its references are names that the whole form must be known
// for.
struct Unbound {
    std::shared_ptr<Expression> expression;
    ExpressionUse use{};
    std::string path;  // of the node that it belongs to
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
    std::optional<Node> audit;
    ExternalFiles external_files;
    std::vector<Unbound> expressions;
    std::vector<TextUse> texts;
    std::map<std::string, std::shared_ptr<const Expression>, std::less<>> text_paths;  // as Form's
};

// `choices` gains the lists of or_other questions: a copy of the list with the choice "other".
// external_choices are the lists of select_one_external; they join `choices` under names of their own.
[[nodiscard]] Survey read_survey(const Sheet& sheet, const Settings& settings, ChoiceSheet& choices,
                                 const ChoiceSheet& external_choices, Problems& problems);

[[nodiscard]] std::vector<std::string> languages_of_survey(const Sheet& sheet);

}  // namespace pillarbox::form
