// SPDX-License-Identifier: GPL-3.0-or-later
//
// A parsed expression: XPath 1.0 with OpenRosa's functions and XLSForm's ${name} references.
// https://getodk.github.io/xforms-spec/#xpath-expressions. Parsed once, bound to the form, then evaluated any number
// of times. Supported functions and departures: docs/formats/form.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/form/syntax.hpp"

namespace pillarbox::form {

inline constexpr std::size_t expression_depth_max = 64;

class Expression {
  public:
    // malformed, unsupported (an unknown function or axis, by name), limit_exceeded. `where` is empty: the caller
    // knows the cell.
    [[nodiscard]] static base::Result<Expression> parse(std::string_view text);

    [[nodiscard]] const Syntax& syntax() const { return syntax_; }
    [[nodiscard]] Syntax& syntax() { return syntax_; }  // for binding, before the form is shared

  private:
    explicit Expression(Syntax syntax) : syntax_(std::move(syntax)) {}
    Syntax syntax_;
};

}  // namespace pillarbox::form
