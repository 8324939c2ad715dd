// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/functions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/form/date_value.hpp"
#include "core/form/regex.hpp"

namespace pillarbox::form {
namespace {

using base::ErrorCode;
using base::Result;

std::string expected_count(const Function& function) {
    if (function.arguments_max == any_number) {
        return fmt::format("at least {}", function.arguments_min);
    }
    if (function.arguments_min == function.arguments_max) {
        return fmt::format("{}", function.arguments_min);
    }
    return fmt::format("{} to {}", function.arguments_min, function.arguments_max);
}

// A pattern is compiled once, when the form is read: so it must stand in the form, and not come from an answer.
Result<void> compile_regex(Syntax& call) {
    if (call.operands[1].kind != SyntaxKind::literal) {
        return base::fail(ErrorCode::unsupported, {}, "The second argument of regex() is not a text in quotes.",
                          "Write the regular expression in quotes.");
    }
    Regex regex = TRY(Regex::compile(call.operands[1].text));
    call.regex = std::make_shared<const Regex>(std::move(regex));
    return {};
}

Result<void> check_date_pattern(const Syntax& call) {
    if (call.operands[1].kind != SyntaxKind::literal || !is_date_pattern(call.operands[1].text)) {
        return base::fail(ErrorCode::unsupported, {},
                          fmt::format("The second argument of {}() is not a supported date pattern.", call.text),
                          "Use %Y %y %m %n %b %d %e %H %h %M %S %3 %a in quotes.");
    }
    return {};
}

}  // namespace

NodeSet Call::nodes(std::size_t index) const {
    Value found = value(index);
    NodeSet* nodes = std::get_if<NodeSet>(&found);
    return nodes == nullptr ? NodeSet{} : std::move(*nodes);
}

NodeSet Call::nodes_or_context(std::size_t index) const {
    return index < size() ? nodes(index) : NodeSet{evaluation.node};
}

std::string Call::text_or_context(std::size_t index) const {
    return index < size() ? text(index) : conversion().text_of_node(evaluation.node);
}

std::vector<std::string> Call::all_texts(std::size_t first) const {
    std::vector<std::string> texts;
    for (std::size_t index = first; index < size(); ++index) {
        const Value found = value(index);
        if (const NodeSet* nodes = std::get_if<NodeSet>(&found)) {
            for (const ElementId node : *nodes) {
                texts.push_back(conversion().text_of_node(node));
            }
        } else {
            texts.push_back(conversion().text(found));
        }
    }
    return texts;
}

const Function* find_function(std::string_view name) {
    const std::array tables = {text_functions(),   number_functions(),   date_functions(),     node_functions(),
                               select_functions(), document_functions(), geometry_functions(), random_functions()};
    for (const std::span<const Function> table : tables) {
        const auto found = std::ranges::find(table, name, &Function::name);
        if (found != table.end()) {
            return &*found;
        }
    }
    return nullptr;
}

bool yields_nodes(const Syntax& syntax) {
    switch (syntax.kind) {
        case SyntaxKind::reference:
        case SyntaxKind::path:
            return true;
        case SyntaxKind::binary:
            return syntax.operation == Operator::unite;
        case SyntaxKind::call:
            if (syntax.function != nullptr && syntax.function->name == "if") {
                return yields_nodes(syntax.operands[1]) && yields_nodes(syntax.operands[2]);
            }
            return syntax.function != nullptr && syntax.function->node_result == NodeResult::yes;
        case SyntaxKind::number:
        case SyntaxKind::literal:
        case SyntaxKind::choice_column:
        case SyntaxKind::negate:
            return false;
    }
    return false;
}

Result<void> check_call(Syntax& call) {
    const Function& function = *call.function;
    const std::size_t count = call.operands.size();
    if (count < function.arguments_min || count > function.arguments_max) {
        return base::fail(ErrorCode::malformed, {},
                          fmt::format("The function {}() has {} arguments, but takes {}.", function.name, count,
                                      expected_count(function)),
                          "Correct the expression.");
    }
    for (std::size_t index = 0; index < count; ++index) {
        const bool must_be_nodes = function.arguments == Arguments::nodes_all ||
                                   (function.arguments == Arguments::nodes_first && index == 0);
        if (must_be_nodes && !yields_nodes(call.operands[index])) {
            return base::fail(ErrorCode::malformed, {},
                              fmt::format("The function {}() needs a ${{reference}} or path.", function.name),
                              "Correct the expression.");
        }
    }
    if (function.name == "randomize" && count == 2 && call.operands[1].kind == SyntaxKind::literal &&
        std::isnan(number_of(call.operands[1].text))) {
        return base::fail(ErrorCode::malformed, {}, "The second argument of randomize() is not a number.",
                          "Give a number as the seed.");
    }
    if (function.name == "regex") {
        return compile_regex(call);
    }
    if (function.name == "format-date" || function.name == "format-date-time") {
        return check_date_pattern(call);
    }
    return {};
}

}  // namespace pillarbox::form
