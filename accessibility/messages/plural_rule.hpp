// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Plural-Forms header of a .po file: "nplurals=2; plural=n != 1;". The expression is C's, with the one variable
// n: ? : || && == != < > <= >= + - * / % ! ( ) and decimal numbers (GNU gettext manual, "Plural forms").
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::messages {

class PluralRule {
  public:
    PluralRule();  // English: form 0 for one, form 1 otherwise

    // Error: `malformed`, also where an expression is longer than 1000 characters or deeper than 50 brackets.
    [[nodiscard]] static base::Result<PluralRule> parse(std::string_view header);

    [[nodiscard]] std::size_t form_count() const { return form_count_; }
    // Always below form_count(): a rule that says otherwise, or divides by zero, means the last form.
    [[nodiscard]] std::size_t form_of(std::uint64_t count) const;

  private:
    // A node of the expression; operands are indexes of nodes before it.
    enum class Operation {
        number,
        variable,
        logical_not,
        multiply,
        divide,
        remainder,
        add,
        subtract,
        less,
        greater,
        less_or_equal,
        greater_or_equal,
        equal,
        not_equal,
        logical_and,
        logical_or,
        choose,
    };
    struct Node {
        Operation operation = Operation::number;
        std::uint64_t number = 0;
        std::size_t first = 0, second = 0, third = 0;
    };
    friend class PluralParser;

    std::size_t form_count_;
    std::vector<Node> nodes_;  // the last is the root
};

}  // namespace pillarbox::messages
