// SPDX-License-Identifier: GPL-3.0-or-later
//
// Evaluates a syntax tree in a context. Never fails: what could fail was refused when the expression was parsed and
// bound. An evaluation spends so much effort at most (value.hpp).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/day.hpp"
#include "core/base/random.hpp"
#include "core/form/expression.hpp"
#include "core/form/value.hpp"

namespace pillarbox::form {

struct Choice;
struct Form;

// Namespaces by the prefix that expressions write; "" is the namespace that names without a prefix mean beside none.
using Namespaces = std::map<std::string, std::string, std::less<>>;

// What stays the same during an evaluation.
struct Surroundings {
    const Tree& tree;
    base::Day today{};
    int utc_offset_minutes = 0;
    const Form* form = nullptr;              // for jr:choice-name
    std::string_view language;               // of choice names
    const Choice* choice = nullptr;          // the row that a choice_filter looks at
    ElementId root = document_element;       // what "/" means
    const Namespaces* namespaces = nullptr;  // of a foreign tree's expressions; else its own declarations count
    base::Random* random = nullptr;          // for random(), uuid() and randomize(), which yield nothing without
    mutable Effort effort{};                 // left

    [[nodiscard]] Conversion conversion() const { return {tree, utc_offset_minutes, effort}; }
    [[nodiscard]] bool may_visit(std::size_t nodes) const { return effort.spend(nodes); }
};

struct Evaluation {
    const Surroundings& surroundings;
    ElementId node = document_element;  // the context node: what "." is
    ElementId current =
        document_element;      // the node the expression belongs to: what current() is, also in predicates
    std::size_t position = 1;  // of the context node in its set, and the set's size
    std::size_t size = 1;
};

[[nodiscard]] Value evaluate(const Syntax& syntax, const Evaluation& evaluation);

// Shorthands, for an expression that belongs to `node`.
[[nodiscard]] bool evaluate_truth(const Expression& expression, const Surroundings& surroundings, ElementId node);
[[nodiscard]] std::string evaluate_text(const Expression& expression, const Surroundings& surroundings,
                                        ElementId node);
[[nodiscard]] double evaluate_number(const Expression& expression, const Surroundings& surroundings, ElementId node);

}  // namespace pillarbox::form
