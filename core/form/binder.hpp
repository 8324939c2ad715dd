// SPDX-License-Identifier: GPL-3.0-or-later
//
// Binds an expression to the form that it stands in: finds what its references and paths mean, and notes what it
// reads.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/form/outline.hpp"
#include "core/form/syntax.hpp"

namespace pillarbox::form {

struct Dependency {
    // value: what the node and all below it hold. structure: only whether, and how often, the node is there: count(),
    // position().
    enum class Kind { value, structure };
    std::string path;
    Kind kind = Kind::value;
};

struct BindingContext {
    const Outline& outline;
    PathNames node;                                               // that the expression belongs to
    const std::set<std::string, std::less<>>* columns = nullptr;  // of the choices, for a choice_filter
    // What instance('list') can mean, and where the lists that expressions use so are noted. Null: refused.
    const std::map<std::string, ChoiceList, std::less<>>* lists = nullptr;
    std::set<std::string>* instances = nullptr;
};

// Changes the syntax: targets of references, columns of choices, the questions of jr:choice-name and indexed-repeat.
// The errors' `where`
// is empty. malformed: a reference or path that the form does not have, or that is ambiguous. unsupported: an axis
// that forms can't use.
[[nodiscard]] base::Result<std::vector<Dependency>> bind(Syntax& syntax, const BindingContext& context);

// The one node that ${name} means.
[[nodiscard]] base::Result<const Node*> resolve_name(std::string_view name, const Outline& outline);

// The names in the ${references} of a label. malformed where one is not closed.
[[nodiscard]] base::Result<std::vector<std::string>> references_in_text(std::string_view text);

}  // namespace pillarbox::form
