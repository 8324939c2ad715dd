// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/form/evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/form/form.hpp"
#include "core/form/functions.hpp"
#include "core/form/node_selection.hpp"

namespace pillarbox::form {
namespace {

bool is_relational(Operator operation) {
    return operation != Operator::equal && operation != Operator::not_equal;
}

template <typename T>
bool compare_ordered(Operator operation, const T& left, const T& right) {
    switch (operation) {
        case Operator::equal:
            return left == right;
        case Operator::not_equal:
            return left != right;
        case Operator::less:
            return left < right;
        case Operator::less_or_equal:
            return left <= right;
        case Operator::greater:
            return left > right;
        case Operator::greater_or_equal:
            return left >= right;
        case Operator::logical_or:
        case Operator::logical_and:
        case Operator::add:
        case Operator::subtract:
        case Operator::multiply:
        case Operator::divide:
        case Operator::modulo:
        case Operator::unite:
            break;
    }
    return false;
}

// XPath 1.0 section 3.4 for two values that are no node sets. A date compares by its days, also with a date in text.
bool compare_atoms(Operator operation, const Value& left, const Value& right, const Conversion& conversion) {
    const auto either = [&]<typename T>(std::type_identity<T>) {
        return std::holds_alternative<T>(left) || std::holds_alternative<T>(right);
    };
    if (!is_relational(operation)) {
        if (either(std::type_identity<bool>{})) {
            return compare_ordered(operation, conversion.truth(left), conversion.truth(right));
        }
        if (!either(std::type_identity<double>{}) && !either(std::type_identity<DateValue>{})) {
            return compare_ordered(operation, conversion.text(left), conversion.text(right));
        }
    }
    return compare_ordered(operation, conversion.number(left), conversion.number(right));
}

std::vector<std::string> texts_of(const NodeSet& nodes, const Conversion& conversion) {
    std::vector<std::string> texts;
    for (const ElementId node : nodes) {
        texts.push_back(conversion.text_of_node(node));
    }
    return texts;
}

// The least and the greatest number among the nodes; nothing where none is a number.
std::optional<std::pair<double, double>> bounds_of(const NodeSet& nodes, const Conversion& conversion) {
    std::optional<std::pair<double, double>> bounds;
    for (const ElementId node : nodes) {
        const double number = conversion.number(conversion.text_of_node(node));
        if (!std::isnan(number)) {
            bounds = bounds ? std::pair(std::min(bounds->first, number), std::max(bounds->second, number))
                            : std::pair(number, number);
        }
    }
    return bounds;
}

// Whether the comparison holds for any pair of nodes; without looking at every pair, which would be slow.
bool compare_sets(Operator operation, const NodeSet& left, const NodeSet& right, const Conversion& conversion) {
    if (is_relational(operation)) {
        const auto left_bounds = bounds_of(left, conversion);
        const auto right_bounds = bounds_of(right, conversion);
        const bool least_left = operation == Operator::less || operation == Operator::less_or_equal;
        return left_bounds && right_bounds &&
               (least_left ? compare_ordered(operation, left_bounds->first, right_bounds->second)
                           : compare_ordered(operation, left_bounds->second, right_bounds->first));
    }
    std::vector<std::string> texts = texts_of(left, conversion);
    std::vector<std::string> others = texts_of(right, conversion);
    if (operation == Operator::equal) {
        std::ranges::sort(others);
        return std::ranges::any_of(texts,
                                   [&](const std::string& text) { return std::ranges::binary_search(others, text); });
    }
    if (texts.empty() || others.empty()) {
        return false;
    }
    texts.insert(texts.end(), others.begin(), others.end());
    return std::ranges::any_of(texts, [&](const std::string& text) { return text != texts.front(); });
}

// With a node set, a comparison holds where it holds for any of its nodes. Whether a set equals a boolean is whether
// the set has any; in order with a boolean, each node counts as its number, as in other form engines.
bool compare(Operator operation, const Value& left, const Value& right, const Conversion& conversion) {
    const NodeSet* left_nodes = std::get_if<NodeSet>(&left);
    const NodeSet* right_nodes = std::get_if<NodeSet>(&right);
    if (left_nodes != nullptr && right_nodes != nullptr) {
        return compare_sets(operation, *left_nodes, *right_nodes, conversion);
    }
    const bool as_truth =
        !is_relational(operation) && (std::holds_alternative<bool>(left) || std::holds_alternative<bool>(right));
    if (left_nodes != nullptr && !as_truth) {
        return std::ranges::any_of(*left_nodes, [&](ElementId node) {
            return compare_atoms(operation, conversion.text_of_node(node), right, conversion);
        });
    }
    if (right_nodes != nullptr && !as_truth) {
        return std::ranges::any_of(*right_nodes, [&](ElementId node) {
            return compare_atoms(operation, left, conversion.text_of_node(node), conversion);
        });
    }
    return compare_atoms(operation, left, right, conversion);
}

double calculate(Operator operation, double left, double right) {
    switch (operation) {
        case Operator::add:
            return left + right;
        case Operator::subtract:
            return left - right;
        case Operator::multiply:
            return left * right;
        case Operator::divide:
            return left / right;
        case Operator::modulo:
            return std::fmod(left, right);
        case Operator::equal:
        case Operator::not_equal:
        case Operator::less:
        case Operator::less_or_equal:
        case Operator::greater:
        case Operator::greater_or_equal:
        case Operator::logical_or:
        case Operator::logical_and:
        case Operator::unite:
            break;
    }
    return 0;
}

NodeSet nodes_in(const Value& value) {
    const NodeSet* nodes = std::get_if<NodeSet>(&value);
    return nodes == nullptr ? NodeSet{} : *nodes;
}

Value evaluate_binary(const Syntax& syntax, const Evaluation& evaluation) {
    const Conversion conversion = evaluation.surroundings.conversion();
    const Value left = evaluate(syntax.operands[0], evaluation);
    if (syntax.operation == Operator::logical_or || syntax.operation == Operator::logical_and) {
        const bool decided = conversion.truth(left) == (syntax.operation == Operator::logical_or);
        return decided ? conversion.truth(left) : conversion.truth(evaluate(syntax.operands[1], evaluation));
    }
    const Value right = evaluate(syntax.operands[1], evaluation);
    switch (syntax.operation) {
        case Operator::equal:
        case Operator::not_equal:
        case Operator::less:
        case Operator::less_or_equal:
        case Operator::greater:
        case Operator::greater_or_equal:
            return compare(syntax.operation, left, right, conversion);
        case Operator::add:
        case Operator::subtract:
        case Operator::multiply:
        case Operator::divide:
        case Operator::modulo:
            return calculate(syntax.operation, conversion.number(left), conversion.number(right));
        case Operator::unite:
            return unite(nodes_in(left), nodes_in(right), evaluation.surroundings);
        case Operator::logical_or:
        case Operator::logical_and:
            break;
    }
    return false;
}

std::string text_of_column(const std::string& column, const Surroundings& surroundings) {
    const Choice* choice = surroundings.choice;
    if (choice == nullptr) {
        return {};
    }
    if (column == "name") {
        return choice->name;
    }
    const auto found = choice->columns.find(column);
    return found == choice->columns.end() ? std::string() : found->second;
}

}  // namespace

Value evaluate(const Syntax& syntax, const Evaluation& evaluation) {
    switch (syntax.kind) {
        case SyntaxKind::number:
            return syntax.number;
        case SyntaxKind::literal:
            return syntax.text;
        case SyntaxKind::reference:
            return select_reference(syntax, evaluation);
        case SyntaxKind::choice_column:
            return text_of_column(syntax.text, evaluation.surroundings);
        case SyntaxKind::call:
            return syntax.function->evaluate(Call{syntax, evaluation});
        case SyntaxKind::binary:
            return evaluate_binary(syntax, evaluation);
        case SyntaxKind::negate:
            return -evaluation.surroundings.conversion().number(evaluate(syntax.operands[0], evaluation));
        case SyntaxKind::path:
            return select_path(syntax, evaluation);
    }
    return std::string();
}

bool evaluate_truth(const Expression& expression, const Surroundings& surroundings, ElementId node) {
    return surroundings.conversion().truth(evaluate(expression.syntax(), {surroundings, node, node}));
}

std::string evaluate_text(const Expression& expression, const Surroundings& surroundings, ElementId node) {
    return surroundings.conversion().text(evaluate(expression.syntax(), {surroundings, node, node}));
}

double evaluate_number(const Expression& expression, const Surroundings& surroundings, ElementId node) {
    return surroundings.conversion().number(evaluate(expression.syntax(), {surroundings, node, node}));
}

}  // namespace pillarbox::form
