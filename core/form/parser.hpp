// SPDX-License-Identifier: GPL-3.0-or-later
//
// Recursive descent over the tokens of an expression, one function a level of precedence (XPath 1.0 section 3.5).
// parser.cpp reads operators, primaries and calls; path_parser.cpp reads paths. Use it through Expression::parse.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/form/lexer.hpp"
#include "core/form/syntax.hpp"

namespace pillarbox::form {

class Parser {
  public:
    explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

    [[nodiscard]] base::Result<Syntax> run();

  private:
    static constexpr std::size_t chain_max = 512;  // operators, steps and predicates in a row

    base::Result<Syntax> parse_expression();
    base::Result<Syntax> parse_level(std::size_t level);
    [[nodiscard]] std::optional<Operator> operator_at(std::size_t level) const;
    base::Result<Syntax> parse_unary();
    base::Result<Syntax> parse_union();
    // PathExpr: a location path, or a primary expression with predicates and further steps.
    base::Result<Syntax> parse_path();
    base::Result<Syntax> parse_location_path(PathStart start);
    [[nodiscard]] bool starts_step(std::size_t ahead) const;
    // "//" is short for /descendant-or-self::node()/.
    base::Result<void> parse_separator(std::vector<Step>& steps);
    base::Result<Step> parse_step();
    base::Result<void> parse_axis(Step& step);
    base::Result<void> parse_node_test(Step& step);
    base::Result<void> parse_type_test(Step& step);
    base::Result<std::vector<Syntax>> parse_predicates();
    base::Result<Syntax> parse_primary();
    base::Result<Syntax> parse_call();

    [[nodiscard]] const Token& token(std::size_t ahead = 0) const {
        return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
    }
    [[nodiscard]] bool at_symbol(std::string_view text, std::size_t ahead = 0) const {
        return token(ahead).kind == TokenKind::symbol && token(ahead).text == text;
    }
    bool take_symbol(std::string_view text) {
        const bool taken = at_symbol(text);
        next_ += taken ? 1 : 0;
        return taken;
    }
    [[nodiscard]] std::unexpected<base::Error> complain(std::string_view what) const;

    std::vector<Token> tokens_;
    std::size_t next_ = 0;
    std::size_t depth_ = 0;
};

}  // namespace pillarbox::form
