// SPDX-License-Identifier: GPL-3.0-or-later
//
// The syntax tree of an expression (XPath 1.0 section 3), as parser.cpp builds and evaluator.cpp reads it.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace pillarbox::form {

enum class Operator {
    logical_or,
    logical_and,
    equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    add,
    subtract,
    multiply,
    divide,
    modulo,
    unite,
};

enum class Axis {
    child,
    descendant,
    descendant_or_self,
    parent,
    ancestor,
    ancestor_or_self,
    self,
    following_sibling,
    preceding_sibling,
    following,
    preceding,
    attribute,
    name_space,
};

// x, * (also p:*), node(), text(), comment(), processing-instruction() with or without a target
enum class NodeTest { name, any_name, any_node, text, comment, instruction };

enum class SyntaxKind {
    number,         // .number
    literal,        // .text
    reference,      // ${.text}, bound to .target
    choice_column,  // in a choice_filter: the column .text of the choice looked at
    call,           // function .text, .operands
    binary,         // .operation, .operands[0] and [1]
    negate,         // .operands[0]
    path,           // .start, .steps; from an expression: .operands[0]
};

enum class PathStart { root, context, expression };

struct Syntax;

struct Step {
    Axis axis = Axis::child;
    NodeTest test = NodeTest::name;
    std::string prefix;  // of x:name and x:*
    std::string name;    // or an instruction's target
    std::vector<Syntax> predicates;
};

struct Function;
class Regex;

struct Syntax {
    SyntaxKind kind{};
    double number = 0;
    std::string text;
    std::vector<std::string> target;  // of a reference: names from the root, {"data", "about_you", "age"}
    const Function* function = nullptr;
    std::shared_ptr<const Regex> regex;  // of a call of regex(): its pattern
    Operator operation{};
    PathStart start{};
    std::vector<Syntax> operands;
    std::vector<Syntax> predicates;  // of a path from an expression: on the expression's own nodes
    std::vector<Step> steps;
};

}  // namespace pillarbox::form
