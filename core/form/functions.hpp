// SPDX-License-Identifier: GPL-3.0-or-later
//
// The functions that expressions may call: XPath 1.0 section 4 and OpenRosa's (ODK XForms specification, "XPath
// functions"). A name that is not in the table is refused when the form is read.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/form/evaluator.hpp"

namespace pillarbox::form {

// One call while it is evaluated. Arguments are evaluated when asked for, so that if() touches one branch only.
struct Call {
    const Syntax& syntax;
    const Evaluation& evaluation;

    [[nodiscard]] std::size_t size() const { return syntax.operands.size(); }
    [[nodiscard]] Conversion conversion() const { return evaluation.surroundings.conversion(); }
    [[nodiscard]] int utc_offset_minutes() const { return evaluation.surroundings.utc_offset_minutes; }
    [[nodiscard]] Value value(std::size_t index) const { return evaluate(syntax.operands[index], evaluation); }
    [[nodiscard]] std::string text(std::size_t index) const { return conversion().text(value(index)); }
    [[nodiscard]] double number(std::size_t index) const { return conversion().number(value(index)); }
    [[nodiscard]] bool truth(std::size_t index) const { return conversion().truth(value(index)); }
    [[nodiscard]] NodeSet nodes(std::size_t index) const;             // empty where it is no node set
    [[nodiscard]] NodeSet nodes_or_context(std::size_t index) const;  // the context node where it is left out
    // The text of the argument, or of the context node where it is left out.
    [[nodiscard]] std::string text_or_context(std::size_t index) const;
    // The texts of all arguments from `first` on, each node of a node set by itself.
    [[nodiscard]] std::vector<std::string> all_texts(std::size_t first) const;
};

inline constexpr std::size_t any_number = ~std::size_t{0};

enum class Arguments {
    any,
    nodes_first,
    nodes_all
};  // whether the first, or every argument, must be a path or reference

enum class NodeResult { no, yes };  // whether it yields a node set
// documents: not in a form, because its tree has nothing for it, or because it yields something else at every
// calculation. forms: nowhere else, because it asks the form.
enum class Use { anywhere, documents, forms };

struct Function {
    std::string_view name;
    std::size_t arguments_min = 0;
    std::size_t arguments_max = 0;
    Value (*evaluate)(const Call& call) = nullptr;
    Arguments arguments = Arguments::any;
    NodeResult node_result = NodeResult::no;
    Use use = Use::anywhere;
};

[[nodiscard]] const Function* find_function(std::string_view name);  // null where unknown

// Checks what can be checked before evaluation: the number of arguments, node sets where they must be, patterns.
// Compiles regex().
[[nodiscard]] base::Result<void> check_call(Syntax& call);
[[nodiscard]] bool yields_nodes(const Syntax& syntax);

// The table in its parts.
[[nodiscard]] std::span<const Function> text_functions();
[[nodiscard]] std::span<const Function> number_functions();
[[nodiscard]] std::span<const Function> date_functions();
[[nodiscard]] std::span<const Function> node_functions();
[[nodiscard]] std::span<const Function> select_functions();
[[nodiscard]] std::span<const Function> document_functions();
[[nodiscard]] std::span<const Function> geometry_functions();
[[nodiscard]] std::span<const Function> random_functions();

}  // namespace pillarbox::form
