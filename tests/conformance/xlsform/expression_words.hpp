// SPDX-License-Identifier: GPL-3.0-or-later
//
// Expressions in one way of writing, in which two that mean the same are equal: references and paths as absolute
// paths below the root element, quotes and white space alike.
#pragma once

#include <string>
#include <string_view>

#include "core/form/expression.hpp"

namespace pillarbox::tests {

// What a name on its own means in an expression: a node below the context, or a column of a choice.
enum class PlainName { node, column };

// `context` is the path of the node that the expression belongs to, below the root element.
[[nodiscard]] std::string words_of_expression(const form::Syntax& syntax, std::string_view context, PlainName plain);

// The same of an expression of a reference XForm; the text itself, marked, where it can't be parsed.
[[nodiscard]] std::string words_of_xpath(std::string_view xpath, std::string_view context, PlainName plain);

// "/data/group/name" -> "/group/name"
[[nodiscard]] std::string below_root(std::string_view path);

}  // namespace pillarbox::tests
