// SPDX-License-Identifier: GPL-3.0-or-later
//
// Splits an expression into tokens: XPath 1.0 section 3.7, with XLSForm's ${name} references.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace pillarbox::form {

enum class TokenKind {
    number,
    literal,
    reference,      // 12.5, 'text', ${name}
    name,           // of an element, axis or function
    operator_name,  // and, or, div, mod, where an operator can stand
    symbol,         // ( ) [ ] , . .. / // | + - = != < <= > >= @ ::
    wildcard,
    multiply,  // *, by its place
    end,
};

struct Token {
    TokenKind kind{};
    std::string text;  // a literal's without quotes, a reference's name
    double number = 0;
    std::size_t position = 0;  // byte offset in the expression, for messages
};

inline constexpr std::size_t expression_size_bytes_max = 16'384;

// Ends with TokenKind::end. Typographic quotes, which word processors put in, count as quotes.
// `where` is empty in errors: the caller knows the cell. malformed, unsupported, limit_exceeded.
[[nodiscard]] base::Result<std::vector<Token>> split_expression(std::string_view text);

}  // namespace pillarbox::form
